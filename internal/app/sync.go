package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// SyncOptions says how long and how boldly to sync.
type SyncOptions struct {
	Once  bool
	Force bool         // go on although very much would be deleted at once
	Lock  bool         // forget the wallet key: syncing needs the storage account only
	Say   func(string) // progress, a line at a time; may be nil
}

// SyncSummary is what a sync did.
type SyncSummary struct {
	Sent      int   `json:"sent"`     // files
	Received  int   `json:"received"` // files
	Moved     int   `json:"moved"`
	Removed   int   `json:"removed"` // files and folders, on this disk
	Waiting   int   `json:"waiting"` // changed meanwhile; the next sync takes them
	BytesUp   int64 `json:"bytes_up"`
	BytesDown int64 `json:"bytes_down"`
}

// Sync keeps dir and the drive the same: once, or until ctx ends.
func (a *App) Sync(ctx context.Context, dir string, o SyncOptions) (SyncSummary, error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return SyncSummary{}, fmt.Errorf("find folder: %w", err)
	}
	if info, err := os.Stat(root); err == nil && !info.IsDir() {
		return SyncSummary{}, fault.Wrong(nil, "%s is not a folder. Nothing was synced.", dir)
	}
	d, err := a.openDrive(ctx, root)
	if err != nil {
		return SyncSummary{}, err
	}
	if a.settings.get().Folder == "" {
		if err := a.settings.change(func(s *settings) { s.Folder = root }); err != nil {
			return SyncSummary{}, errors.Join(err, d.close())
		}
	}
	a.setDrive(d)
	defer a.setDrive(nil)
	if o.Lock {
		a.Lock()
	}
	stopSaying := a.narrate(o.Say)
	defer stopSaying()
	sum, err := syncWith(ctx, d.engine, o)
	return sum, explainDisk(errors.Join(err, d.close()))
}

func syncWith(ctx context.Context, e *engine.Engine, o SyncOptions) (SyncSummary, error) {
	if o.Force {
		e.Allow()
	}
	total, err := syncRested(ctx, e)
	if err != nil {
		return total, err
	}
	if o.Once {
		return total, unlessWaiting(total)
	}
	if err := e.Run(ctx); err != nil && ctx.Err() == nil {
		return total, err
	}
	return total, nil
}

// Files that change while they are read are looked at again, a few times.
const (
	restTries = 5
	restTime  = 500 * time.Millisecond
)

// syncRested syncs until no file waits, or gives up on those that do.
func syncRested(ctx context.Context, e *engine.Engine) (total SyncSummary, err error) {
	for try := 1; ; try++ {
		sum, err := e.SyncOnce(ctx)
		total.add(sum)
		if err != nil || sum.Waiting == 0 || try == restTries {
			return total, err
		}
		select {
		case <-ctx.Done():
			return total, ctx.Err()
		case <-time.After(restTime):
		}
	}
}

func (t *SyncSummary) add(s engine.Summary) {
	t.Sent += s.Uploaded
	t.Received += s.Downloaded
	t.Moved += s.Moved
	t.Removed += s.Deleted
	t.BytesUp += s.BytesUp
	t.BytesDown += s.BytesDown
	t.Waiting = s.Waiting
}

// unlessWaiting is the error of a sync that is not complete.
func unlessWaiting(t SyncSummary) error {
	if t.Waiting == 0 {
		return nil
	}
	return fault.Say(nil, "%d files cannot be read or keep changing, so they are not synced yet. All others are; sync again later.", t.Waiting)
}
