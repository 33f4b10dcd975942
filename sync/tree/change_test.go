package tree

import (
	"maps"
	"testing"

	"pgregory.net/rapid"
)

// A map behaves as a plain one does, and no change of a copy is seen in what it
// was copied of.
func TestMapsShareNothingThatChanges(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		all, plain := []*Map[int]{NewMap[int]()}, []map[ID]int{{}}
		for range rapid.IntRange(0, 60).Draw(r, "steps") {
			i := rapid.IntRange(0, len(all)-1).Draw(r, "map")
			id := ID{byte(rapid.IntRange(0, 3).Draw(r, "id")), byte(rapid.IntRange(0, 2).Draw(r, "more"))}
			switch rapid.IntRange(0, 3).Draw(r, "what") {
			case 0:
				all, plain = append(all, all[i].Clone()), append(plain, maps.Clone(plain[i]))
			case 1:
				all[i].Delete(id)
				delete(plain[i], id)
			default:
				v := rapid.IntRange(0, 2).Draw(r, "value")
				all[i].Set(id, v)
				plain[i][id] = v
			}
		}
		for i, m := range all {
			if !maps.Equal(m.Plain(), plain[i]) || m.Len() != len(plain[i]) {
				r.Fatalf("map %d is %v, not %v", i, m.Plain(), plain[i])
			}
			checkCompared(r, all[0], m, plain[0], plain[i])
		}
	})
}

func checkCompared(r *rapid.T, a, b *Map[int], x, y map[ID]int) {
	if a.Equal(b) != maps.Equal(x, y) {
		r.Fatal("equal is ", a.Equal(b))
	}
	told, differ := map[ID]int{}, map[ID]int{}
	for id := range a.Changes(b) {
		told[id]++
	}
	for _, side := range []map[ID]int{x, y} {
		for id := range side {
			v, before := x[id]
			if now, after := y[id]; v != now || before != after {
				differ[id] = 1
			}
		}
	}
	if !maps.Equal(told, differ) {
		r.Fatalf("told of %v, not of %v", told, differ)
	}
}

// What Change makes is what building anew makes, and it refuses what is no
// tree; the tree before it stays.
func TestChangedTreesAreTrees(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		at := New()
		for range rapid.IntRange(0, 30).Draw(r, "steps") {
			gone, put := drawIDs(r), drawNodes(r)
			before := at.Nodes().Plain()
			next, err := at.Change(gone, put)
			if !maps.Equal(before, at.Nodes().Plain()) {
				r.Fatal("the tree before was changed")
			}
			want := maps.Clone(before)
			for _, id := range gone {
				delete(want, id)
			}
			for _, n := range put {
				want[n.ID] = n
			}
			built, berr := Build(maps.Values(want))
			valid := berr == nil && built.Len() == len(want)
			if valid != (err == nil) {
				r.Fatalf("changed %v, built %v (%d of %d)", err, berr, built.Len(), len(want))
			}
			if err == nil {
				at = next
				if !at.Equal(built) || at.Files() != built.Files() || !sameWidths(at, built) {
					r.Fatal("another tree than the one that was built")
				}
			}
		}
	})
}

func sameWidths(a, b *Tree) bool {
	for id := range a.Nodes().All() {
		if a.Width(id) != b.Width(id) || a.Path(id) != b.Path(id) {
			return false
		}
	}
	return a.Width(ID{}) == b.Width(ID{})
}

func drawIDs(r *rapid.T) (out []ID) {
	for range rapid.IntRange(0, 2).Draw(r, "gone") {
		out = append(out, ID{byte(rapid.IntRange(1, 8).Draw(r, "id"))})
	}
	return out
}

func drawNodes(r *rapid.T) (out []Node) {
	seen := map[ID]bool{}
	for range rapid.IntRange(0, 3).Draw(r, "put") {
		n := Node{
			ID: ID{byte(rapid.IntRange(1, 8).Draw(r, "id"))}, Parent: ID{byte(rapid.IntRange(0, 8).Draw(r, "parent"))},
			Name: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(r, "name"), Kind: Kind(rapid.IntRange(1, 2).Draw(r, "kind")),
		}
		if !seen[n.ID] {
			out = append(out, n)
		}
		seen[n.ID] = true
	}
	return out
}
