package scan

import (
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Found is an item together with the node it is.
type Found struct {
	*Item
	ID     tree.ID
	Parent tree.ID
	// Known is what was last known of the node on this disk; New says that
	// nothing was.
	Known tree.OnDisk
	New   bool
	// Other is the node whose file lies here now, if it is another one than what
	// lay here: somebody put that in the place of this. It has no id if there is
	// none.
	Other tree.OnDisk
}

// Identify says which node each item is. Known holds what lay on the disk
// before. A node stays what it is if it is where it was, or if it was moved,
// which the inode tells. Anything else gets the id of what the drive has in
// that place, if adopt knows one, or a fresh one.
// Kind says which names are one.
func Identify(kind names.Disk, res *Result, known *tree.Disk, adopt func(parent tree.ID, it *Item) (tree.ID, bool), fresh func() tree.ID) []Found {
	x := &identifier{root: res.Root, kind: kind, known: known, adopt: adopt, fresh: fresh, used: map[tree.ID]bool{}, found: make([]Found, 0, res.Count)}
	x.prepare()
	x.folder(tree.ID{}, res.Root)
	x.moved()
	x.rest()
	x.others()
	return x.found
}

type placeKey struct {
	parent tree.ID
	name   string
}

type inodeKey struct {
	ino, dev uint64
	kind     tree.Kind
}

type identifier struct {
	root  *Item
	kind  names.Disk
	known *tree.Disk
	adopt func(tree.ID, *Item) (tree.ID, bool)
	fresh func() tree.ID

	byPlace map[placeKey]tree.ID
	byInode map[inodeKey]tree.ID // of known nodes; zero id where several share one
	at      map[inodeKey]string  // path of items; "" where several share one
	paths   map[string]bool      // where known nodes lay
	used    map[tree.ID]bool
	found   []Found
	open    []int // positions in found that have no id yet
}

func (x *identifier) prepare() {
	x.byPlace = make(map[placeKey]tree.ID, x.known.Len())
	for id, k := range x.known.All() {
		x.byPlace[placeKey{k.Parent, x.kind.Key(k.NameOnDisk())}] = id
	}
}

// noteMoves gathers what tells where things were moved. Mostly nothing was, and
// nobody asks for it.
func (x *identifier) noteMoves() {
	if x.at != nil {
		return
	}
	x.byInode = make(map[inodeKey]tree.ID, x.known.Len())
	x.at = map[inodeKey]string{}
	x.paths = make(map[string]bool, x.known.Len())
	for id, k := range x.known.All() {
		x.paths[pathIn(x.known, k)] = true
		if k.Stat.Inode == 0 {
			continue
		}
		key := inodeKey{k.Stat.Inode, k.Stat.Dev, k.Kind}
		if _, twice := x.byInode[key]; twice {
			id = tree.ID{}
		}
		x.byInode[key] = id
	}
	x.noteInodes(x.root)
}

// pathIn returns where a known node lay.
func pathIn(known *tree.Disk, k tree.OnDisk) string {
	p := k.NameOnDisk()
	for range 4096 {
		parent, ok := known.Get(k.Parent)
		if !ok {
			break
		}
		p = parent.NameOnDisk() + "/" + p
		k = parent
	}
	return p
}

func (x *identifier) noteInodes(dir *Item) {
	for _, it := range dir.Kids {
		key := inodeKey{it.Stat.Inode, it.Stat.Dev, it.Kind}
		if _, twice := x.at[key]; twice {
			x.at[key] = ""
		} else {
			x.at[key] = it.Path
		}
		x.noteInodes(it)
	}
}

// folder identifies what is in a folder. Items that are new here wait until it
// is known which nodes are missing elsewhere; folders do not wait, for what is
// in them needs their id.
func (x *identifier) folder(id tree.ID, dir *Item) {
	for _, it := range dir.Kids {
		f := Found{Item: it, Parent: id}
		known, ok := x.inPlace(id, it)
		if !ok && it.Kind == tree.Folder {
			known, ok = x.byIdentity(it)
		}
		if ok {
			x.take(&f, known)
		}
		if !ok && it.Kind != tree.Folder {
			x.open = append(x.open, len(x.found))
		}
		if !ok && it.Kind == tree.Folder {
			x.name(&f)
		}
		x.found = append(x.found, f)
		if it.Kind == tree.Folder {
			x.folder(f.ID, it)
		}
	}
}

func (x *identifier) take(f *Found, known tree.ID) {
	f.ID, f.Known = known, x.known.At(known)
	x.used[known] = true
}

// name gives a new item an id.
func (x *identifier) name(f *Found) {
	f.New = true
	id, ok := x.adopt(f.Parent, f.Item)
	if !ok || x.used[id] {
		id = x.fresh()
	}
	f.ID = id
	x.used[id] = true
}

// inPlace returns the node that lay where the item lies. A folder that was
// moved away and replaced by another one is not in its place.
func (x *identifier) inPlace(parent tree.ID, it *Item) (tree.ID, bool) {
	id, ok := x.byPlace[placeKey{parent, x.kind.Key(it.Name)}]
	if !ok || x.used[id] || x.known.At(id).Kind != it.Kind {
		return id, false
	}
	was := x.known.At(id).Stat
	if it.Kind != tree.Folder || was.Inode == it.Stat.Inode || was.Inode == 0 {
		return id, true
	}
	x.noteMoves()
	elsewhere, seen := x.at[inodeKey{was.Inode, was.Dev, tree.Folder}]
	return id, !seen || elsewhere == "" || x.paths[elsewhere]
}

// byIdentity returns the node that has the item's inode and is not where it
// was.
func (x *identifier) byIdentity(it *Item) (tree.ID, bool) {
	if it.Stat.Inode == 0 || x.known.Len() == 0 {
		return tree.ID{}, false
	}
	x.noteMoves()
	key := inodeKey{it.Stat.Inode, it.Stat.Dev, it.Kind}
	id, ok := x.byInode[key]
	if !ok || id == (tree.ID{}) || x.used[id] || x.at[key] == "" {
		return tree.ID{}, false
	}
	return id, true
}

// moved finds files that were moved: the same inode, size and time.
func (x *identifier) moved() {
	var still []int
	for _, i := range x.open {
		f := &x.found[i]
		id, ok := x.byIdentity(f.Item)
		if ok && x.known.At(id).Stat.SameBytes(f.Stat) {
			x.take(f, id)
			continue
		}
		still = append(still, i)
	}
	x.open = still
}

func (x *identifier) rest() {
	for _, i := range x.open {
		x.name(&x.found[i])
	}
}

// others finds files that lie in the place of other ones, as their inodes tell.
func (x *identifier) others() {
	if x.known.Len() == 0 {
		return
	}
	for i := range x.found {
		f := &x.found[i]
		if f.New || f.Kind == tree.Folder || f.Stat.Inode == 0 || f.Stat.Inode == f.Known.Stat.Inode {
			continue
		}
		x.noteMoves()
		id := x.byInode[inodeKey{f.Stat.Inode, f.Stat.Dev, f.Kind}]
		if id != f.ID {
			f.Other = x.known.At(id)
		}
	}
}
