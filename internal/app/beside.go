package app

import (
	"context"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/player/mpv"
)

// Beside returns what can be watched in the folder that something to watch lies
// in, itself included, in no order: a folder of the drive, or of this computer.
// What is behind a link or an id lies in no folder, and gives nothing. The path
// of an entry is what [App.OpenMedia] opens.
func (a *App) Beside(ctx context.Context, what string) (list []Entry, err error) {
	what = strings.TrimSpace(what)
	switch {
	case isLink(what) || wire.ValidFileHash(what) || strings.Contains(what, "://"):
		return nil, nil
	case filepath.IsAbs(what):
		list, err = folderOnDisk(filepath.Dir(what))
	default:
		folder := path.Dir(what)
		if folder == "." {
			folder = ""
		}
		list, err = a.List(ctx, folder)
	}
	return slices.DeleteFunc(list, func(e Entry) bool { return e.Folder || !e.Video }), err
}

// NewThumbnails makes small pictures of a video at its [Media.Preview] address,
// where it has one. ready is called on another goroutine whenever there is a
// new one. They must be closed.
func (a *App) NewThumbnails(preview string, ready func()) (*mpv.Thumbnails, error) {
	return mpv.NewThumbnails(preview, mpv.ThumbnailOptions{OnReady: ready})
}
