package app

import (
	"context"
	"errors"
	"io"
	"path"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// DriveVersion is one content that a file of the drive had.
type DriveVersion struct {
	ID      string    `json:"version"`
	Path    string    `json:"path"` // where the file lay then
	Size    int64     `json:"size"`
	ModTime time.Time `json:"changed"` // the file's own time
	Saved   time.Time `json:"saved"`   // when the drive got it
	Device  string    `json:"device"`
	Current bool      `json:"current"`
	Earlier bool      `json:"earlier"` // of an earlier file of this name, which is gone
}

// DeletedItem is a file or folder that the drive has no more.
type DeletedItem struct {
	Path    string    `json:"path"`
	Folder  bool      `json:"folder"`
	Size    int64     `json:"size"`
	Deleted time.Time `json:"deleted"`
	Device  string    `json:"device"`  // that deleted it
	Version string    `json:"version"` // the last that has it
}

// Moment names a state of the drive: the one at a time, or the one that made a
// version. The zero moment is the last one before something was deleted.
type Moment struct {
	At      time.Time
	Version string
}

func (m Moment) engine() engine.Moment { return engine.Moment{At: m.At, Version: m.Version} }

// DriveEffect is what bringing something back changes.
type DriveEffect struct {
	When    time.Time `json:"when"`            // the state of the drive that is brought back
	Path    string    `json:"path,omitempty"`  // where a restored file lies
	Back    int       `json:"files_back"`      // files that come back
	Changed int       `json:"files_changed"`   // files that get their old content
	Moved   int       `json:"moved"`           // files and folders that get their old place
	Gone    int       `json:"files_gone"`      // files the drive does not have afterwards
	Bytes   int64     `json:"bytes"`           // of files that come back or change
	Paths   []string  `json:"paths,omitempty"` // some of them
	Done    bool      `json:"done"`            // false for a preview
}

func effectFrom(f engine.Effect, at string, done bool) DriveEffect {
	return DriveEffect{f.When, at, f.Back, f.Changed, f.Moved, f.Gone, f.Bytes, f.Paths, done}
}

// Versions returns the versions of a file, the newest first, and then those of
// the files that had this path earlier and are gone.
func (a *App) Versions(ctx context.Context, p string) (list []DriveVersion, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		found, err := e.Versions(ctx, p)
		for _, v := range found {
			list = append(list, DriveVersion(v))
		}
		return err
	})
	return list, err
}

// Deleted returns what was deleted below a folder, "" for all, the newest
// first. Of a folder that went as a whole only the folder is told, and what lay
// right in it if it is the one asked for.
func (a *App) Deleted(ctx context.Context, folder string) (list []DeletedItem, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		found, err := e.Deleted(ctx, folder)
		for _, d := range found {
			list = append(list, DeletedItem(d))
		}
		return err
	})
	return list, err
}

// ListAt returns the entries of a folder as they were at a moment, and which
// moment of the drive that is.
func (a *App) ListAt(ctx context.Context, folder string, m Moment) (list []Entry, when time.Time, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		items, at, err := e.ListAt(ctx, folder, m.engine())
		when = at
		for _, item := range items {
			entry := entryOf(item)
			entry.Status = OnlyOnline
			list = append(list, entry)
		}
		return err
	})
	return list, when, err
}

// SaveVersion writes a file as it was at a moment to a place on this computer.
func (a *App) SaveVersion(ctx context.Context, p string, m Moment, o GetOptions) (info FileInfo, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		f, item, err := e.OpenVersion(ctx, p, m.engine())
		if err != nil {
			return err
		}
		info = FileInfo{Name: path.Base(item.Path), Size: f.Size()}
		info.Path, err = a.receive(info.Name, o.To, func(w io.WriterAt) error {
			return copyAt(ctx, w, f, info.Size, o.Progress)
		})
		return errors.Join(err, f.Close())
	})
	return info, err
}

// Restore brings a file or a deleted folder back into the drive as it was at a
// moment: to its place, or beside it as a copy.
func (a *App) Restore(ctx context.Context, p string, m Moment, asCopy bool) (done DriveEffect, err error) {
	err = a.change(ctx, func(e *engine.Engine) error {
		where, f, err := e.Restore(ctx, p, m.engine(), asCopy)
		done = effectFrom(f, where, err == nil)
		return err
	})
	return done, err
}

// PreviewRewind tells what rewinding a folder, "" for the whole drive, to a
// time would change.
func (a *App) PreviewRewind(ctx context.Context, folder string, at time.Time) (would DriveEffect, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		f, err := e.Rewind(ctx, folder, at, true)
		would = effectFrom(f, "", false)
		return err
	})
	return would, err
}

// Rewind makes a folder, "" for the whole drive, what it was at a time. It is
// undone by rewinding to just before.
func (a *App) Rewind(ctx context.Context, folder string, at time.Time) (done DriveEffect, err error) {
	err = a.change(ctx, func(e *engine.Engine) error {
		f, err := e.Rewind(ctx, folder, at, false)
		done = effectFrom(f, "", err == nil)
		return err
	})
	return done, err
}

// look lets use read the drive as the network has it now.
func (a *App) look(ctx context.Context, use func(*engine.Engine) error) error {
	return a.withDrive(ctx, func(d *drive) error {
		if err := d.engine.Refresh(ctx); err != nil {
			return err
		}
		return use(d.engine)
	})
}

// change lets use change the drive. What lies on this disk is saved first, and
// the disk follows afterwards. Where another drive of the app runs, that one
// does both.
func (a *App) change(ctx context.Context, use func(*engine.Engine) error) error {
	if d := a.currentDrive(); d != nil {
		return changeRunning(ctx, d, use)
	}
	d, err := a.openDrive(ctx, a.Folder())
	if err != nil {
		return err
	}
	return explainDisk(errors.Join(changeAlone(ctx, d, use), d.close()))
}

func changeRunning(ctx context.Context, d *drive, use func(*engine.Engine) error) error {
	_, err := syncRested(ctx, d.engine)
	paused := errors.Is(err, engine.ErrPaused)
	if err != nil && !paused {
		return err
	}
	if err := use(d.engine); err != nil {
		return err
	}
	if !paused { // what a brake would ask was answered: a person wanted it
		d.engine.Allow()
	}
	return nil
}

func changeAlone(ctx context.Context, d *drive, use func(*engine.Engine) error) error {
	if d.root == "" {
		return use(d.engine)
	}
	if _, err := syncRested(ctx, d.engine); err != nil {
		return err
	}
	if err := use(d.engine); err != nil {
		return err
	}
	d.engine.Allow()
	if _, err := syncRested(ctx, d.engine); err != nil {
		return fault.Say(err, "The drive was changed, but the folder on this computer does not have it yet. Sync again to bring it there.")
	}
	return nil
}
