package app

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// getLink downloads what a link leads to.
func (a *App) getLink(ctx context.Context, link string, o GetOptions) (FileInfo, error) {
	if publish.IsStreamLink(link) {
		return FileInfo{}, fault.Wrong(nil, "This link leads to a published video, which can be played and not downloaded.")
	}
	if publish.IsLink(link) {
		return a.getPrivate(ctx, link, o)
	}
	c, err := a.client(PublishAccount)
	if err != nil {
		return FileInfo{}, err
	}
	info := FileInfo{}
	part, err := os.CreateTemp(filepath.Dir(targetPath("", o.To)), ".stos-*.tmp")
	if err != nil {
		return FileInfo{}, fault.Wrong(err, "%s cannot be written. Nothing was downloaded.", o.To)
	}
	defer os.Remove(part.Name())
	f, err := c.DownloadShared(ctx, link, func(client.SharedFile) (io.WriterAt, error) { return part, nil }, o.Progress)
	info.ID, info.Name, info.Size = f.ID, f.Name, f.Size
	if err = firstError(err, part.Sync(), part.Close()); err != nil {
		return info, explainDisk(err)
	}
	info.Path = targetPath(f.Name, o.To)
	return info, place(part.Name(), info.Path)
}

// place gives a finished download its name.
func place(part, path string) error {
	err := os.Chmod(part, 0o644)
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return fault.Say(err, "%s cannot be written. Nothing was changed.", path)
	}
	return nil
}

func (a *App) getPrivate(ctx context.Context, link string, o GetOptions) (FileInfo, error) {
	object, err := a.openPrivate(ctx, link)
	if errors.Is(err, errIsFolder) {
		return a.getFolder(ctx, link, o)
	}
	if err != nil {
		return FileInfo{}, err
	}
	info := FileInfo{Name: object.Name, Size: object.Size}
	info.Path, err = a.receive(object.Name, o.To, func(w io.WriterAt) error {
		return object.SaveTo(ctx, w, o.Progress)
	})
	return info, firstError(err, object.Close())
}

// SaveLink downloads what a link leads to into a folder of the drive and
// returns its path there.
func (a *App) SaveLink(ctx context.Context, link, into string, progress func(done, total int64)) (string, error) {
	dir, err := a.onDisk(into)
	if err != nil {
		return "", err
	}
	got, err := a.getLink(ctx, strings.TrimSpace(link), GetOptions{To: dir, Progress: progress})
	if err != nil {
		return "", err
	}
	a.hub.send(Event{Kind: DriveChanged, Path: into})
	return strings.TrimPrefix(into+"/"+filepath.Base(got.Path), "/"), nil
}
