package scan

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// editor changes a folder at random and notes where, as the system tells it.
type editor struct {
	r     *rapid.T
	root  string
	known *tree.Disk
	rules *ignore.Rules
	at    Changes
	step  int
	last  bool // nothing else happens before the next look
}

func (e *editor) abs(p string) string { return filepath.Join(e.root, p) }

func (e *editor) path() string {
	p := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(e.r, "name")
	for range rapid.IntRange(0, 2).Draw(e.r, "depth") {
		p += "/" + rapid.SampledFrom([]string{"a", "b", ".stosignore"}).Draw(e.r, "name")
	}
	return p
}

func (e *editor) told(deep bool, paths ...string) {
	for _, p := range paths {
		e.at.Paths[p] = e.at.Paths[p] || deep
	}
}

// edit does one thing to the folder, if it can be done.
func (e *editor) edit() {
	p, q := e.path(), e.path()
	_, before := os.Lstat(e.abs(p))
	content := fmt.Appendf(nil, "%*d", e.step%7+1, e.step)
	if filepath.Base(p) == ".stosignore" {
		content = []byte("b\n")
	}
	switch rapid.IntRange(0, 7).Draw(e.r, "what") {
	case 0, 1:
		if os.WriteFile(e.abs(p), content, 0o644) == nil {
			e.told(before != nil, p)
		}
	case 2:
		if os.WriteFile(e.abs(p+".new"), content, 0o644) == nil {
			_ = os.Rename(e.abs(p+".new"), e.abs(p)) // a folder may be in the way
			e.told(true, p, p+".new")
		}
	case 3:
		if os.Mkdir(e.abs(p), 0o755) == nil {
			e.told(true, p)
		}
	case 4:
		if os.Rename(e.abs(p), e.abs(q)) == nil && p != q {
			e.halves(p, q)
		}
	case 5:
		if before == nil && os.RemoveAll(e.abs(p)) == nil {
			e.told(true, p)
		}
	case 6:
		if os.Chmod(e.abs(p), 0o700+os.FileMode(e.step%3)) == nil {
			e.told(false, p)
		}
	case 7:
		if os.Link(e.abs(p), e.abs(q)) == nil || os.Symlink("nowhere/"+p, e.abs(q)) == nil {
			e.told(true, q)
		}
	}
}

// halves tells of a move: of both places, or, if it is the last thing that
// happens to something known, of one alone.
func (e *editor) halves(p, q string) {
	_, known := show(e.known)[p]
	if !known || !e.last {
		e.told(true, p, q)
		return
	}
	half := rapid.IntRange(1, 4).Draw(e.r, "halves")
	if half != 1 {
		e.told(true, p)
	}
	if half != 2 {
		e.told(true, q)
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
	res, err := Walk(e.r.Context(), disk.OS{}, names.Unix(), e.root)
	if err != nil {
		e.r.Fatal(err)
	}
	e.rules = res.Rules
	return e.after(Identify(names.Unix(), res, e.known, e.id, e.never), tree.NewDisk())
}

// part returns what is known after a look at what changed; nil if that was not
// enough.
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
	before := Part{Disk: e.known, Tree: t, Rules: e.rules, At: func(dir tree.ID, name string) (tree.ID, bool) {
		n, ok := t.Child(dir, name)
		return n.ID, ok
	}}
	res, known, err := LookAt(e.r.Context(), disk.OS{}, names.Unix(), e.root, before, e.at)
	if errors.Is(err, ErrWhole) {
		return nil
	}
	if err != nil {
		e.r.Fatal(err)
	}
	found := Identify(names.Unix(), res, known, e.id, e.never)
	if len(found) < known.Len() {
		return nil
	}
	here := e.after(found, tree.NewDisk())
	for id := range known.All() {
		if !here.Has(id) {
			return nil
		}
	}
	return e.after(found, e.known.Clone())
}

// A look at what changed gives what a walk of everything gives, or says that it
// does not.
func TestLookAtPartsIsEnough(t *testing.T) {
	enough, not := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		root, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			r.Fatal(err)
		}
		e := &editor{r: r, root: root, known: tree.NewDisk(), rules: ignore.BuiltIn()}
		for range rapid.IntRange(1, 8).Draw(r, "looks") {
			e.at = Changes{Paths: map[string]bool{}}
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
				r.Fatalf("told of %v\nknown %v\npart %v\nwhole %v", e.at.Paths, show(e.known), show(part), show(whole))
			}
			e.known = whole
		}
	})
	if enough < not/4 {
		t.Errorf("%d looks were enough, %d were not", enough, not)
	}
}

func show(m *tree.Disk) map[string]string {
	out := map[string]string{}
	for id, n := range maps.Collect(m.All()) {
		out[pathIn(m, n)] = fmt.Sprintf("%s inode %d size %d", id.String()[:6], n.Stat.Inode, n.Stat.Size)
	}
	return out
}
