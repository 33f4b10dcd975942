package object

import (
	"fmt"
	"math/rand"
	"testing"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// edited returns a tree with some nodes moved, changed, added and removed.
func edited(t *rapid.T, from *tree.Tree) *tree.Tree {
	rng := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
	to := from
	for i := range rapid.IntRange(0, 12).Draw(t, "edits") {
		n := anyNode(rng, to)
		var next *tree.Tree
		var err error
		switch rng.Intn(4) {
		case 0:
			n.Mode ^= 0o7
			next, err = to.Change(nil, []tree.Node{n})
		case 1:
			n.Parent, n.Name = anyNode(rng, to).ID, fmt.Sprint("moved", i)
			next, err = to.Change(nil, []tree.Node{n})
		case 2:
			n = tree.Node{ID: tree.ID{byte(i), 200, byte(rng.Int())}, Parent: anyNode(rng, to).ID, Name: fmt.Sprint("new", i), Kind: tree.Folder}
			next, err = to.Change(nil, []tree.Node{n})
		default:
			next, err = to.Change([]tree.ID{n.ID}, nil)
		}
		if err == nil { // else it would be no tree
			to = next
		}
	}
	return to
}

func anyNode(rng *rand.Rand, t *tree.Tree) tree.Node {
	kids := t.Children(tree.ID{})
	for len(kids) > 0 {
		n := kids[rng.Intn(len(kids))]
		if n.Kind != tree.Folder || rng.Intn(3) == 0 {
			return n
		}
		if kids = t.Children(n.ID); len(kids) == 0 {
			return n
		}
	}
	return tree.Node{}
}

// A tree that is saved or loaded by what differs is the tree that is saved or
// loaded as a whole.
func TestWhatDiffersIsEnough(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		size := rapid.SampledFrom([]int{0, 5, 40, 900}).Draw(r, "nodes")
		known := randomTree(t, rand.New(rand.NewSource(rapid.Int64().Draw(r, "tree"))), size)
		to, s := edited(r, known), newShelf()
		root, err := SaveTree(known, s.save)
		if err != nil {
			r.Fatal(err)
		}
		saved := Saved{known, root}
		next, err := SaveChanged(saved, to, s.load, s.save)
		if err != nil {
			r.Fatal(err)
		}
		if whole, err := SaveTree(to, s.save); err != nil || whole != next {
			r.Fatalf("saved as %s, whole as %s: %v", next, whole, err)
		}
		for _, way := range []struct {
			from Saved
			to   pack.ID
			want *tree.Tree
		}{{saved, next, to}, {Saved{to, next}, root, known}} {
			if got, err := LoadChanged(way.from, way.to, s.load); err != nil || !got.Equal(way.want) || got.Files() != way.want.Files() {
				r.Fatal("loaded another tree:", err)
			}
		}
		folders := map[pack.ID]bool{}
		if err := EachFolder(next, s.load, func(id pack.ID) { folders[id] = true }); err != nil || len(folders) == 0 {
			r.Fatal(len(folders), err)
		}
	})
}
