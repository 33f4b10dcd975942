package engine

import (
	"cmp"
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// fitting returns the files of a batch that the disk has room for. One that it
// has none for is not even fetched, for fetching costs.
func (a *applier) fitting(batch []tree.Node) (fit []tree.Node) {
	room, known := disk.Room(a.e.fs, a.e.private(tempName))
	if !known {
		return batch
	}
	for _, n := range batch {
		if n.Kind == tree.File && n.Size > room {
			a.noRoom(fmt.Errorf("fetch %s: %w", n.Name, disk.ErrFull))
			continue
		}
		if n.Kind == tree.File {
			room -= n.Size
		}
		fit = append(fit, n)
	}
	return fit
}

// noRoom notes that the disk has no room for something, and reports whether that
// is what an error says. The steps that follow may make room, so they are done
// all the same.
func (a *applier) noRoom(err error) bool {
	if !IsDiskFull(err) {
		return false
	}
	a.full = cmp.Or(a.full, err)
	return true
}
