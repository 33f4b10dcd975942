package app

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// DriveChange is what one device did to the drive at one time.
type DriveChange struct {
	ID      string    `json:"change"` // names it, for UndoChange
	When    time.Time `json:"when"`
	Device  string    `json:"device"`
	First   bool      `json:"first"` // the drive began with it, so it cannot be undone
	Added   int       `json:"files_added"`
	Changed int       `json:"files_changed"`
	Moved   int       `json:"files_moved"`
	Deleted int       `json:"files_deleted"`
	Items   []Touched `json:"items"`
	More    int       `json:"more"` // items that are not named
}

// Touched is a file or folder that was changed. Of a folder that came, went or
// was moved as a whole only the folder is told.
type Touched struct {
	Action string `json:"action"` // "added", "changed", "moved" or "deleted"
	Path   string `json:"path"`   // where it lay afterwards; of a deleted one, before
	From   string `json:"from,omitempty"`
	Folder bool   `json:"folder"`
	Size   int64  `json:"size"` // bytes; of a folder 0
}

// DriveChanges returns what all devices did to the drive, the newest first: at
// most so many, and nothing that is older than since.
func (a *App) DriveChanges(ctx context.Context, since time.Time, most int) (list []DriveChange, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		found, err := e.Records(ctx, since, most)
		for _, r := range found {
			c := DriveChange{r.ID, r.When, r.Device, r.First, r.Added, r.Changed, r.Moved, r.Deleted, []Touched{}, r.More}
			for _, t := range r.Touched {
				c.Items = append(c.Items, Touched(t))
			}
			list = append(list, c)
		}
		return err
	})
	return list, err
}

// PreviewUndo tells what undoing a change would change.
func (a *App) PreviewUndo(ctx context.Context, change string) (would DriveEffect, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		f, err := e.Undo(ctx, change, true)
		would = effectFrom(f, "", false)
		return err
	})
	return would, err
}

// UndoChange takes back what one change did, as a change of its own, which can
// be undone in its turn. What was changed again since then stays as it is.
func (a *App) UndoChange(ctx context.Context, change string) (done DriveEffect, err error) {
	err = a.change(ctx, func(e *engine.Engine) error {
		f, err := e.Undo(ctx, change, false)
		done = effectFrom(f, "", err == nil)
		return err
	})
	return done, err
}
