package app

import (
	"context"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/player/mpv"
	"github.com/stratosdrive/stratosdrive/player/source"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// Beside returns what can be watched in the folder that something to watch lies
// in, itself included, in no order: a folder of the drive, or of this computer.
// What is behind a link lies in the folder behind that link, if there is one;
// what an id names lies in no folder, and gives nothing. The path of an entry is
// what [App.OpenMedia] opens.
func (a *App) Beside(ctx context.Context, what string) (list []Entry, err error) {
	what = strings.TrimSpace(what)
	switch {
	case publish.IsLink(what):
		list, err = a.linkBeside(ctx, what)
	case !liesInFolder(what):
		return nil, nil
	case filepath.IsAbs(what):
		list, err = folderOnDisk(filepath.Dir(what))
	default:
		list, err = a.List(ctx, folderOf(what))
	}
	return slices.DeleteFunc(list, func(e Entry) bool { return e.Folder || !e.Video }), err
}

// NewThumbnails makes small pictures of a video at its [Media.Preview] address,
// where it has one. ready is called on another goroutine whenever there is a
// new one. They must be closed.
func (a *App) NewThumbnails(preview string, ready func()) (*mpv.Thumbnails, error) {
	return mpv.NewThumbnails(preview, mpv.ThumbnailOptions{OnReady: ready})
}

// liesInFolder tells whether other files may lie beside something to watch.
func liesInFolder(what string) bool {
	return !isLink(what) && !wire.ValidFileHash(what) && !strings.Contains(what, "://")
}

// around reaches the files that lie beside something to watch.
type around struct {
	a    *App
	what string
}

// name is that of the file itself.
func (r around) name() string { return path.Base(filepath.ToSlash(r.what)) }

// folder lists what lies there.
func (r around) folder(ctx context.Context) (list []Entry, err error) {
	if r.a.onThisDisk(r.what) {
		return folderOnDisk(filepath.Dir(r.what))
	}
	err = r.a.withDrive(ctx, func(d *drive) error {
		list, err = r.a.entries(ctx, d, folderOf(r.what))
		return err
	})
	return list, err
}

// open opens one of the entries of the folder by its path.
func (r around) open(ctx context.Context, name string) (source.File, io.Closer, error) {
	if r.a.onThisDisk(r.what) {
		f, err := source.OpenLocal(name)
		if err != nil {
			return nil, nil, err
		}
		return f, f, nil
	}
	f, err := r.a.openDriveFile(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	return contextFile{path.Base(name), f.Size(), f, f.ReadAtContext}, f, nil
}

func folderOnDisk(folder string) ([]Entry, error) {
	found, err := os.ReadDir(folder)
	if err != nil {
		return nil, fault.Say(err, "The folder of this file cannot be read.")
	}
	var list []Entry
	for _, f := range found {
		e := Entry{Name: f.Name(), Path: filepath.Join(folder, f.Name()), Folder: !f.Type().IsRegular(), Video: IsVideo(f.Name())}
		if info, err := f.Info(); err == nil {
			e.Size = info.Size()
		}
		list = append(list, e)
	}
	return list, nil
}
