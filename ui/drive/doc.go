// Package drive is the page of the folder that is the same on all machines: its
// list and its grid with search and sorting, what may be done with one entry
// and with several, and the dialogs for sharing, moving, deleting, conflicts and
// versions. What is decided is in model.go, sorting.go, offers.go, moving.go and
// sharing.go, which know no window. Folders may hold 100,000 entries: they are
// read, sorted and searched beside the window's own work, and only what is in
// sight is put into words.
package drive

import (
	"context"
	"image"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Backend is what the page needs of package app.
type Backend interface {
	Status() app.Status
	Listing(ctx context.Context, path string) (*app.Listing, error)
	List(ctx context.Context, path string) ([]app.Entry, error)
	AddFiles(ctx context.Context, from []string, into string) error
	NewFolder(ctx context.Context, path string) error
	LocalPath(ctx context.Context, path string) (string, error)
	Move(ctx context.Context, from, to string) error
	KeepHere(ctx context.Context, path string) error
	FreeUp(ctx context.Context, path string) error
	Versions(ctx context.Context, path string) ([]app.DriveVersion, error)
	Restore(ctx context.Context, path string, m app.Moment, asCopy bool) (app.DriveEffect, error)
	FileFacts(ctx context.Context, path string) (app.FileFacts, error)
	Changer
	Looker
	Sharer
}

// Changer changes several files at a time, and takes it back.
type Changer interface {
	RemoveAll(ctx context.Context, paths []string, progress func(done, total int)) (app.Change, error)
	MoveAll(ctx context.Context, paths []string, into string, progress func(done, total int)) (app.Change, error)
	TakeBack(ctx context.Context, c app.Change, progress func(done, total int)) error
	ConflictSides(ctx context.Context, path string) (app.ConflictSides, error)
	SettleConflict(ctx context.Context, c app.ConflictSides, keep app.Keep) (app.Change, error)
}

// Looker is about how the page looks.
type Looker interface {
	DriveLook() app.DriveLook
	SetDriveLook(l app.DriveLook) error
	Thumbnail(ctx context.Context, e app.Entry) (image.Image, error)
}

// Sharer makes share links; a public one of a video is that of a stream.
type Sharer interface {
	ShareCost(ctx context.Context, path string) (app.ShareCost, error)
	Share(ctx context.Context, path string, o app.ShareOptions, progress func(done, total int64)) (app.Link, error)
	Publisher
}
