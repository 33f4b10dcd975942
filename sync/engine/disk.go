package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// errBusy says that something on the disk is not what it was when it was
// looked at. It is left alone until the next look.
var errBusy = errors.New("changed meanwhile")

// IsDiskFull reports whether a sync ended because the disk has no room.
func IsDiskFull(err error) bool {
	return disk.IsFull(err)
}

func isForbidden(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// unchanged makes sure that a file is still the one that was looked at.
func (e *Engine) unchanged(path string, n tree.OnDisk) error {
	info, err := e.fs.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return errBusy
	}
	if err != nil {
		return fmt.Errorf("look at file: %w", err)
	}
	return e.sameAs(path, info, n)
}

func (e *Engine) sameAs(path string, info fs.FileInfo, n tree.OnDisk) error {
	switch {
	case n.Kind == tree.Link && info.Mode()&fs.ModeSymlink != 0:
		if target, err := e.fs.Readlink(path); err == nil && target == n.Content {
			return nil
		}
	case n.Kind == tree.Folder && info.IsDir():
		return nil
	case n.Kind == tree.File && info.Mode().IsRegular() && n.Stat.SameBytes(scan.StatOf(info)):
		return nil
	}
	return errBusy
}

// putNew gives a finished temporary file its name, where nothing may be.
func (e *Engine) putNew(temp, path string) error {
	err := e.fs.RenameNew(temp, path)
	if errors.Is(err, fs.ErrExist) {
		return errBusy
	}
	if err != nil {
		return fmt.Errorf("put file in place: %w", err)
	}
	return nil
}

// replace puts a finished temporary file in the place of old. If something
// else turns out to be there, it stays and the result is errBusy.
func (e *Engine) replace(temp, path string, old tree.OnDisk) error {
	if err := e.unchanged(path, old); err != nil {
		return err
	}
	ours, err := e.fs.Lstat(temp)
	if err != nil {
		return fmt.Errorf("put file in place: %w", err)
	}
	ok, err := e.fs.Exchange(temp, path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errBusy
	case err != nil:
		return fmt.Errorf("put file in place: %w", err)
	case !ok:
		return e.replaceInSteps(temp, path, old)
	}
	if err := e.unchanged(temp, old); err != nil {
		return errors.Join(err, e.exchangeBack(temp, path, old, ours))
	}
	return e.fs.Remove(temp)
}

// exchangeBack gives a person's file its place again. Whatever else a person
// may have put there meanwhile is safe where parked files are, and so is ours if
// its time could not tell that somebody wrote to it.
func (e *Engine) exchangeBack(temp, path string, old tree.OnDisk, ours fs.FileInfo) error {
	if _, err := e.fs.Exchange(temp, path); err == nil {
		now, err := e.fs.Lstat(temp)
		if err == nil && scan.StatOf(now).SameBytes(scan.StatOf(ours)) && !young(scan.StatOf(ours), e.cfg.Now()) {
			return e.noTemp(filepath.Dir(path))
		}
	}
	if err := e.fs.Rename(temp, e.private(parkName, old.ID.String())); err != nil {
		return err
	}
	return e.noTemp(e.private(parkName))
}

// noTemp makes it last that a file lies in a folder and not among the temporary
// ones: what is found there after a power cut is not kept.
func (e *Engine) noTemp(dir string) error {
	return errors.Join(e.fs.SyncDir(dir), e.fs.SyncDir(e.private(tempName)))
}

// replaceInSteps is replace where the system cannot exchange two files in one
// step. The old file goes aside first, so that what a person puts in its place
// meanwhile stays.
func (e *Engine) replaceInSteps(temp, path string, old tree.OnDisk) error {
	aside := e.private(oldName, old.ID.String())
	err := e.fs.Rename(path, aside)
	if errors.Is(err, fs.ErrNotExist) {
		return errBusy
	}
	if err != nil {
		return fmt.Errorf("put file in place: %w", err)
	}
	if err := e.unchanged(aside, old); err != nil {
		return errors.Join(err, e.putNew(aside, path))
	}
	err = e.putNew(temp, path)
	switch {
	case err == nil:
		return e.fs.Remove(aside)
	case errors.Is(err, errBusy):
		return errors.Join(errTaken, e.fs.Remove(aside))
	}
	return errors.Join(err, e.putNew(aside, path))
}

// errTaken says that an old file is gone from the disk, and that a person put
// another one where it lay before its successor could come there.
var errTaken = fmt.Errorf("%w: its place is taken", errBusy)

// park moves a node out of the way, into the private folder. It is known there
// by its id.
func (e *Engine) park(id tree.ID) error {
	if err := e.cfg.Step("park"); err != nil {
		return err
	}
	to := e.private(parkName, id.String())
	if err := e.fs.Rename(e.abs(id), to); err != nil {
		return fmt.Errorf("move aside: %w", err)
	}
	return nil
}

// recover puts back what a crash left in the private folder, before anything
// is looked at: what is not seen would count as deleted.
func (e *Engine) recover() error {
	temps, err := e.fs.ReadDir(e.private(tempName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look for temporary files: %w", err)
	}
	for _, p := range temps {
		_ = e.fs.RemoveAll(e.private(tempName, p.Name()))
	}
	for _, dir := range []string{tempName, parkName, oldName} {
		if err := e.fs.MkdirAll(e.private(dir), 0o755); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
	}
	for _, dir := range []string{parkName, oldName} {
		parked, err := e.fs.ReadDir(e.private(dir))
		if err != nil {
			return fmt.Errorf("look for parked files: %w", err)
		}
		for _, p := range parked {
			if err := e.unpark(dir, p.Name()); err != nil {
				return err
			}
		}
	}
	return nil
}

// unpark moves a node back to where it was, or near it.
func (e *Engine) unpark(dir, name string) error {
	parked := e.private(dir, name)
	home := filepath.Join(e.cfg.Root, "recovered "+name)
	for id := range e.disk.All() {
		if id.String() == name {
			home = e.abs(id)
			break
		}
	}
	if dir, err := e.fs.Lstat(filepath.Dir(home)); err != nil || !dir.IsDir() {
		home = filepath.Join(e.cfg.Root, filepath.Base(home))
	}
	err := e.fs.RenameNew(parked, home)
	if errors.Is(err, fs.ErrExist) && dir == oldName && e.spare(name, home) {
		return e.fs.Remove(parked)
	}
	for i := 1; errors.Is(err, fs.ErrExist); i++ {
		err = e.fs.RenameNew(parked, filepath.Join(filepath.Dir(home), plan.RecoveredName(filepath.Base(home), i)))
	}
	if err != nil {
		return fmt.Errorf("put back parked file: %w", err)
	}
	return nil
}

// spare reports whether an old file is a version that the network has, of what
// lies at its home: a crash came after its successor had got its place. If
// another node was moved there, the old file is all that this disk has of its
// node, and without it the node would count as changed to what lies there.
// What was only to get another place has no successor: whatever lies at its home
// is somebody else's, so nothing in park is spare.
func (e *Engine) spare(name, home string) bool {
	info, err := e.fs.Lstat(home)
	if err != nil {
		return false
	}
	there, spare := scan.StatOf(info), false
	for id, d := range e.disk.All() {
		if id.String() == name {
			spare = d.Kind == tree.File && e.synced.At(id).SameData(d.Node) && e.unchanged(e.private(oldName, name), d) == nil
		} else if there.Inode != 0 && d.Stat.Inode == there.Inode {
			return false
		}
	}
	return spare
}
