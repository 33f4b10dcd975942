// Package drive is the page of the folder that is the same on all machines:
// its list with search, what may be done with an entry, and the dialogs for
// sharing, new folders and deleting. What is decided is in model.go and
// sharing.go, which know no widget.
package drive

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Backend is what the page needs of package app.
type Backend interface {
	List(ctx context.Context, path string) ([]app.Entry, error)
	AddFiles(ctx context.Context, from []string, into string) error
	NewFolder(ctx context.Context, path string) error
	LocalPath(ctx context.Context, path string) (string, error)
	Remove(ctx context.Context, path string) error
	Move(ctx context.Context, from, to string) error
	KeepHere(ctx context.Context, path string) error
	FreeUp(ctx context.Context, path string) error
	Versions(ctx context.Context, path string) ([]app.DriveVersion, error)
	Restore(ctx context.Context, path string, m app.Moment, asCopy bool) (app.DriveEffect, error)
	Sharer
}

// Sharer makes share links; a public one of a video is that of a stream.
type Sharer interface {
	Publisher
	Share(ctx context.Context, path string, o app.ShareOptions, progress func(done, total int64)) (app.Link, error)
}
