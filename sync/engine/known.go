package engine

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// knowledge is what this device knows of its disk, and what it agreed on with the
// network, with what follows from that and is kept up to date with it: so a
// sync costs what was changed, not what the drive holds.
type knowledge struct {
	disk   *tree.Disk           // what lies on the disk
	synced *tree.Map[tree.Node] // what disk and network agree on
	dirty  map[tree.ID]unsaved  // of both, what the state does not know yet

	at     map[placeKey]tree.ID // what lies where on the disk; nil until asked for
	odd    map[tree.ID]bool     // nodes with another name on the disk
	unsure map[tree.ID]bool     // files that must be read again

	local    *tree.Tree       // the disk as a tree, but for what moved since
	moved    map[tree.ID]bool // nodes of the disk that changed since local was made
	settled  *tree.Tree       // what the network had when the two were settled; nil if all is to be
	touched  map[tree.ID]bool // nodes of the disk that changed since then
	kindOfAt names.Disk       // which names were one when at was made
	crowded  bool             // at is to be made anew: two nodes lay in one place
}

type placeKey struct {
	parent tree.ID
	name   string
}

// recall reads what is known from the state, both parts at a time: a person waits
// for it when the program starts.
func recall(ctx context.Context, st Notes) (knowledge, error) {
	var synced map[tree.ID]tree.Node
	var together errgroup.Group
	together.Go(func() (err error) { synced, err = st.Synced(ctx); return err })
	disk, err := st.Disk(ctx)
	if err := errors.Join(err, together.Wait()); err != nil {
		return knowledge{}, err
	}
	return newKnowledge(disk, synced), nil
}

func newKnowledge(disk map[tree.ID]tree.OnDisk, synced map[tree.ID]tree.Node) knowledge {
	k := knowledge{
		synced: tree.NewMap[tree.Node](), dirty: map[tree.ID]unsaved{}, local: tree.New(),
		odd: map[tree.ID]bool{}, unsure: map[tree.ID]bool{}, moved: make(map[tree.ID]bool, len(disk)), touched: map[tree.ID]bool{},
	}
	for id, n := range synced {
		k.synced.Set(id, n)
	}
	k.disk = tree.DiskOf(k.synced) // most are the same, and then lie in memory once
	for id := range synced {
		if _, here := disk[id]; !here {
			k.disk.Delete(id)
		}
	}
	for id, d := range disk {
		k.disk.Set(d)
		k.mark(d)
		k.moved[id] = true
	}
	return k
}

// mark notes what has to be known about a node on the disk besides its place.
func (k *knowledge) mark(n tree.OnDisk) {
	if n.DiskName != "" {
		k.odd[n.ID] = true
	}
	if n.Kind == tree.File && n.Stat.MTime == 0 {
		k.unsure[n.ID] = true
	}
}

// expectDisk makes ready for a disk of which nothing is known yet.
func (k *knowledge) expectDisk(count int) {
	if k.disk.Len() > 0 || len(k.dirty) > 0 || len(k.moved) > 0 || len(k.touched) > 0 {
		return
	}
	k.disk.Expect(count)
	k.dirty, k.moved, k.touched = make(map[tree.ID]unsaved, count), make(map[tree.ID]bool, count), make(map[tree.ID]bool, count)
}

// setDisk notes what lies on the disk; save makes it last.
func (k *knowledge) setDisk(n tree.OnDisk) {
	old, there := k.disk.Get(n.ID)
	if there && old == n {
		return
	}
	if there {
		k.leave(old)
	}
	k.disk.Set(n)
	if k.at != nil {
		k.settleAt(n)
	}
	k.mark(n)
	k.note(n.ID)
}

// settleAt notes where a node lies. A crash may leave two in one place: when one
// of them leaves it, the other one must be found there again.
func (k *knowledge) settleAt(n tree.OnDisk) {
	key := placeKey{n.Parent, k.kindOfAt.Key(n.NameOnDisk())}
	if other, taken := k.at[key]; taken && other != n.ID {
		k.crowded = true
	}
	k.at[key] = n.ID
}

// dropDisk notes that a node does not lie on the disk any more.
func (k *knowledge) dropDisk(id tree.ID) {
	if old, ok := k.disk.Get(id); ok {
		k.leave(old)
		k.disk.Delete(id)
		k.note(id)
	}
}

// leave takes a node out of what follows from it.
func (k *knowledge) leave(n tree.OnDisk) {
	if key := (placeKey{n.Parent, k.kindOfAt.Key(n.NameOnDisk())}); k.at[key] == n.ID {
		delete(k.at, key)
	}
	delete(k.odd, n.ID)
	delete(k.unsure, n.ID)
}

func (k *knowledge) note(id tree.ID) {
	k.dirty[id] |= unsavedDisk
	k.moved[id] = true
	k.touched[id] = true
}

// setSynced notes a node that disk and network agree on.
func (k *knowledge) setSynced(n tree.Node) {
	if old, ok := k.synced.Get(n.ID); !ok || old != n {
		k.synced.Set(n.ID, n)
		k.dirty[n.ID] |= unsavedSynced
	}
}

// dropSynced notes that disk and network do not agree on a node.
func (k *knowledge) dropSynced(id tree.ID) {
	if k.synced.Has(id) {
		k.synced.Delete(id)
		k.dirty[id] |= unsavedSynced
	}
}

// places returns what lies where on a disk that takes such names.
func (k *knowledge) places(kind names.Disk) map[placeKey]tree.ID {
	if k.at != nil && k.kindOfAt == kind && !k.crowded {
		return k.at
	}
	k.kindOfAt, k.at, k.crowded = kind, make(map[placeKey]tree.ID, k.disk.Len()), false
	for _, n := range k.disk.All() {
		k.settleAt(n)
	}
	return k.at
}

// diskTree returns what lies on the disk as a tree.
func (k *knowledge) diskTree() (*tree.Tree, error) {
	var gone []tree.ID
	put := make([]tree.Node, 0, len(k.moved))
	for id := range k.moved {
		d, here := k.disk.Get(id)
		before, was := k.local.Get(id)
		switch {
		case here && (!was || before != d.Node):
			put = append(put, d.Node)
		case !here && was:
			gone = append(gone, id)
		}
	}
	if len(gone)+len(put) > 0 {
		t, err := k.local.Change(gone, put)
		if err != nil {
			return nil, fmt.Errorf("look at disk: %w", err)
		}
		k.local = t
	}
	k.moved = map[tree.ID]bool{} // a cleared one would keep its size
	return k.local, nil
}

// settle notes what disk and network agree on now, of the nodes that changed
// since this was noted last.
func (k *knowledge) settle(remote *tree.Tree) {
	if k.settled == nil {
		if !k.share(remote) {
			k.settleAll(remote)
		}
	} else if k.settled != remote {
		for id := range k.settled.Nodes().Changes(remote.Nodes()) {
			k.settleOne(id, remote)
		}
	}
	for id := range k.touched {
		k.settleOne(id, remote)
	}
	k.touched = map[tree.ID]bool{}
	k.settled = remote
}

func (k *knowledge) settleAll(remote *tree.Tree) {
	for id := range k.disk.All() {
		k.settleOne(id, remote)
	}
	for id := range k.synced.All() {
		k.settleOne(id, remote)
	}
}

func (k *knowledge) settleOne(id tree.ID, remote *tree.Tree) {
	here := func(id tree.ID) (tree.Node, bool) { d, ok := k.disk.Get(id); return d.Node, ok }
	if plan.Settle(k.synced, id, here, remote.Get) {
		k.dirty[id] |= unsavedSynced
	}
}

// share lets what is the same on both sides and agreed on be held once. It
// reports whether all is; else nothing changes.
func (k *knowledge) share(remote *tree.Tree) bool {
	if !k.synced.Equal(remote.Nodes()) || !k.disk.Share(remote.Nodes()) {
		return false
	}
	k.local, k.synced, k.moved = remote, remote.Nodes().Clone(), map[tree.ID]bool{}
	return true
}
