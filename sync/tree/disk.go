package tree

import "iter"

// OnDisk is a node as it lies on a disk.
type OnDisk struct {
	Node
	// DiskName is the name on the disk, where the node's own name cannot be
	// used there; else it is empty.
	DiskName string
	// Stat is zero if the file must be read again.
	Stat Stat
}

// NameOnDisk is the name that the disk has for the node.
func (d OnDisk) NameOnDisk() string {
	if d.DiskName != "" {
		return d.DiskName
	}
	return d.Name
}

// Disk holds by their ids what lies on a disk. It can share its nodes with a
// tree that has the same ones, which is how most disks are most of the time;
// then it takes little memory of its own: of most files a number. A copy shares all that is the same, as
// with [Map], and the same holds for its use by several goroutines.
type Disk struct {
	nodes  *Map[Node]
	inodes *Map[uint64] // of files whose stat says nothing else that their node does not
	dev    uint64       // which these lie on
	stats  *Map[Stat]   // all others, without those that are zero
	names  *Map[string] // of nodes whose name the disk cannot have
}

// NewDisk returns a disk where nothing lies.
func NewDisk() *Disk { return DiskOf(NewMap[Node]()) }

// DiskOf returns a disk where these nodes lie, all of which must be read again.
// It shares them until it changes.
func DiskOf(nodes *Map[Node]) *Disk {
	return &Disk{nodes: nodes.Clone(), inodes: NewMap[uint64](), stats: NewMap[Stat](), names: NewMap[string]()}
}

// Expect makes an empty disk ready for that many nodes.
func (d *Disk) Expect(count int) {
	d.nodes.Expect(count)
	d.inodes.Expect(count)
}

// Len returns the number of nodes.
func (d *Disk) Len() int { return d.nodes.Len() }

// Has reports whether a node lies here.
func (d *Disk) Has(id ID) bool { return d.nodes.Has(id) }

// Get returns a node.
func (d *Disk) Get(id ID) (OnDisk, bool) {
	n, ok := d.nodes.Get(id)
	if !ok {
		return OnDisk{}, false
	}
	return d.dress(n), true
}

// At returns a node, the zero value if it does not lie here.
func (d *Disk) At(id ID) OnDisk {
	n, _ := d.Get(id)
	return n
}

func (d *Disk) dress(n Node) OnDisk {
	out := OnDisk{Node: n}
	if inode, plain := d.inodes.Get(n.ID); plain {
		out.Stat = d.plain(n, inode)
	} else {
		out.Stat = d.stats.At(n.ID)
	}
	if d.names.Len() > 0 {
		out.DiskName = d.names.At(n.ID)
	}
	return out
}

// plain is the stat of a file that nothing else is to be said of than that it is
// as its node says.
func (d *Disk) plain(n Node, inode uint64) Stat {
	return Stat{Size: n.Size, MTime: n.MTime, Inode: inode, Dev: d.dev, Mode: n.Mode}
}

// setStat keeps what a disk said about a node, in few bytes where it can.
func (d *Disk) setStat(n Node, s Stat) {
	if d.inodes.Len() == 0 {
		d.dev = s.Dev
	}
	if s.Inode != 0 && s == d.plain(n, s.Inode) {
		put(d.inodes, n.ID, s.Inode)
		put(d.stats, n.ID, Stat{})
		return
	}
	put(d.inodes, n.ID, 0)
	put(d.stats, n.ID, s)
}

// Set puts a node here, or changes it.
func (d *Disk) Set(n OnDisk) {
	if old, ok := d.nodes.Get(n.ID); !ok || old != n.Node { // else it stays shared
		d.nodes.Set(n.ID, n.Node)
	}
	d.setStat(n.Node, n.Stat)
	put(d.names, n.ID, n.DiskName)
}

// put keeps what is not the zero value, and changes no more than it must.
func put[V comparable](m *Map[V], id ID, v V) {
	var none V
	switch {
	case v == none:
		m.Delete(id)
	case m.At(id) != v:
		m.Set(id, v)
	}
}

// Delete takes a node away.
func (d *Disk) Delete(id ID) {
	d.nodes.Delete(id)
	d.inodes.Delete(id)
	d.stats.Delete(id)
	d.names.Delete(id)
}

// Clone returns a copy that can be changed by itself.
func (d *Disk) Clone() *Disk {
	return &Disk{nodes: d.nodes.Clone(), inodes: d.inodes.Clone(), dev: d.dev, stats: d.stats.Clone(), names: d.names.Clone()}
}

// All visits all nodes, in no order. What is visited may be deleted meanwhile.
func (d *Disk) All() iter.Seq2[ID, OnDisk] {
	return func(yield func(ID, OnDisk) bool) {
		for id, n := range d.nodes.All() {
			if !yield(id, d.dress(n)) {
				return
			}
		}
	}
}

// Part visits one of [Parts] parts of the nodes, in no order. It is told by the
// id alone in which part a node is, and all parts have about the same size.
func (d *Disk) Part(i int) iter.Seq[Node] { return d.nodes.part(i) }

// Share lets the disk hold its nodes together with a tree. It reports whether
// both have the same ones; else nothing changes.
func (d *Disk) Share(nodes *Map[Node]) bool {
	if !d.nodes.Equal(nodes) {
		return false
	}
	d.nodes = nodes.Clone()
	return true
}

// Shares reports whether the disk holds all of its nodes together with a tree,
// and so has the same ones. False says nothing.
func (d *Disk) Shares(nodes *Map[Node]) bool { return d.nodes.parts == nodes.parts }

// Equal reports whether the same lies on both.
func (d *Disk) Equal(o *Disk) bool {
	if !d.nodes.Equal(o.nodes) || !d.names.Equal(o.names) {
		return false
	}
	if d.dev == o.dev && d.inodes.Equal(o.inodes) && d.stats.Equal(o.stats) {
		return true
	}
	for id, n := range d.All() { // what is kept in few bytes here may be kept otherwise there
		if o.At(id).Stat != n.Stat {
			return false
		}
	}
	return true
}
