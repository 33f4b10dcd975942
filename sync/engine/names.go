package engine

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// kind says which names the folder's disk takes. It is tried once; the folder
// and its marker must be there.
func (e *Engine) kind() (names.Disk, error) {
	if e.names != nil {
		return *e.names, nil
	}
	d, err := names.Probe(e.fs, e.private(tempName))
	if err != nil {
		return d, fmt.Errorf("look at the disk: %w", err)
	}
	e.names = &d
	return d, nil
}

// nameOnDisk returns the name that a node gets on this disk. It is the node's
// own where that is possible; else one that is, and that stays the same as
// long as the node has its name. Other devices keep the real one.
func (a *applier) nameOnDisk(n tree.Node) string {
	if d, here := a.e.disk.Get(n.ID); here && d.SamePlace(n) {
		return d.NameOnDisk()
	}
	name := a.kind.Choose(n, false, func(name string) bool { return a.taken(n, name) })
	if a.tooLong(n, name) {
		name = a.kind.Choose(n, true, func(name string) bool { return a.taken(n, name) })
	}
	return name
}

// taken reports whether a node cannot have a name because another one that
// stays in this folder has it, or one that the disk takes for the same.
func (a *applier) taken(n tree.Node, name string) bool {
	key := a.key(n.Parent, name)
	if key == a.key(tree.ID{}, scan.Private) {
		return true
	}
	id, ok := a.at[key]
	if !ok || id == n.ID || a.parked[id] {
		return false
	}
	d := a.e.disk.At(id)
	want, stays := a.s.want.Get(id)
	return stays && d.SamePlace(want)
}

// key is where a node lies; names that the disk takes for one are one place.
func (a *applier) key(parent tree.ID, name string) placeKey {
	return placeKey{parent, a.kind.Key(name)}
}

// tooLong reports whether a path would be longer than the system can reach.
// Folders leave room for what is in them.
func (a *applier) tooLong(n tree.Node, name string) bool {
	limit := a.kind.MaxPath
	if n.Kind == tree.Folder {
		limit = limit / 4 * 3
	}
	return limit > 0 && len(filepath.Join(a.e.abs(n.Parent), name)) > limit
}

// unreachable reports whether a node cannot lie on this disk at all, and tells
// why. It stays on the network.
func (a *applier) unreachable(n tree.Node) bool {
	_, here := a.e.disk.Get(n.ID)
	reason := ""
	switch _, parent := a.e.disk.Get(n.Parent); {
	case here:
		return false
	case a.away[n.Parent]:
	case a.leftOut(n) && !a.needed[n.ID]:
	case n.Kind == tree.Link && a.kind.NoLinks:
		reason = fault.Text("This disk has no symbolic links, so this one is only online.")
	case n.Parent != tree.ID{} && !parent:
		return false // its folder has to wait
	case !a.fits(n):
		reason = fault.Text("This lies so deep in folders that this system cannot reach it, so it is only online.")
	default:
		return false
	}
	a.away[n.ID] = true
	if reason != "" {
		a.e.problem(Problem{a.s.want.Path(n.ID), reason})
	}
	return true
}

// fits reports whether the shortest name that a node can get is short enough.
func (a *applier) fits(n tree.Node) bool {
	shortest := names.Safe(n, true)[0]
	return a.kind.MaxPath == 0 || len(filepath.Join(a.e.abs(n.Parent), shortest)) <= a.kind.MaxPath
}

// ownNames gives files their own names where these have become possible: the
// twin that had them is gone.
func (a *applier) ownNames() error {
	for _, id := range slices.SortedFunc(maps.Keys(a.e.odd), tree.ID.Compare) {
		d := a.e.disk.At(id)
		if !a.kind.Made(d.DiskName, d.Node) {
			continue
		}
		own := a.kind.Choose(d.Node, false, func(name string) bool {
			_, there := a.at[a.key(d.Parent, name)]
			return there
		})
		if own != a.kind.Own(d.Name) || a.tooLong(d.Node, own) {
			continue
		}
		if err := a.step("rename", a.rename(d, own)); err != nil {
			return err
		}
	}
	return nil
}

// rename gives a node another name on this disk only.
func (a *applier) rename(d tree.OnDisk, name string) error {
	from := a.abs(d.ID)
	to := filepath.Join(filepath.Dir(from), name)
	if err := a.move(d, from, to); err != nil {
		return err
	}
	a.note(d, func(d *tree.OnDisk) { d.DiskName = otherName(to, d.Node) })
	return nil
}
