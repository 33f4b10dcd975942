package tree

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A disk is a map of nodes, whatever it shares with trees and copies.
func TestADiskIsAMapOfNodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SampledFrom([]ID{{1}, {2}, {3}, {4}, {1, 1}})
		names := rapid.SampledFrom([]string{"", "a", "b"})
		stats := rapid.SampledFrom([]Stat{{}, {Size: 1}, {Size: 1, MTime: 2}, {Inode: 1}, {Inode: 2}, {Inode: 1, Dev: 1}, {Inode: 2, Dev: 1}, {Size: 1, Inode: 1, Dev: 1}})
		node := func() OnDisk {
			id := ids.Draw(t, "id")
			return OnDisk{Node: Node{ID: id, Name: names.Draw(t, "name"), Size: rapid.Int64Range(0, 1).Draw(t, "size")}, DiskName: names.Draw(t, "disk name"), Stat: stats.Draw(t, "stat")}
		}
		d, want := NewDisk(), map[ID]OnDisk{}
		old, oldWant := d.Clone(), map[ID]OnDisk{}
		t.Repeat(map[string]func(*rapid.T){
			"set":    func(*rapid.T) { n := node(); d.Set(n); want[n.ID] = n },
			"delete": func(t *rapid.T) { id := ids.Draw(t, "id"); d.Delete(id); delete(want, id) },
			"clone":  func(*rapid.T) { old, oldWant = d.Clone(), maps.Clone(want) },
			"back":   func(*rapid.T) { d, want = old.Clone(), maps.Clone(oldWant) },
			"share": func(t *rapid.T) {
				nodes := NewMap[Node]()
				for id, n := range want {
					nodes.Set(id, n.Node)
				}
				if !d.Share(nodes) {
					t.Fatal("the same nodes are not shared")
				}
				nodes.Set(ID{9}, Node{ID: ID{9}})
				if d.Has(ID{9}) || d.Share(nodes) {
					t.Fatal("another tree is shared")
				}
			},
			"": func(t *rapid.T) {
				for _, x := range []struct {
					disk *Disk
					want map[ID]OnDisk
				}{{d, want}, {old, oldWant}} {
					if got := maps.Collect(x.disk.All()); !maps.Equal(got, x.want) || x.disk.Len() != len(x.want) {
						t.Fatalf("%v, want %v", got, x.want)
					}
				}
				if got := d.Equal(old); got != maps.Equal(want, oldWant) {
					t.Fatalf("equal: %v", got)
				}
			},
		})
	})
}

// What is left out of one part is in another.
func TestPartsOfADiskAreAllOfIt(t *testing.T) {
	d := NewDisk()
	for i := range 1000 {
		d.Set(OnDisk{Node: Node{ID: ID{byte(i), byte(i >> 8)}}})
	}
	seen := map[ID]int{}
	for i := range Parts {
		for n := range d.Part(i) {
			seen[n.ID]++
		}
	}
	for id, times := range seen {
		if times != 1 {
			t.Errorf("%s is seen %d times", id, times)
		}
	}
	if len(seen) != 1000 {
		t.Errorf("%d of 1000 nodes are seen", len(seen))
	}
}

// A node that changed its stat only is still shared, so a copy costs no memory.
func TestADiskSharesWhatDidNotChange(t *testing.T) {
	nodes := NewMap[Node]()
	nodes.Set(ID{1}, Node{ID: ID{1}, Name: "a"})
	d := DiskOf(nodes)
	d.Set(OnDisk{Node: nodes.At(ID{1}), Stat: Stat{Size: 1}})
	if d.nodes.parts[1] != nodes.parts[1] {
		t.Error("the nodes are held twice")
	}
}

func TestADiskKnowsThatItSharesItsNodes(t *testing.T) {
	tr := sample(t)
	d := DiskOf(tr.Nodes())
	if !d.Shares(tr.Nodes()) || NewDisk().Shares(tr.Nodes()) {
		t.Error("nodes that are shared are not known as such")
	}
	n := d.At(ID{3})
	n.Size++
	d.Set(n)
	if d.Shares(tr.Nodes()) {
		t.Error("a disk that changed shares all of its nodes")
	}
}

func TestChildrenAreSortedByName(t *testing.T) {
	tr := sample(t)
	if got := tr.ChildIDs(ID{}); !slices.Equal(got, []ID{{4}, {1}}) {
		t.Errorf("%v", got)
	}
	if got := tr.ChildIDs(ID{3}); len(got) != 0 {
		t.Errorf("a file holds %v", got)
	}
}

// Of a file that is as its node says, a disk keeps a number; of others all that
// the disk said.
func TestADiskKeepsLittleOfMostFiles(t *testing.T) {
	d := NewDisk()
	file := func(id byte, change func(*Stat)) OnDisk {
		n := OnDisk{Node: Node{ID: ID{id}, Size: 5, MTime: 7, Mode: 0o644}, Stat: Stat{Size: 5, MTime: 7, Mode: 0o644, Inode: uint64(id), Dev: 3}}
		change(&n.Stat)
		return n
	}
	for i, change := range []func(*Stat){
		func(*Stat) {}, func(*Stat) {}, func(s *Stat) { s.Dev = 4 }, func(s *Stat) { s.MTime = 8 }, func(s *Stat) { *s = Stat{} },
	} {
		n := file(byte(i+1), change)
		if d.Set(n); d.At(n.ID) != n {
			t.Errorf("%+v, want %+v", d.At(n.ID), n)
		}
	}
	if d.inodes.Len() != 2 || d.stats.Len() != 2 {
		t.Errorf("%d in few bytes, %d in many", d.inodes.Len(), d.stats.Len())
	}
	n := d.At(ID{1})
	n.Size = 6 // its stat is that of before
	if d.Set(n); d.At(n.ID) != n || d.inodes.Len() != 1 {
		t.Errorf("%+v, want %+v", d.At(n.ID), n)
	}
}

// A disk that was made ready for many nodes is like one that was not, and one
// that holds some stays as it is.
func TestExpect(t *testing.T) {
	plain, ready := NewDisk(), NewDisk()
	ready.Expect(1000)
	if !ready.Equal(plain) || ready.Len() != 0 {
		t.Error("an empty disk that was made ready is not empty")
	}
	for i := range 300 {
		n := OnDisk{Node: Node{ID: ID{byte(i), byte(i >> 8)}, Name: "x", Kind: File}, Stat: Stat{Inode: uint64(i)}}
		plain.Set(n)
		ready.Set(n)
	}
	copied := ready.Clone()
	ready.Expect(5000)
	if !ready.Equal(plain) || !copied.Equal(plain) || ready.Len() != 300 {
		t.Errorf("%d nodes, want those %d", ready.Len(), plain.Len())
	}
}
