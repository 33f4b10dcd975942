package app

import (
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/player/source"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// IsVideo tells by its name whether a file can be watched or heard.
func IsVideo(name string) bool { return source.Playable(name) }

// List returns the entries of a folder of the drive, "" for the top, sorted by
// name. [App.Listing] is for large ones.
func (a *App) List(ctx context.Context, p string) ([]Entry, error) {
	l, err := a.Listing(ctx, p)
	if err != nil {
		return nil, err
	}
	return l.all(), nil
}

// ErrNotReady means that the drive is not open; while Status says that it is
// starting, it soon will be.
var ErrNotReady = errors.New("drive is not open")

func notReady() error { return fault.Say(ErrNotReady, "The drive is not ready yet.") }

// Find returns entries of the drive whose names hold every word, at most so
// many, the best first.
func (a *App) Find(ctx context.Context, words string, most int) ([]Entry, error) {
	d := a.currentDrive()
	if d == nil {
		return nil, nil
	}
	items, err := d.engine.Find(ctx, words, most)
	list := make([]Entry, len(items))
	for i, item := range items {
		list[i] = entryOf(item)
	}
	return list, err
}

// RemoteList returns the entries of a folder as the network has them now, also
// where nothing is synced.
func (a *App) RemoteList(ctx context.Context, p string) ([]Entry, error) {
	var list []Entry
	err := a.withDrive(ctx, func(d *drive) error {
		err := d.engine.Refresh(ctx)
		if err != nil {
			return err
		}
		if item, err := d.engine.Stat(ctx, p); err == nil && !item.Folder {
			list = []Entry{entryOf(item)}
			return nil
		}
		list, err = a.entries(ctx, d, p)
		return err
	})
	return list, err
}

// entries are the entries of a folder but for those that are left out.
func (a *App) entries(ctx context.Context, d *drive, p string) ([]Entry, error) {
	l, err := a.listingOf(ctx, d, p)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(l.all(), func(e Entry) bool { return e.Status == Ignored }), nil
}

// unasked tells what systems and programs put into folders without being asked:
// left out, and not worth a line.
func unasked(e Entry) bool {
	return e.Status == Ignored && (strings.HasPrefix(e.Name, ".") || strings.HasPrefix(e.Name, "~"))
}

var statuses = map[engine.Status]EntryStatus{
	engine.Synced: Synced, engine.Waiting: Waiting, engine.Sending: Uploading, engine.Fetching: Downloading,
	engine.OnlineOnly: OnlyOnline,
}

func entryOf(item engine.Item) Entry {
	e := Entry{
		Name: item.Name, Path: item.Path, Folder: item.Folder, Items: item.Items, Size: item.Size, Changed: item.ModTime,
		Status: statuses[item.Status], Percent: item.Percent, Left: item.Left, Video: !item.Folder && IsVideo(item.Name),
	}
	if item.Conflict {
		e.Status = Conflict
	}
	return e
}

// driveFile is an open file of the drive that keeps its drive open.
type driveFile struct {
	engine.File
	drive *drive        // to close with it; nil when it belongs to the app
	ready time.Duration // how long it took to open the drive
}

// Close ends the file and the look at the drive that it was opened for.
func (f driveFile) Close() error {
	err := f.File.Close()
	if f.drive != nil {
		return firstError(err, f.drive.close())
	}
	return err
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// openDriveFile opens a file of the drive for reading, from this disk or from
// the network.
func (a *App) openDriveFile(ctx context.Context, p string) (driveFile, error) {
	if d := a.currentDrive(); d != nil {
		f, err := d.engine.Open(ctx, p)
		return driveFile{File: f}, err
	}
	began := time.Now()
	d, err := a.openToLook(ctx)
	if err != nil {
		return driveFile{}, err
	}
	if err := d.engine.Refresh(ctx); err != nil {
		return driveFile{}, firstError(err, d.close())
	}
	ready := time.Since(began)
	f, err := d.engine.Open(ctx, p)
	if err != nil {
		return driveFile{}, firstError(err, d.close())
	}
	return driveFile{f, d, ready}, nil
}

// LocalPath returns where a file of the drive lies on this disk, for opening
// it with the system's program. What lies only on the network is fetched first.
func (a *App) LocalPath(ctx context.Context, p string) (string, error) {
	place, err := a.onDisk(p)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(place); err == nil {
		return place, nil
	}
	got, err := a.getDrivePath(ctx, p, GetOptions{To: a.profile.cache()})
	return got.Path, err
}

// getDrivePath downloads a file of the drive by its path.
func (a *App) getDrivePath(ctx context.Context, p string, o GetOptions) (FileInfo, error) {
	f, err := a.openDriveFile(ctx, p)
	if err != nil {
		return FileInfo{}, err
	}
	info := FileInfo{Name: path.Base(p), Size: f.Size()}
	info.Path, err = a.receive(info.Name, o.To, func(w io.WriterAt) error {
		return copyAt(ctx, w, f, info.Size, o.Progress)
	})
	return info, firstError(err, f.Close())
}

// copyAt copies size bytes with progress, until ctx ends.
func copyAt(ctx context.Context, w io.WriterAt, r interface {
	ReadAtContext(ctx context.Context, p []byte, off int64) (int, error)
}, size int64, progress func(done, total int64),
) error {
	buf := make([]byte, 1<<20)
	for done := int64(0); done < size; {
		n, err := r.ReadAtContext(ctx, buf[:min(int64(len(buf)), size-done)], done)
		if n == 0 && err != nil {
			return err
		}
		if _, err := w.WriteAt(buf[:n], done); err != nil {
			return err
		}
		done += int64(n)
		if progress != nil {
			progress(done, size)
		}
	}
	return nil
}

// cacheDir is a folder below the cache for one purpose.
func (a *App) cacheDir(name string) string { return filepath.Join(a.profile.cache(), name) }
