package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// diskPath returns where a node lies on the disk, from the root, with slashes.
func (e *Engine) diskPath(id tree.ID) string {
	var parts []string
	for id != (tree.ID{}) {
		n, ok := e.disk.Get(id)
		if !ok {
			return ""
		}
		parts = append([]string{n.NameOnDisk()}, parts...)
		id = n.Parent
	}
	return strings.Join(parts, "/")
}

// abs returns the path of a node for the system.
func (e *Engine) abs(id tree.ID) string {
	return filepath.Join(e.cfg.Root, filepath.FromSlash(e.diskPath(id)))
}

// openRegular opens a file of the folder for reading. What a link leads to is
// none of ours, and a pipe would never end: both are disk.ErrNotRegular.
func (e *Engine) openRegular(path string) (disk.File, error) {
	rel, err := filepath.Rel(e.cfg.Root, path)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	return e.fs.OpenIn(e.cfg.Root, rel)
}

// solid makes sure that a folder of the drive, and all it lies in, are still
// folders. Where somebody has put a link, its target is none of ours.
func (a *applier) solid(folder tree.ID) error {
	for id := folder; id != (tree.ID{}) && !a.parked[id]; {
		d, ok := a.e.disk.Get(id)
		if !ok {
			return errBusy
		}
		if err := a.e.unchanged(a.abs(id), d); err != nil {
			return err
		}
		id = d.Parent
	}
	return nil
}

// move gives a node another path, where nothing may be. On a disk that takes
// two names for one, a node is in its own way and is moved aside first.
func (a *applier) move(d tree.OnDisk, from, to string) error {
	if err := a.solid(d.Parent); err != nil && !a.parked[d.ID] {
		return err
	}
	if filepath.Dir(from) == filepath.Dir(to) && a.kind.Key(filepath.Base(from)) == a.kind.Key(filepath.Base(to)) {
		if err := a.e.park(d.ID); err != nil {
			return err
		}
		from = a.e.private(parkName, d.ID.String())
	}
	if err := a.e.fs.RenameNew(from, to); err != nil {
		if errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
			return errBusy
		}
		return fmt.Errorf("move: %w", err)
	}
	a.touched(from, to)
	return nil
}
