package plan

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// conflict is an edit that lost, and the node that it was an edit of.
type conflict struct {
	of   tree.ID
	copy tree.Node
}

// conflictCopy returns what keeps an edit that lost.
func conflictCopy(kept, lost tree.Node) conflict {
	c := lost
	c.Parent, c.Name = kept.Parent, kept.Name
	return conflict{kept.ID, c}
}

// id returns an id that follows from what the copy keeps, so every device
// makes the same one.
func (c conflict) id(try int) (id tree.ID) {
	h := sha256.New()
	h.Write([]byte("conflict copy"))
	h.Write(c.of[:])
	h.Write([]byte(c.copy.Content))
	for range try {
		h.Write([]byte{0})
	}
	copy(id[:], h.Sum(nil))
	return id
}

// addExtra adds copies of edits that lost. A copy that is there already is not
// made twice. One that was deleted or edited since is another file: what lost
// now is somebody's newest version and stays.
func (m *merger) addExtra() {
	for _, c := range m.extra {
		for try := 0; ; try++ {
			id := c.id(try)
			if o, there := m.out[id]; there && o.SameData(c.copy) {
				break
			}
			if !m.knows(id) {
				c.copy.ID = id
				m.out[id] = c.copy
				break
			}
		}
	}
}

// knows reports whether an id is, or was, in use.
func (m *merger) knows(id tree.ID) bool {
	for _, side := range []nodes{m.out, m.base, m.lo, m.hi} {
		if _, ok := side[id]; ok {
			return true
		}
	}
	return false
}

type place struct {
	parent tree.ID
	name   string
}

// settleNames makes sure that no folder holds one name twice.
func (m *merger) settleNames() {
	for {
		taken := make(map[place][]tree.ID, len(m.out))
		var twice []place
		for id, n := range m.out {
			p := place{n.Parent, n.Name}
			if taken[p] = append(taken[p], id); len(taken[p]) == 2 {
				twice = append(twice, p)
			}
		}
		if len(twice) == 0 {
			return
		}
		slices.SortFunc(twice, func(a, b place) int {
			return cmp.Or(bytes.Compare(a.parent[:], b.parent[:]), cmp.Compare(a.name, b.name))
		})
		joined := map[tree.ID]tree.ID{}
		for _, p := range twice {
			m.settle(taken[p], taken, joined)
		}
		m.reparent(joined)
	}
}

// settle decides who keeps a name that several nodes want.
func (m *merger) settle(ids []tree.ID, taken map[place][]tree.ID, joined map[tree.ID]tree.ID) {
	slices.SortFunc(ids, tree.ID.Compare)
	var folder tree.ID
	var files []tree.Node
	for _, id := range ids {
		n := m.out[id]
		switch {
		case n.Kind != tree.Folder:
			files = m.addFile(files, n)
		case folder == tree.ID{}:
			folder = id
		default:
			m.join(id, folder)
			joined[id] = folder
		}
	}
	slices.SortFunc(files, func(a, b tree.Node) int {
		if beats(a, b) || (!beats(b, a) && a.ID.Compare(b.ID) < 0) {
			return -1
		}
		return 1
	})
	if folder == (tree.ID{}) {
		files = files[1:] // the first one keeps the name
	}
	for _, n := range files {
		m.rename(n, taken)
	}
}

// addFile adds a file to those that want a name, or joins it with an equal one.
func (m *merger) addFile(files []tree.Node, n tree.Node) []tree.Node {
	for i, f := range files {
		if !f.SameData(n) {
			continue
		}
		if beats(n, f) {
			f.MTime, f.By, f.Mode = n.MTime, n.By, n.Mode
		}
		files[i] = f
		m.out[f.ID] = f
		m.join(n.ID, f.ID)
		return files
	}
	return append(files, n)
}

// join removes a node for which another one stands from now on.
func (m *merger) join(id, to tree.ID) {
	delete(m.out, id)
	m.alias[id] = to
}

func (m *merger) reparent(joined map[tree.ID]tree.ID) {
	if len(joined) == 0 {
		return
	}
	for id, n := range m.out {
		if to, ok := joined[n.Parent]; ok {
			n.Parent = to
			m.out[id] = n
		}
	}
}

func (m *merger) rename(n tree.Node, taken map[place][]tree.ID) {
	for i := 1; ; i++ {
		p := place{n.Parent, ConflictName(n.Name, n.By, n.MTime, i)}
		if len(taken[p]) > 0 {
			continue
		}
		taken[p] = []tree.ID{n.ID}
		n.Name = p.name
		m.out[n.ID] = n
		return
	}
}

var (
	conflictInside = regexp.MustCompile(` \(conflict, [^()]*, \d{4}-\d\d-\d\d(, \d+)?\)`)
	conflictSuffix = regexp.MustCompile(conflictInside.String() + `$`)
)

const (
	maxConflictName = 240 // bytes; file systems allow 255
	maxDevice       = 40
)

// ConflictName names a copy of a file whose name is wanted by another one:
// "name (conflict, DEVICE, DATE).ext", and a number from the second try on. A
// name that is one of a copy already gets no second suffix.
func ConflictName(name, device string, mtime int64, try int) string {
	stem, _, ext := parts(name)
	stem = conflictInside.ReplaceAllString(stem, "") // a person may have copied a copy
	date := time.Unix(0, mtime).UTC().Format(time.DateOnly)
	if len(date) != len(time.DateOnly) {
		date = "0000-00-00"
	}
	suffix := fmt.Sprintf(" (conflict, %s, %s)", cleanDevice(device), date)
	if try > 1 {
		suffix = fmt.Sprintf("%s, %d)", strings.TrimSuffix(suffix, ")"), try)
	}
	return cut(stem, maxConflictName-len(suffix)-len(ext)) + suffix + ext
}

// parts cuts a name into stem, the suffix of a conflict copy if it has one, and
// extension.
func parts(name string) (stem, suffix, ext string) {
	ext = path.Ext(name)
	if ext == name || strings.ContainsAny(ext, " ()") {
		ext = ""
	}
	stem = strings.TrimSuffix(name, ext)
	if strings.HasSuffix(stem, ")") { // it need not be searched for in others
		suffix = conflictSuffix.FindString(stem)
	}
	return strings.TrimSuffix(stem, suffix), suffix, ext
}

var recoveredSuffix = regexp.MustCompile(` \(recovered \d+\)$`)

// RecoveredName names a file that was moved aside and whose place was taken
// meanwhile: "name (recovered N).ext". What such a name adds is replaced, never
// doubled, and a conflict copy is still known as one.
func RecoveredName(name string, try int) string {
	stem, conflict, ext := parts(name)
	stem = recoveredSuffix.ReplaceAllString(stem, "")
	suffix := fmt.Sprintf(" (recovered %d)%s", try, conflict)
	return cut(stem, maxConflictName-len(suffix)-len(ext)) + suffix + ext
}

func cleanDevice(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|(),`, r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
	if name = strings.TrimSpace(cut(name, maxDevice)); name == "" {
		return "another device"
	}
	return name
}

// cut shortens a text to n bytes without splitting a character.
func cut(s string, n int) string {
	if n = max(n, 0); len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// ConflictOf returns the name of the file that a conflict copy was made of, and
// the device and day that its name tells.
func ConflictOf(name string) (original, device, day string, ok bool) {
	stem, suffix, ext := parts(name)
	if suffix == "" {
		return "", "", "", false
	}
	fields := strings.Split(strings.Trim(suffix, " ()"), ", ")
	return stem + ext, fields[1], fields[2], true
}

// IsConflictName reports whether a name is one that ConflictName made.
func IsConflictName(name string) bool {
	_, suffix, _ := parts(name)
	return suffix != ""
}
