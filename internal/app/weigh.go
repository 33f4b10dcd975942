package app

import (
	"context"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// FolderWeight is how much is in a folder of the drive, and how much of that
// belongs on this disk.
type FolderWeight struct {
	Path      string `json:"path"` // "" is the whole drive
	Files     int    `json:"files"`
	Bytes     int64  `json:"bytes"`
	Kept      int    `json:"files_kept"` // that belong on this disk
	KeptBytes int64  `json:"bytes_kept"` // of them
}

// Weigh tells how much is in a folder of the drive, "" for all of it, and in
// each folder directly inside.
func (a *App) Weigh(ctx context.Context, folder string) (all FolderWeight, inside []FolderWeight, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		whole, list, err := e.Weigh(ctx, folder)
		all = FolderWeight(whole)
		for _, w := range list {
			inside = append(inside, FolderWeight(w))
		}
		return err
	})
	return all, inside, err
}

// EmptyCache removes what was fetched to be shown or played and is not in use
// now. All of it can be fetched again.
func (a *App) EmptyCache() (Cache, error) {
	a.room.SetLimit(0)
	a.room.SetLimit(a.settings.get().cacheLimit())
	return a.Cache()
}
