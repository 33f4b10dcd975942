package engine

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// makeRoom moves what lies in a node's place out of the way, if the drive
// knows it; it has another place, or none, in the tree that is wanted.
func (a *applier) makeRoom(node, parent tree.ID, name string) error {
	id, ok := a.at[a.key(parent, name)]
	if !ok || id == node || a.parked[id] {
		return nil
	}
	from := a.e.abs(id)
	if err := a.e.park(id); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return errBusy
		}
		return err
	}
	a.touched(from)
	a.parked[id] = true
	return nil
}

// abs is where a node lies now, parked or not.
func (a *applier) abs(id tree.ID) string {
	var tail []string
	for at := id; at != (tree.ID{}); {
		if a.parked[at] {
			return filepath.Join(append([]string{a.e.private(parkName, at.String())}, tail...)...)
		}
		n, ok := a.e.disk.Get(at)
		if !ok {
			break
		}
		tail = append([]string{n.NameOnDisk()}, tail...)
		at = n.Parent
	}
	return filepath.Join(append([]string{a.e.cfg.Root}, tail...)...)
}

// unpark puts back what was moved out of the way and found no other place.
func (a *applier) unpark() error {
	for _, id := range slices.SortedFunc(maps.Keys(a.parked), tree.ID.Compare) {
		if _, ok := a.e.disk.Get(id); !ok {
			continue
		}
		if err := a.e.unpark(parkName, id.String()); err != nil {
			return err
		}
	}
	return nil
}
