package history

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// shelf keeps objects in memory and counts how many are read.
type shelf struct {
	all   map[pack.ID][]byte
	loads int
}

func (s *shelf) save(kind pack.Kind, p []byte) (pack.ID, error) {
	id := pack.ID(sha256.Sum256(append([]byte{byte(kind)}, p...)))
	s.all[id] = p
	return id, nil
}

func (s *shelf) load(_ pack.Kind, id pack.ID) ([]byte, error) {
	s.loads++
	if p := s.all[id]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("%w: %s", ErrGone, id)
}

func nodeID(n int) tree.ID { return tree.ID{1, byte(n), byte(n >> 8)} }

// grow makes a tree of n nodes, every one at a place that follows from the seed.
func grow(t testing.TB, rng *rand.Rand, n int) map[int]tree.Node {
	t.Helper()
	out := map[int]tree.Node{}
	for i := range n {
		nd := tree.Node{ID: nodeID(i), Name: fmt.Sprint("n", i), Kind: tree.File, Content: object.Content{}.String()}
		if rng.Intn(5) == 0 {
			nd = tree.Node{ID: nodeID(i), Name: fmt.Sprint("n", i), Kind: tree.Folder}
		}
		if p := rng.Intn(i + 1); out[p].Kind == tree.Folder {
			nd.Parent = nodeID(p)
		}
		out[i] = nd
	}
	return out
}

func plant(t testing.TB, nodes map[int]tree.Node) *tree.Tree {
	t.Helper()
	tr := tree.New()
	for _, i := range slices.Sorted(maps.Keys(nodes)) {
		if err := tr.Add(nodes[i]); err != nil {
			t.Fatal(err)
		}
	}
	return tr
}

// paths says what lies where.
func paths(tr *tree.Tree) map[string]tree.Node {
	out := map[string]tree.Node{}
	_ = tr.Walk(func(p string, n tree.Node) error {
		n.Parent = tree.ID{} // its path says it
		out[p] = n
		return nil
	})
	return out
}

// What Diff tells is what a comparison of all paths finds, but for folders of
// which only what is in them differs.
func TestDiffIsComplete(t *testing.T) {
	for seed := range int64(20) {
		rng := rand.New(rand.NewSource(seed))
		s := &shelf{all: map[pack.ID][]byte{}}
		l := &Log{load: s.load}
		nodes := grow(t, rng, 1+rng.Intn(1500))
		a := plant(t, nodes)
		for i, n := range nodes {
			if n.Kind == tree.File && rng.Intn(40) == 0 {
				n.Name, n.Size = n.Name+" renamed", 5
				nodes[i] = n
			}
			if n.Kind == tree.File && rng.Intn(40) == 0 {
				delete(nodes, i)
			}
		}
		b := plant(t, nodes)
		ra, _ := object.SaveTree(a, s.save)
		rb, _ := object.SaveTree(b, s.save)
		old, now := paths(a), paths(b)
		err := l.Diff(ra, rb, func(c Change) {
			if c.Old != nil && c.Old.Kind != tree.Folder {
				if old[c.Path] != c.Old.Node {
					t.Fatal(seed, "told of the old tree", c)
				}
				delete(old, c.Path)
			}
			if c.New != nil && c.New.Kind != tree.Folder {
				if now[c.Path] != c.New.Node {
					t.Fatal(seed, "told of the new tree", c)
				}
				delete(now, c.Path)
			}
		})
		if err != nil || !maps.Equal(old, now) {
			t.Fatal(seed, "not told", len(old), len(now), err)
		}
		for p, n := range paths(b) {
			if e, err := l.Lookup(rb, p); err != nil || e.ID != n.ID {
				t.Fatal(seed, p, err)
			}
		}
	}
}

// story makes commits one after the other, an hour apart.
type story struct {
	t    *testing.T
	s    *shelf
	tips []pack.ID
	gen  uint64
}

func (y *story) commit(nodes map[int]tree.Node) pack.ID {
	y.t.Helper()
	root, err := object.SaveTree(plant(y.t, nodes), y.s.save)
	if err != nil {
		y.t.Fatal(err)
	}
	y.gen++
	c := object.Commit{Root: root, Parents: slices.Clone(y.tips), Generation: y.gen, Device: object.DeviceID{1}, Name: "desk", Time: int64(time.Hour) * int64(y.gen)}
	id, _ := y.s.save(pack.Commit, c.Encode())
	y.tips = []pack.ID{id}
	return id
}

// One change of a large drive is found by reading a few of its folders.
func TestVersionsReadLittle(t *testing.T) {
	nodes := grow(t, rand.New(rand.NewSource(1)), 4000)
	y := &story{t: t, s: &shelf{all: map[pack.ID][]byte{}}}
	file := 0
	for nodes[file].Kind != tree.File {
		file++
	}
	for i := range 30 {
		if i%10 == 0 {
			n := nodes[file]
			n.Size, n.Content = int64(i), object.Content{Refs: []object.Ref{{Size: int64(i)}}}.String()
			nodes[file] = n
		}
		other := tree.Node{ID: nodeID(5000 + i), Name: fmt.Sprint("new ", i), Kind: tree.File, Content: object.Content{}.String()}
		nodes[5000+i] = other
		y.commit(nodes)
	}
	log, err := Read(y.s.load, y.tips)
	if err != nil || len(log.Commits) != 30 {
		t.Fatal(err)
	}
	y.s.loads = 0
	now := plant(t, nodes)
	lives, err := log.Lives(now, now.Path(nodeID(file)))
	if err != nil || len(lives) != 1 {
		t.Fatal(lives, err)
	}
	if got := lives[0].Versions; len(got) != 3 || got[0].Entry.Size != 20 || got[2].Entry.Size != 0 {
		t.Fatal(got)
	}
	if y.s.loads > 30*20 {
		t.Error(y.s.loads, "objects were read")
	}
}

// States that are gone are passed over.
func TestGonePastIsPassedOver(t *testing.T) {
	y := &story{t: t, s: &shelf{all: map[pack.ID][]byte{}}}
	nodes := map[int]tree.Node{1: {ID: nodeID(1), Name: "a", Kind: tree.File, Content: object.Content{}.String()}}
	y.commit(nodes)
	nodes[2] = tree.Node{ID: nodeID(2), Name: "b", Kind: tree.File, Content: object.Content{}.String()}
	middle := y.commit(nodes)
	delete(nodes, 2)
	y.commit(nodes)
	log, _ := Read(y.s.load, y.tips)
	c, _ := log.Get(middle)
	if gone, err := log.Deleted(plant(t, nodes), ""); err != nil || len(gone) != 1 || gone[0].Path != "b" {
		t.Fatal(gone, err)
	}
	delete(y.s.all, c.Root)
	if gone, err := log.Deleted(plant(t, nodes), ""); err != nil || len(gone) != 0 {
		t.Fatal(gone, err)
	}
	if got, err := log.Lives(plant(t, nodes), "a"); err != nil || len(got) != 1 || len(got[0].Versions) != 1 {
		t.Fatal(got, err)
	}
	if _, err := log.Lookup(c.Root, "a"); !errors.Is(err, ErrGone) {
		t.Fatal(err)
	}
	if at := log.At(time.Date(2999, 1, 1, 0, 0, 0, 0, time.UTC)); len(at) == 0 {
		t.Error("there is no drive in the year 2999")
	}
	if at := log.At(time.Unix(0, c.Time)); len(at) != 1 || at[0].ID != middle {
		t.Fatal(at)
	}
	if _, ok := log.Find(middle.String()[:12]); !ok {
		t.Fatal("a version is not found by its name")
	}
}

// A file that was moved and deleted in states that are gone is found by those
// around them, and what joined files held before counts as theirs.
func TestLivesAcrossGonePast(t *testing.T) {
	y := &story{t: t, s: &shelf{all: map[pack.ID][]byte{}}}
	file := func(n int, name string, size int64) tree.Node {
		return tree.Node{ID: nodeID(n), Name: name, Kind: tree.File, Size: size, Content: object.Content{Refs: []object.Ref{{Size: size}}}.String()}
	}
	y.commit(map[int]tree.Node{1: file(1, "early", 1), 2: file(2, "note", 7)})
	y.commit(map[int]tree.Node{1: file(1, "a", 2), 2: file(2, "note", 9)})
	middle := y.commit(map[int]tree.Node{1: file(1, "late", 2), 3: file(3, "note", 9)})
	end := map[int]tree.Node{3: file(3, "note", 9)}
	y.commit(end)
	log, _ := Read(y.s.load, y.tips)
	c, _ := log.Get(middle)
	delete(y.s.all, c.Root)
	now := plant(t, end)
	gone, err := log.Deleted(now, "")
	if err != nil || len(gone) != 2 || gone[0].Path != "a" || gone[1].Path != "note" {
		t.Fatal(gone, err)
	}
	lives, err := log.Lives(now, "a")
	if err != nil || len(lives) != 1 || len(lives[0].Versions) != 2 || lives[0].Versions[1].Path != "early" {
		t.Fatal(lives, err)
	}
	if lives, err = log.Lives(now, "note"); err != nil || len(lives) != 2 || lives[0].ID != nodeID(3) || len(lives[1].Versions) != 2 {
		t.Fatal(lives, err)
	}
	now.SetAlias(nodeID(2), nodeID(3))
	if lives, err = log.Lives(now, "note"); err != nil || len(lives) != 1 || len(lives[0].Versions) != 2 {
		t.Fatal(lives, err)
	}
}
