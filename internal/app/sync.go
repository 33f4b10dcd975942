package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
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
	Freed     int   `json:"freed"`   // files and folders that made room on this disk
	Waiting   int   `json:"waiting"` // changed meanwhile; the next sync takes them
	Unread    int   `json:"unread"`  // folders that could not be read; what is in them waits
	BytesUp   int64 `json:"bytes_up"`
	BytesDown int64 `json:"bytes_down"`

	// Newest is when any device changed the drive last, as far as the network
	// shows it: whoever restores a drive sees whether something is missing.
	Newest time.Time `json:"newest_change"`

	Noz string `json:"noz"` // ozone that it cost, decimal; of downloads as many as bytes
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
	if err := a.checkFolder(root); err != nil {
		return SyncSummary{}, err
	}
	if s := a.settings.get(); o.Once && s.pausedAt(time.Now()) {
		return SyncSummary{}, s.pausedFault()
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
	a.attend(d)
	a.setDrive(d)
	defer a.setDrive(nil)
	if o.Lock {
		a.Lock()
	}
	stopSaying := a.narrate(o.Say)
	defer stopSaying()
	if !o.Once {
		defer a.guardNodesFor(o.Say)()
	}
	sum, err := a.syncWith(ctx, d, o)
	if at, nerr := d.engine.NewestCommit(context.WithoutCancel(ctx)); nerr == nil {
		sum.Newest = at
	}
	sum.Noz = strconv.FormatInt(d.spent.total(), 10)
	return sum, explainDisk(errors.Join(err, d.close()))
}

func (a *App) syncWith(ctx context.Context, d *drive, o SyncOptions) (SyncSummary, error) {
	if o.Force {
		d.engine.Allow()
	}
	total, err := syncRested(ctx, d.engine)
	switch {
	case o.Once && err == nil:
		return total, unlessWaiting(total)
	case o.Once || err != nil && !passes(err):
		return total, err
	case err != nil && !errors.Is(err, engine.ErrPaused):
		a.onEngine(d, engine.Problem{Sentence: fault.Sentence(engine.Plainly(err))})
	}
	if err := d.engine.Run(ctx); err != nil && ctx.Err() == nil {
		return total, err
	}
	return total, nil
}

// passes reports whether a sync that keeps running waits for the end of what
// stopped it.
func passes(err error) bool {
	return errors.Is(err, repo.ErrOffline) || errors.Is(err, repo.ErrNoOzone) || errors.Is(err, engine.ErrPaused) || engine.IsDiskFull(err)
}

// told says what a sync did, "" for nothing.
func (d *drive) told(s engine.Summary) string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{s.Uploaded, "sent"}, {s.Downloaded, "received"}, {s.Moved, "moved"}, {s.Deleted, "removed"}, {s.Freed, "made room"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	now := d.spent.total()
	noz := now - d.settled.Swap(now)
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf("%s; %d.%03d ozone", strings.Join(parts, ", "), noz/1e9, noz/1e6%1000)
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
	t.Freed += s.Freed
	t.BytesUp += s.BytesUp
	t.BytesDown += s.BytesDown
	t.Waiting, t.Unread = s.Waiting, s.Unread
}

// unlessWaiting is the error of a sync that is not complete.
func unlessWaiting(t SyncSummary) error {
	if t.Waiting == 0 {
		return nil
	}
	return fault.Say(nil, "%d files are open in a program, cannot be read or keep changing, so they are not synced yet. All others are; sync again later.", t.Waiting)
}
