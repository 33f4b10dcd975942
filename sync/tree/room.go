package tree

// Room makes room for so many nodes in a tree that holds none yet, so that
// adding them does not move others about.
func (t *Tree) Room(nodes int) { t.nodes.room = nodes / Parts }

// FolderRoom makes room for so many nodes in a folder that holds none yet.
func (t *Tree) FolderRoom(folder ID, nodes int) {
	if nodes > 0 && t.kids.At(folder) == nil {
		t.kids.Set(folder, &kids{make(map[string]ID, nodes), t})
	}
}

// DiskLike returns a disk where all nodes of a tree lie, all of which must be
// read again, with room for what it says about them. It shares the nodes.
func DiskLike(t *Tree) *Disk {
	d := DiskOf(t.nodes)
	d.inodes.room = t.Len() / Parts
	return d
}

// See notes what a disk says about a node that lies there.
func (d *Disk) See(n Node, s Stat) { d.setStat(n, s) }

// Odd reports whether a node has another name on the disk than in the drive.
func (d *Disk) Odd() bool { return d.names.Len() > 0 }
