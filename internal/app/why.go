package app

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// Reasons says what happens to a path and why, a plain sentence for each fact.
type Reasons = engine.Reasons

// Why explains what happens to a path: one in the drive, or one of this
// computer that lies in the folder that is synced.
func (a *App) Why(ctx context.Context, name string) (Reasons, error) {
	folder := a.Folder()
	if filepath.IsAbs(name) && folder != "" {
		rel, err := filepath.Rel(folder, name)
		if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return Reasons{}, fault.Wrong(nil, "%s does not lie in the folder that is synced, %s. Nothing else is synced.", name, folder)
		}
		name = rel
	}
	var out Reasons
	err := a.withDrive(ctx, func(d *drive) (err error) {
		if d.root == "" || d != a.currentDrive() { // nobody asks the network meanwhile
			_ = d.engine.Refresh(ctx) // without it, the last known answer will do
		}
		out, err = d.engine.Why(ctx, folder, filepath.ToSlash(name))
		return err
	})
	return out, err
}
