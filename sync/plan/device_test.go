package plan

import (
	"fmt"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

type diskKind = names.Disk

// device syncs a folder, as the engine does but without any bytes.
type device struct {
	w      *world
	kind   diskKind
	name   string
	disk   map[tree.ID]tree.OnDisk
	known  map[tree.ID]tree.Node // the disk after the last sync
	synced *tree.Map[tree.Node]
	heads  map[int]pack.ID // newest known head of each device
	own    int
	count  int
	lost   map[tree.ID]bool // nodes on the disk that a look takes for new ones
}

// tips are the heads a device knows that no other one's history holds.
func (d *device) tips() []pack.ID {
	var out []pack.ID
	for i := range d.w.devices {
		id, ok := d.heads[i]
		if !ok || slices.Contains(out, id) {
			continue
		}
		inOther := false
		for _, o := range d.heads {
			inOther = inOther || o != id && d.w.contains(o, id)
		}
		if !inOther {
			out = append(out, id)
		}
	}
	return out
}

// look learns the newest heads of the devices that are shown.
func (d *device) look(shown func(i int) bool) {
	for i, o := range d.w.devices {
		if id, ok := o.heads[o.own]; ok && (i == d.own || shown(i)) {
			d.heads[i] = id
		}
	}
}

func (d *device) nodes() map[tree.ID]tree.Node {
	out := make(map[tree.ID]tree.Node, len(d.disk))
	for id, n := range d.disk {
		out[id] = n.Node
	}
	return out
}

func (d *device) tree() *tree.Tree { return d.w.treeOf(d.nodes()) }

// made is what the device's person sees as made.
func (d *device) made() *tree.Tree {
	d.kind.Distinct(d.disk)
	return d.tree()
}

func (w *world) treeOf(nodes map[tree.ID]tree.Node) *tree.Tree {
	kids := map[tree.ID][]tree.Node{}
	for _, n := range nodes {
		kids[n.Parent] = append(kids[n.Parent], n)
	}
	out := tree.New()
	for open := []tree.ID{{}}; len(open) > 0; open = open[1:] {
		for _, n := range kids[open[0]] {
			if err := out.Add(n); err != nil {
				w.fail("disk is no tree: %v", err)
			}
			open = append(open, n.ID)
		}
	}
	if out.Len() != len(nodes) {
		w.fail("nodes on the disk are in no folder")
	}
	return out
}

// sync does what the engine does. It reports whether a commit was published.
// With faults, some of what is to be done on the disk is not done.
func (d *device) sync(faults bool) bool {
	tips := d.tips()
	remote := d.w.merge(tips)
	d.adopt(remote)
	d.settle(remote)
	d.identify(remote)
	d.kind.Distinct(d.disk)
	local := d.tree()
	want := d.merge(remote, local)
	published := d.publish(want, remote, tips)
	if d.w.tell {
		d.w.note("%s syncs (published: %v), remote\n%sdisk\n%sagreed\n%vwant\n%s", d.name, published, show(remote), show(local), slices.Collect(maps.Values(d.synced.Plain())), show(want))
	}
	if published {
		remote = want
	}
	d.apply(local, want, faults)
	d.known = d.nodes()
	d.settle(remote)
	if !faults && !maps.Equal(d.known, want.Nodes().Plain()) {
		d.w.fail("%s did not reach what it wanted:\n%s\nbut\n%v", d.name, show(want), d.sorted())
	}
	return published
}

// merge makes sure that the short way gives what the long one gives.
func (d *device) merge(remote, local *tree.Tree) *tree.Tree {
	want := MergeAgreed(d.synced, remote, local)
	if !local.Nodes().Equal(remote.Nodes()) && !want.Equal(Merge(Base{Nodes: d.synced.Plain()}, remote, local)) {
		d.w.fail("%s merges in two ways, one of them\n%s", d.name, show(want))
	}
	return want
}

func (d *device) settle(remote *tree.Tree) {
	known := func(id tree.ID) (tree.Node, bool) { n, ok := d.known[id]; return n, ok }
	for id := range d.known {
		Settle(d.synced, id, known, remote.Get)
	}
	for id := range d.synced.All() {
		Settle(d.synced, id, known, remote.Get)
	}
}

func (d *device) adopt(remote *tree.Tree) {
	to := Adopt(func(id tree.ID) bool { _, ok := d.nodes()[id]; return ok }, remote.Aliases())
	if len(to) == 0 {
		return
	}
	disk := map[tree.ID]tree.OnDisk{}
	for _, n := range d.disk {
		n.Node = Renamed(n.Node, to)
		disk[n.ID] = n
	}
	d.disk = disk
	known, synced := map[tree.ID]tree.Node{}, tree.NewMap[tree.Node]()
	for _, n := range d.known {
		n = Renamed(n, to)
		known[n.ID] = n
	}
	for _, n := range d.synced.All() {
		n = Renamed(n, to)
		synced.Set(n.ID, n)
	}
	d.known, d.synced = known, synced
	for id := range d.lost {
		if now, ok := to[id]; ok {
			delete(d.lost, id)
			d.lost[now] = true
		}
	}
}

// identify gives new ids to what is on the disk and is not recognized: those
// that the drive has in that place, or fresh ones.
func (d *device) identify(remote *tree.Tree) {
	if len(d.lost) == 0 {
		return
	}
	kids := map[tree.ID][]tree.OnDisk{}
	for _, n := range d.disk {
		kids[n.Parent] = append(kids[n.Parent], n)
	}
	lost := d.lost
	d.lost, d.disk = nil, map[tree.ID]tree.OnDisk{}
	for open := [][2]tree.ID{{}}; len(open) > 0; open = open[1:] {
		was, parent := open[0][0], open[0][1]
		slices.SortFunc(kids[was], byID)
		for _, n := range kids[was] {
			old := n.ID
			if n.Parent = parent; lost[old] {
				n = d.newcomer(n, remote, kids)
			}
			d.disk[n.ID] = n
			open = append(open, [2]tree.ID{old, n.ID})
		}
	}
}

// newcomer is a node that a look found and does not know.
func (d *device) newcomer(n tree.OnDisk, remote *tree.Tree, kids map[tree.ID][]tree.OnDisk) tree.OnDisk {
	known := func(id tree.ID) bool {
		_, here := d.disk[id]
		for _, all := range kids {
			here = here || slices.ContainsFunc(all, func(o tree.OnDisk) bool { return o.ID == id })
		}
		return here
	}
	there, ok := remoteChild(d.kind, remote, n)
	if ok && there.Kind == n.Kind && (there.ID == n.ID || !known(there.ID)) {
		onDisk := n.NameOnDisk()
		n.ID, n.Name, n.DiskName = there.ID, there.Name, ""
		if onDisk != n.Name {
			n.DiskName = onDisk
		}
		if there.SameData(n.Node) {
			n.Node = there
		}
		return n
	}
	n.Name, n.DiskName = n.NameOnDisk(), ""
	n.ID = d.w.freshID()
	if n.Kind == tree.File {
		n.By = d.name
	}
	return n
}

func remoteChild(kind diskKind, remote *tree.Tree, n tree.OnDisk) (tree.Node, bool) {
	if there, ok := remote.Child(n.Parent, n.NameOnDisk()); ok {
		return there, true
	}
	for _, kid := range remote.Children(n.Parent) {
		if kind.Made(n.NameOnDisk(), kid) {
			return kid, true
		}
	}
	return tree.Node{}, false
}

func (d *device) publish(want, remote *tree.Tree, tips []pack.ID) bool {
	d.count++
	author := fmt.Sprint(d.name, d.count)
	if want.Nodes().Equal(remote.Nodes()) {
		if len(tips) < 2 || slices.ContainsFunc(tips, func(id pack.ID) bool {
			return d.w.commits[id].tree.Nodes().Equal(remote.Nodes())
		}) {
			return false
		}
		author = ""
	}
	d.heads[d.own] = d.w.commit(want, tips, author)
	return true
}
