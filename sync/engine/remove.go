package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// remove deletes a node from the disk, if it still is what was looked at.
func (a *applier) remove(n tree.Node) error {
	d, ok := a.e.disk.Get(n.ID)
	if !ok {
		return nil
	}
	if err := a.e.cfg.Step("remove"); err != nil {
		return err
	}
	if err := a.solid(d.Parent); err != nil {
		return err
	}
	path := a.abs(n.ID)
	_, stays := a.s.want.Get(n.ID) // it only makes room on this disk
	var err error
	switch {
	case n.Kind == tree.Folder:
		err = a.removeFolder(path)
		if stays && errors.Is(err, errBusy) {
			err = errKept
		}
	case stays && !a.onNetwork(d):
		err = errKept
	default:
		err = a.removeFile(path, d)
	}
	if err != nil {
		return err
	}
	a.touched(path)
	delete(a.parked, n.ID)
	a.e.dropDisk(n.ID)
	if stays {
		a.s.sum.Freed++
	} else {
		a.s.sum.Deleted++
	}
	return nil
}

// onNetwork reports whether the network has a file under its own name, so that
// it may make room on this disk.
func (a *applier) onNetwork(d tree.OnDisk) bool {
	r, ok := a.s.remote.Get(d.ID)
	return ok && (r.SameData(d.Node) || a.e.synced.At(d.ID).SameData(d.Node))
}

// removeFile moves the file aside, looks whether it is the right one, and only
// then deletes it: nobody can change it in between.
func (a *applier) removeFile(path string, d tree.OnDisk) error {
	if err := a.e.unchanged(path, d); err != nil {
		return err
	}
	if !a.expendable(d) {
		return errBusy
	}
	aside := a.e.private(oldName, d.ID.String())
	err := a.e.fs.Rename(path, aside)
	if errors.Is(err, fs.ErrNotExist) {
		return errBusy
	}
	if err != nil {
		return fmt.Errorf("delete file: %w", err)
	}
	a.touched(aside) // else a crash could bring it back when nobody knows it any more
	if err := a.e.unchanged(aside, d); err != nil {
		return errors.Join(err, a.e.putNew(aside, path))
	}
	return a.e.fs.Remove(aside)
}

// errKept says that a folder stays because of files in it that are not synced.
var errKept = errors.New("folder holds files that are not synced")

// removeFolder deletes a folder that is empty but for files that the system
// puts everywhere.
func (a *applier) removeFolder(path string) error {
	err := a.e.fs.Remove(path)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	entries, readErr := a.e.fs.ReadDir(path)
	if readErr != nil {
		return fmt.Errorf("delete folder: %w", err)
	}
	kept := false
	for _, e := range entries {
		p := filepath.Join(path, e.Name())
		if !a.kept[p] && !a.e.ignores(p, e.IsDir()) {
			return errBusy // something new is in it
		}
		kept = kept || e.IsDir() || !ignore.Junk(e.Name())
	}
	if kept {
		a.kept[path] = true
		return errKept
	}
	for _, e := range entries {
		if err := a.e.fs.Remove(filepath.Join(path, e.Name())); err != nil {
			return errBusy
		}
	}
	if a.e.fs.Remove(path) != nil {
		return errBusy
	}
	return nil
}
