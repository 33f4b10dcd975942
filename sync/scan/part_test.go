package scan

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/names/kinddisk"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// editor changes a folder at random and notes where, as the system tells it.
type editor struct {
	r     *rapid.T
	disk  disk.FS
	kind  names.Disk
	root  string
	known *tree.Disk
	rules *ignore.Rules
	at    Changes
	late  map[string]bool // what is told a moment later
	step  int
	last  bool // nothing else happens before the next look
}

func (e *editor) abs(p string) string { return filepath.Join(e.root, p) }

// path is a place to do something; where the disk folds names, it is written in
// one way or another.
func (e *editor) path() string {
	names := []string{"a", "b", "c"}
	if e.kind.FoldsCase {
		names = []string{"a", "b", "B", "é", "e\u0301"}
	}
	p := rapid.SampledFrom(names).Draw(e.r, "name")
	for range rapid.IntRange(0, 2).Draw(e.r, "depth") {
		p += "/" + rapid.SampledFrom(append(names[:2:2], names[len(names)-1], ".stosignore")).Draw(e.r, "name")
	}
	return p
}

func (e *editor) told(deep bool, paths ...string) {
	for _, p := range paths {
		if e.kind.FoldsCase && rapid.Bool().Draw(e.r, "shout") {
			p = strings.ToUpper(p)
		}
		e.at.Paths[p] = e.at.Paths[p] || deep
	}
}

// edit does one thing to the folder, if it can be done.
func (e *editor) edit() {
	p, q := e.path(), e.path()
	_, before := e.disk.Lstat(e.abs(p))
	content := fmt.Appendf(nil, "%*d", e.step%7+1, e.step)
	if filepath.Base(p) == ".stosignore" {
		content = []byte("b\n")
	}
	switch rapid.IntRange(0, 7).Draw(e.r, "what") {
	case 0, 1:
		if disk.WriteFile(e.disk, e.abs(p), content, 0o644) == nil {
			e.told(before != nil, p)
		}
	case 2:
		if disk.WriteFile(e.disk, e.abs(p+".new"), content, 0o644) == nil {
			_ = e.disk.Rename(e.abs(p+".new"), e.abs(p)) // a folder may be in the way
			e.told(true, p, p+".new")
		}
	case 3:
		if e.disk.Mkdir(e.abs(p), 0o755) == nil {
			e.told(true, p)
		}
	case 4:
		if e.disk.Rename(e.abs(p), e.abs(q)) == nil { // also from one way to write a name to another
			e.halves(p, q)
		}
	case 5:
		if before == nil && e.disk.RemoveAll(e.abs(p)) == nil {
			e.told(true, p)
		}
	case 6:
		if e.disk.Chmod(e.abs(p), 0o700+os.FileMode(e.step%3)) == nil {
			e.told(false, p)
		}
	case 7:
		if !e.kind.FoldsCase && os.Link(e.abs(p), e.abs(q)) == nil || e.disk.Symlink("nowhere/"+p, e.abs(q)) == nil {
			e.told(true, q)
		}
	}
}

// halves tells of a move: of both places, or, if it is the last thing that
// happens to something known, of one now and of the other one a moment later.
func (e *editor) halves(p, q string) {
	half := 0
	if _, known := show(e.known)[p]; known && e.last {
		half = rapid.IntRange(0, 2).Draw(e.r, "halves")
	}
	switch half {
	case 0:
		e.told(true, p, q)
	case 1:
		e.told(true, p)
		e.late = map[string]bool{q: true}
	case 2:
		e.told(true, q)
		e.late = map[string]bool{p: true}
	}
}

// id is the same for an item, whoever asks.
func (e *editor) id(_ tree.ID, it *Item) (id tree.ID, ok bool) {
	h := sha256.Sum256(fmt.Appendf(nil, "%d %s", e.step, it.Path))
	copy(id[:], h[:])
	return id, true
}

func (e *editor) never() tree.ID {
	e.r.Fatal("two items with one id")
	return tree.ID{}
}

// after returns what is known after items were found.
func (e *editor) after(found []Found, before *tree.Disk) *tree.Disk {
	for _, f := range found {
		n := tree.OnDisk{Stat: f.Stat}
		n.ID, n.Parent, n.Name, n.Kind, n.Content = f.ID, f.Parent, f.Name, f.Kind, f.Target
		before.Set(n)
	}
	return before
}

func (e *editor) whole() *tree.Disk {
	res, err := Walk(e.r.Context(), e.disk, e.kind, e.root)
	if err != nil {
		e.r.Fatal(err)
	}
	e.rules = res.Rules
	return e.after(Identify(e.kind, res, e.known, e.id, e.never), tree.NewDisk())
}

// part returns what is known after looks at what changed; nil if they were not
// enough. What is missing twice is gone.
func (e *editor) part() *tree.Disk {
	t, err := tree.Build(func(yield func(tree.Node) bool) {
		for _, d := range e.known.All() {
			if !yield(d.Node) {
				return
			}
		}
	})
	if err != nil {
		e.r.Fatal(err)
	}
	places := map[placeKey]tree.ID{}
	for _, d := range e.known.All() {
		places[placeKey{d.Parent, e.kind.Key(d.NameOnDisk())}] = d.ID
	}
	before := Part{Disk: e.known, Tree: t, Rules: e.rules, At: func(dir tree.ID, name string) (tree.ID, bool) {
		id, ok := places[placeKey{dir, e.kind.Key(name)}]
		return id, ok
	}}
	for at, missed := e.at, map[string]bool(nil); ; at = at.With(Changes{Paths: e.late}) {
		look, err := LookAt(e.r.Context(), e.disk, e.kind, e.root, before, at)
		if errors.Is(err, ErrWhole) {
			return nil
		}
		if err != nil {
			e.r.Fatal(err)
		}
		found := Identify(e.kind, look.Result, look.Known, e.id, e.never)
		now := look.Missing(found)
		if len(now) > 0 && (missed == nil || !maps.Equal(now, missed)) {
			missed = now
			continue
		}
		after := e.known.Clone()
		for id := range look.Known.All() {
			after.Delete(id)
		}
		return e.after(found, after)
	}
}

// A look at what changed gives what a walk of everything gives, or says that it
// does not; also where things are gone, and on a disk that folds names.
func TestLookAtPartsIsEnough(t *testing.T) {
	for name, kind := range map[string]names.Disk{"unix": names.Unix(), "folds": names.APFS()} {
		t.Run(name, func(t *testing.T) { partsAreEnough(t, kind) })
	}
}

func partsAreEnough(t *testing.T, kind names.Disk) {
	enough, not := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		root, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			r.Fatal(err)
		}
		e := &editor{r: r, root: root, kind: kind, disk: kinddisk.FS{FS: disk.OS{}, Root: root, Kind: kind}, known: tree.NewDisk(), rules: ignore.BuiltIn()}
		for range rapid.IntRange(1, 8).Draw(r, "looks") {
			e.at, e.late = Changes{Paths: map[string]bool{}}, nil
			edits := rapid.IntRange(0, 4).Draw(r, "edits")
			for i := range edits {
				e.last = i == edits-1
				e.edit()
				e.step++
			}
			part, whole := e.part(), e.whole()
			if part == nil {
				not++
			} else if enough++; !part.Equal(whole) {
				r.Fatalf("told of %v, later of %v\nknown %v\npart %v\nwhole %v", e.at.Paths, e.late, show(e.known), show(part), show(whole))
			}
			e.known = whole
		}
	})
	if t.Logf("%d looks were enough, %d were not", enough, not); enough < 4*not {
		t.Error("mostly the whole is walked")
	}
}

func show(m *tree.Disk) map[string]string {
	out := map[string]string{}
	for id, n := range maps.Collect(m.All()) {
		out[pathIn(m, n)] = fmt.Sprintf("%s inode %d size %d", id.String()[:6], n.Stat.Inode, n.Stat.Size)
	}
	return out
}
