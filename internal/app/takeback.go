package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/scan"
)

// removedName is the folder in the program's own one that holds what was
// deleted by hand for as long as it may be taken back; takeBackTime is how
// long that is.
const (
	removedName  = "removed"
	takeBackTime = 15 * time.Minute
)

// Change is what was done by hand to files of the drive. [App.TakeBack] undoes
// it.
type Change struct {
	Moved   []MovedItem
	Removed []RemovedItem
	when    time.Time // just before
}

// MovedItem is a file or folder that got another path.
type MovedItem struct{ From, To string }

// RemovedItem is a file or folder that was deleted.
type RemovedItem struct {
	Path   string
	held   string // where it lies until it cannot be taken back any more; empty if it did not lie on this disk
	online bool   // it, or some of it, was only on the network
	folder bool
}

// Count is how many files and folders were changed.
func (c Change) Count() int { return len(c.Moved) + len(c.Removed) }

// Then is what two changes did, one after the other.
func (c Change) Then(d Change) Change {
	c.Moved, c.Removed = append(c.Moved, d.Moved...), append(c.Removed, d.Removed...)
	return c
}

// RemoveAll deletes files and folders of the drive, on all devices. What lies
// on this disk is put aside for a while, so that it can be taken back, also
// where the network never had it. After an error the change says what was
// deleted before it. Progress may be nil.
func (a *App) RemoveAll(ctx context.Context, paths []string, progress func(done, total int)) (Change, error) {
	c := Change{when: time.Now()}
	root, err := a.onDisk("")
	if err != nil {
		return c, err
	}
	a.forgetRemoved(time.Now().Add(-takeBackTime))
	aside := filepath.Join(root, scan.Private, removedName, strconv.FormatInt(c.when.UnixNano(), 10))
	for i, p := range paths {
		item, err := a.putAside(ctx, p, filepath.Join(aside, strconv.Itoa(i)))
		if err != nil {
			return c, err
		}
		c.Removed = append(c.Removed, item)
		a.hub.send(Event{Kind: DriveChanged, Path: folderOf(p)})
		if progress != nil {
			progress(i+1, len(paths))
		}
	}
	return c, ctx.Err()
}

// putAside deletes one file or folder.
func (a *App) putAside(ctx context.Context, p, held string) (RemovedItem, error) {
	item := RemovedItem{Path: p}
	target, err := a.onDisk(p)
	if err != nil || ctx.Err() != nil {
		return item, errors.Join(err, ctx.Err())
	}
	if target == a.Folder() {
		return item, fault.Wrong(nil, "The drive itself cannot be deleted.")
	}
	info, missing := os.Lstat(target)
	item.folder = missing == nil && info.IsDir()
	item.online = missing != nil || item.folder && a.partlyOnline(ctx, p)
	if err := a.removeOnline(ctx, p); err != nil && missing != nil {
		return item, err
	}
	if missing != nil {
		return item, nil
	}
	item.held = held
	if err := errors.Join(os.MkdirAll(filepath.Dir(held), 0o700), os.Rename(target, held)); err != nil {
		return item, fault.Say(err, "%s could not be deleted. Perhaps another program has it open.", path.Base(p))
	}
	return item, nil
}

// partlyOnline tells whether something in a folder does not lie on this disk.
func (a *App) partlyOnline(ctx context.Context, folder string) bool {
	d := a.currentDrive()
	if d == nil {
		return false
	}
	items, err := d.engine.List(ctx, folder)
	return err == nil && slices.ContainsFunc(items, func(i engine.Item) bool {
		return i.Status == engine.OnlineOnly && !i.Folder || i.Folder && a.partlyOnline(ctx, i.Path)
	})
}

// forgetRemoved really deletes what was put aside before a time.
func (a *App) forgetRemoved(before time.Time) {
	root, err := a.onDisk("")
	if err != nil {
		return
	}
	dir := filepath.Join(root, scan.Private, removedName)
	held, _ := os.ReadDir(dir) // there may be none
	for _, h := range held {
		at, err := strconv.ParseInt(h.Name(), 10, 64)
		if err != nil || time.Unix(0, at).Before(before) {
			_ = os.RemoveAll(filepath.Join(dir, h.Name())) // it is tried again next time
		}
	}
}

// TakeBack undoes a change: what was moved goes back, and what was deleted
// comes back. Nothing is replaced: where something new lies in its place, the
// old one gets a number. Progress may be nil.
func (a *App) TakeBack(ctx context.Context, c Change, progress func(done, total int)) error {
	done := 0
	step := func() {
		if done++; progress != nil {
			progress(done, c.Count())
		}
	}
	for _, m := range slices.Backward(c.Moved) {
		if err := a.Move(ctx, m.To, m.From); err != nil {
			return err
		}
		step()
	}
	for _, r := range slices.Backward(c.Removed) {
		if err := a.bringBack(ctx, r, c.when); err != nil {
			return err
		}
		a.hub.send(Event{Kind: DriveChanged, Path: folderOf(r.Path)})
		step()
	}
	return nil
}

// bringBack brings one deleted file or folder back: from where it was put
// aside, and the rest from the network.
func (a *App) bringBack(ctx context.Context, r RemovedItem, before time.Time) error {
	if r.held != "" {
		if err := a.pullOut(r); err != nil {
			return err
		}
	}
	if !r.online {
		return nil
	}
	if r.held != "" && r.folder {
		_, err := a.Rewind(ctx, r.Path, before)
		return err
	}
	_, err := a.Restore(ctx, r.Path, Moment{}, false)
	return err
}

func (a *App) pullOut(r RemovedItem) error {
	target, err := a.onDisk(r.Path)
	if err != nil {
		return err
	}
	target = freeName(target)
	err = errors.Join(os.MkdirAll(filepath.Dir(target), 0o755), os.Rename(r.held, target))
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Say(err, "%s cannot be taken back here any more. Look for it among the deleted files.", path.Base(r.Path))
	}
	if err != nil {
		return fault.Say(explainDisk(err), "%s could not be put back. It is safe; try again.", path.Base(r.Path))
	}
	return nil
}

// MoveAll moves files and folders of the drive into a folder of it. After an
// error the change says what was moved before it. Progress may be nil.
func (a *App) MoveAll(ctx context.Context, paths []string, into string, progress func(done, total int)) (Change, error) {
	c := Change{when: time.Now()}
	for i, p := range paths {
		to := path.Join(into, path.Base(p))
		if to == p {
			continue // it is there already
		}
		if err := errors.Join(ctx.Err(), a.Move(ctx, p, to)); err != nil {
			return c, err
		}
		c.Moved = append(c.Moved, MovedItem{p, to})
		if progress != nil {
			progress(i+1, len(paths))
		}
	}
	return c, nil
}
