package engine

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// After a crash two folders may be known in one place. When one of them turns out
// to lie elsewhere, the other one is still found there.
func TestTwoInOnePlace(t *testing.T) {
	node := func(id byte, name string) tree.OnDisk {
		return tree.OnDisk{Node: tree.Node{ID: tree.ID{id}, Name: name, Kind: tree.Folder}}
	}
	k := newKnowledge(map[tree.ID]tree.OnDisk{}, map[tree.ID]tree.Node{})
	k.places(names.Unix())
	k.setDisk(node(1, "c"))
	k.setDisk(node(2, "c"))
	k.setDisk(node(2, "in"))
	at := k.places(names.Unix())
	for name, want := range map[string]byte{"c": 1, "in": 2} {
		if got := at[placeKey{name: name}]; got != (tree.ID{want}) {
			t.Errorf("at %s lies %s, want %d", name, got, want)
		}
	}
}
