package engine

import (
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// maxDiskName is the longest name most file systems take, in bytes.
const maxDiskName = 255

// nameOnDisk returns the name that a node gets on this disk. It is the node's
// own where that is possible; else one that is, and that stays the same as
// long as the node has its name. Other devices keep the real one.
func (a *applier) nameOnDisk(n tree.Node) string {
	name := n.Name
	if len(name) > maxDiskName || !nameAllowed(name) {
		name = safeName(n)
	}
	if a.e.foldsCase() && a.takenByTwin(n.Parent, n.ID, name) {
		name = safeName(n)
	}
	return name
}

// takenByTwin reports whether a node that stays in this folder has the same
// name but for case.
func (a *applier) takenByTwin(parent, id tree.ID, name string) bool {
	if a.folded == nil {
		a.folded = map[placeKey]tree.ID{}
		for _, d := range a.e.disk {
			a.fold(d)
		}
	}
	twin, ok := a.folded[placeKey{parent, strings.ToLower(name)}]
	if !ok || twin == id {
		return false
	}
	d, ok := a.e.disk[twin]
	want, stays := a.s.want.Get(twin)
	return ok && stays && d.Parent == parent && d.SamePlace(want) && strings.EqualFold(d.NameOnDisk(), name) && d.NameOnDisk() != name
}

// fold notes where a node lies, once that is asked for.
func (a *applier) fold(d tree.OnDisk) {
	if a.folded != nil {
		a.folded[placeKey{d.Parent, strings.ToLower(d.NameOnDisk())}] = d.ID
	}
}

// safeName makes a name of letters that every system takes, and of the node's
// id.
func safeName(n tree.Node) string {
	ext := path.Ext(n.Name)
	stem := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, strings.TrimSuffix(n.Name, ext))
	if len(ext) > 32 || !nameAllowed("x"+ext) {
		ext = ""
	}
	mark := " ~" + n.ID.String()[:8]
	for room := maxDiskName - len(mark) - len(ext); len(stem) > room; {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
	}
	return strings.TrimRight(stem, " .") + mark + ext
}

// foldsCase reports whether the disk takes two names that differ only in case
// for one.
func (e *Engine) foldsCase() bool {
	if e.caseKnown {
		return e.caseFolds
	}
	probe := e.private(tempName, "case")
	if disk.WriteFile(e.fs, probe, nil, 0o600) != nil {
		return false
	}
	_, err := e.fs.Lstat(filepath.Join(filepath.Dir(probe), "CASE"))
	_ = e.fs.Remove(probe)
	e.caseKnown, e.caseFolds = true, err == nil
	return e.caseFolds
}
