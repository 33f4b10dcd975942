package names

import (
	"encoding/hex"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// A safe name ends in a mark made of the node's id, so it leads back to the
// node. More digits are used where fewer are taken.
var markSizes = []int{8, 16, 32}

const (
	markStart = " ~"
	safeBytes = 120 // longest safe name: every disk takes it
	maxExt    = 32
)

// Safe returns names that every disk takes for a node whose own it cannot
// have, the best one first. Short ones hold nothing but the mark, for places
// that are deep already.
func Safe(n tree.Node, short bool) []string {
	stem, ext := parts(n.Name)
	out := make([]string, len(markSizes))
	for i, size := range markSizes {
		mark := markStart + n.ID.String()[:size]
		if short {
			out[i] = mark[1:]
			continue
		}
		out[i] = strings.TrimRight(cut(stem, safeBytes-len(mark)-len(ext)), " .") + mark + ext
		if !windowsTakes(out[i]) { // NUL.tar.gz
			out[i] = "_" + out[i]
		}
	}
	return out
}

// Choose returns the name that a node gets on the disk: its own where that is
// possible, else the first safe one that is free. Taken says which names other
// files have.
func (d Disk) Choose(n tree.Node, short bool, taken func(name string) bool) string {
	own := d.Own(n.Name)
	if !short && d.Takes(own) && !taken(own) {
		return own
	}
	all := Safe(n, short)
	for _, name := range all {
		if !taken(name) {
			return name
		}
	}
	return all[len(all)-1]
}

// parts returns stem and extension of a name with everything replaced that
// some disk refuses.
func parts(name string) (stem, ext string) {
	ext = path.Ext(name)
	stem = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(forbidden, r) {
			return '_'
		}
		return r
	}, strings.TrimSuffix(name, ext))
	if len(ext) > maxExt || len(ext) == 1 || !windowsTakes("x"+ext) {
		ext = ""
	}
	return stem, ext
}

// cut shortens a text to n bytes without splitting a character.
func cut(s string, n int) string {
	for len(s) > n {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}

var marked = regexp.MustCompile(`(?:^| )~([0-9a-f]{32}|[0-9a-f]{16}|[0-9a-f]{8})(\.[^.]*)?$`)

// IsSafe reports whether a name may be one that [Safe] made, and returns how
// the id of its node begins.
func IsSafe(name string) (prefix []byte, ok bool) {
	m := marked.FindStringSubmatch(name)
	if m == nil {
		return nil, false
	}
	prefix, err := hex.DecodeString(m[1])
	return prefix, err == nil
}

// Made reports whether a name on the disk is one that [Safe] makes for the
// node.
func (d Disk) Made(name string, n tree.Node) bool {
	same := func(s string) bool { return d.SameForm(s, name) }
	return slices.ContainsFunc(Safe(n, false), same) || slices.ContainsFunc(Safe(n, true), same)
}
