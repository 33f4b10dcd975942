package plan

import (
	"encoding/binary"
	"maps"
	"slices"
	"strconv"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Names that the devices use. Some differ only in case, some are those of
// copies already.
var someNames = []string{"a", "b", "A", "c.txt", "d (conflict, dev0, 2026-01-01).txt", "B"}

// sorted returns what lies on the disk, in the order of ids.
func (d *device) sorted() []tree.OnDisk {
	return slices.SortedFunc(maps.Values(d.disk), byID)
}

// edit changes the device's disk at random, as a person would.
func (d *device) edit() {
	d.w.clock += int64(d.w.below(3))
	all := d.sorted()
	op := d.w.below(16)
	if len(all) == 0 || op < 5 {
		d.add(all)
		return
	}
	n := all[d.w.below(len(all))]
	switch {
	case op < 8:
		d.change(n)
	case op < 11:
		d.move(all, n)
	case op < 12:
		d.swap(all, n)
	case op < 13:
		d.replace(n)
	case op < 14:
		d.chmod(n)
	default:
		d.remove(n.ID)
	}
}

func (d *device) name6() string { return someNames[d.w.below(len(someNames))] }

func (d *device) folder(all []tree.OnDisk) tree.ID {
	ids := []tree.ID{{}}
	for _, n := range all {
		if n.Kind == tree.Folder {
			ids = append(ids, n.ID)
		}
	}
	return ids[d.w.below(len(ids))]
}

// free reports whether a folder of the disk can take the name.
func (d *device) free(parent tree.ID, name string, but tree.ID) bool {
	for id, n := range d.disk {
		if id != but && n.Parent == parent && d.kind.Key(n.NameOnDisk()) == d.kind.Key(name) {
			return false
		}
	}
	return true
}

func (w *world) freshID() tree.ID {
	w.serial++
	var id tree.ID
	// Ids of different devices come in any order.
	binary.BigEndian.PutUint32(id[:], uint32(w.serial)*2654435761)
	binary.BigEndian.PutUint32(id[4:], uint32(w.serial))
	return id
}

func (d *device) add(all []tree.OnDisk) {
	n := tree.Node{Parent: d.folder(all), Name: d.name6(), Kind: tree.File, Mode: 0o644, MTime: d.w.clock, By: d.name}
	if !d.free(n.Parent, n.Name, tree.ID{}) {
		return
	}
	n.ID = d.w.freshID()
	switch d.w.below(6) {
	case 0, 1:
		n.Kind, n.Mode, n.MTime, n.By = tree.Folder, 0o755, 0, ""
	case 2:
		n.Content = "equal"
	case 3:
		n.Kind, n.Mode, n.Content = tree.Link, 0o777, d.content()
	default:
		n.Content = d.content()
	}
	d.disk[n.ID] = tree.OnDisk{Node: n}
}

func (d *device) content() string {
	d.w.serial++
	c := "c" + strconv.Itoa(d.w.serial) + d.name
	d.w.made = append(d.w.made, c)
	return c
}

func (d *device) change(n tree.OnDisk) {
	if n.Kind == tree.Folder {
		return
	}
	d.w.gone[n.Content] = true
	n.Content, n.MTime, n.By = d.content(), d.w.clock, d.name
	d.disk[n.ID] = n
}

func (d *device) chmod(n tree.OnDisk) {
	if n.Kind != tree.Link {
		n.Mode ^= 0o100 >> d.w.below(3)
		d.disk[n.ID] = n
	}
}

func (d *device) inside(id, folder tree.ID) bool {
	for ; id != (tree.ID{}); id = d.disk[id].Parent {
		if id == folder {
			return true
		}
	}
	return false
}

func (d *device) move(all []tree.OnDisk, n tree.OnDisk) {
	parent, name := d.folder(all), n.NameOnDisk()
	if d.w.below(3) > 0 {
		name = d.name6()
	}
	if d.free(parent, name, n.ID) && !d.inside(parent, n.ID) {
		d.rename(n, parent, name)
	}
}

// rename gives a node another place, as the next look finds it.
func (d *device) rename(n tree.OnDisk, parent tree.ID, name string) {
	if name != n.NameOnDisk() {
		n.Name, n.DiskName = name, ""
	}
	n.Parent = parent
	d.disk[n.ID] = n
}

// swap exchanges the places of two nodes, or makes a chain of two renames.
func (d *device) swap(all []tree.OnDisk, n tree.OnDisk) {
	o := all[d.w.below(len(all))]
	if d.inside(n.ID, o.ID) || d.inside(o.ID, n.ID) {
		return
	}
	if d.w.below(2) == 0 {
		d.rename(n, o.Parent, o.NameOnDisk())
		d.rename(o, n.Parent, n.NameOnDisk())
		return
	}
	if name := d.name6(); d.free(o.Parent, name, o.ID) {
		d.rename(o, o.Parent, name)
		d.rename(n, o.Parent, someOther(o.NameOnDisk(), name))
		if !d.free(o.Parent, d.disk[n.ID].NameOnDisk(), n.ID) {
			d.disk[n.ID] = n
		}
	}
}

func someOther(old, now string) string {
	if old == now {
		return old + " 2"
	}
	return old
}

// replace puts something of another kind in the place of a node.
func (d *device) replace(n tree.OnDisk) {
	d.remove(n.ID)
	c := tree.Node{ID: d.w.freshID(), Parent: n.Parent, Name: n.NameOnDisk(), Kind: tree.Folder, Mode: 0o755}
	if n.Kind == tree.Folder {
		c.Kind, c.Content, c.MTime, c.By = tree.File, d.content(), d.w.clock, d.name
	}
	d.disk[c.ID] = tree.OnDisk{Node: c}
}

func (d *device) remove(id tree.ID) {
	for _, kid := range d.sorted() {
		if kid.Parent == id {
			d.remove(kid.ID)
		}
	}
	d.w.gone[d.disk[id].Content] = true
	delete(d.disk, id)
}

// forget makes the next look take things on the disk for new ones: all, as
// after the loss of the notes, or one, as where a disk cannot tell what moved.
func (d *device) forget() {
	d.w.copies = true
	d.lost = map[tree.ID]bool{}
	if d.w.below(2) == 0 {
		d.known, d.synced = nil, tree.NewMap[tree.Node]()
		for id := range d.disk {
			d.lost[id] = true
		}
		return
	}
	if all := d.sorted(); len(all) > 0 {
		d.lost[all[d.w.below(len(all))].ID] = true
	}
}
