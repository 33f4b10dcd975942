package plan

import (
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// applying makes the disk of a device what it should be, one step after the
// other, with the rules of a real one: no folder holds a name twice, and
// nothing lies in a folder that is not there.
type applying struct {
	d      *device
	want   *tree.Tree
	parked map[tree.ID]bool
	faults bool
	crash  int // steps until the end of the world, or -1
}

func (d *device) apply(from, want *tree.Tree, faults bool) {
	a := &applying{d: d, want: want, parked: map[tree.ID]bool{}, crash: -1}
	if faults {
		a.faults = d.w.one(4)
		if d.w.one(6) {
			a.crash = d.w.below(6)
		}
	}
	s := Diff(from, want)
	if d.w.one(2) {
		shuffle(d.w.draws, s.Write) // they are ready when their bytes have arrived
	}
	for _, part := range []struct {
		nodes []tree.Node
		do    func(tree.Node)
	}{{s.Place, a.place}, {s.Write, a.write}, {s.Adjust, a.adjust}, {s.Remove, a.remove}} {
		for _, n := range part.nodes {
			if a.crash == 0 || a.faults && d.w.one(3) {
				continue
			}
			a.crash--
			part.do(n)
		}
	}
	a.unpark()
}

// occupant returns what lies under a name, but for case where that is all one.
func (a *applying) occupant(parent tree.ID, name string, but tree.ID) (tree.OnDisk, bool) {
	key := a.d.kind.Key(name)
	for id, n := range a.d.disk {
		if id != but && n.Parent == parent && !a.parked[id] && a.d.kind.Key(n.NameOnDisk()) == key {
			return n, true
		}
	}
	return tree.OnDisk{}, false
}

// home finds where a node belongs and makes room there.
func (a *applying) home(n tree.Node) (name string, ok bool) {
	for id := n.Parent; id != (tree.ID{}); {
		p, here := a.d.disk[id]
		if want, _ := a.want.Get(id); !here || !p.SamePlace(want) || a.parked[id] {
			return "", false
		}
		id = p.Parent
	}
	if old, here := a.d.disk[n.ID]; here && old.SamePlace(n) {
		return old.NameOnDisk(), !a.parked[n.ID]
	}
	name = a.d.kind.Choose(n, false, func(name string) bool {
		o, there := a.occupant(n.Parent, name, n.ID)
		w, stays := a.want.Get(o.ID)
		return there && stays && o.SamePlace(w)
	})
	if o, there := a.occupant(n.Parent, name, n.ID); there {
		a.parked[o.ID] = true
	}
	return name, true
}

func (a *applying) put(n tree.Node, name string) {
	d := tree.OnDisk{Node: n}
	if name != n.Name {
		d.DiskName = name
	}
	a.d.disk[n.ID] = d
	delete(a.parked, n.ID)
}

func (a *applying) place(n tree.Node) {
	name, ok := a.home(n)
	if !ok {
		return
	}
	if old, here := a.d.disk[n.ID]; here {
		old.Parent, old.Name = n.Parent, n.Name
		n = old.Node
	}
	a.put(n, name)
}

func (a *applying) write(n tree.Node) {
	old, here := a.d.disk[n.ID]
	if here && !old.SamePlace(n) {
		return
	}
	if name, ok := a.home(n); ok {
		a.put(n, name)
	}
}

func (a *applying) adjust(n tree.Node) {
	old, here := a.d.disk[n.ID]
	if !here || !old.SameData(n) {
		return
	}
	old.Mode, old.MTime, old.By = n.Mode, n.MTime, n.By
	a.d.disk[n.ID] = old
}

func (a *applying) remove(n tree.Node) {
	for _, kid := range a.d.disk {
		if kid.Parent == n.ID {
			return
		}
	}
	delete(a.d.disk, n.ID)
	delete(a.parked, n.ID)
}

// unpark puts back what was in the way and found no other place.
func (a *applying) unpark() {
	for _, id := range slices.SortedFunc(maps.Keys(a.parked), tree.ID.Compare) {
		n, ok := a.d.disk[id]
		if !ok {
			continue
		}
		delete(a.parked, id)
		home := n.NameOnDisk()
		for i := 1; !a.d.free(n.Parent, n.NameOnDisk(), id); i++ {
			n.Name, n.DiskName = RecoveredName(home, i), ""
		}
		a.d.disk[id] = n
	}
}
