package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// How often other devices are looked for, and how much disk fetched packs may
// take.
const (
	pollPractice = 2 * time.Second
	pollNetwork  = 15 * time.Second
	cacheBytes   = 2 << 30
)

// drive is an engine with what keeps it running.
type drive struct {
	engine *engine.Engine
	board  *board
	root   string
	lock   *flock.Flock

	count atomic.Bool // the drive's totals may be others

	stop context.CancelFunc
	done sync.WaitGroup
}

// openDrive opens the drive of the storage account for a folder. An empty root
// means that nothing is synced, only looked at.
func (a *App) openDrive(ctx context.Context, root string) (*drive, error) {
	key, err := a.accountKey(StorageAccount)
	if err != nil {
		return nil, err
	}
	c, err := a.client(StorageAccount)
	if err != nil {
		return nil, err
	}
	home := a.profile.drive(c.address, c.network.ChainID)
	lock, err := lockDrive(home)
	if err != nil {
		return nil, err
	}
	d := &drive{board: newBoard(), root: root, lock: lock}
	poll := pollNetwork
	if c.network.ChainID == practiceChain {
		poll = pollPractice
	}
	secret := key.Bytes()
	defer clear(secret)
	d.engine, err = engine.Open(ctx, engine.Config{
		Root: root, Secret: secret, Remote: remote{c.Client},
		StateFile: filepath.Join(home, "state.db"), SpoolDir: filepath.Join(home, "spool"),
		CacheDir: filepath.Join(a.profile.cache(), c.address, c.network.ChainID),
		Device:   a.settings.get().Device, CacheBytes: cacheBytes, Poll: poll,
		Events: func(e engine.Event) { a.onEngine(d, e) },
	})
	if err != nil {
		return nil, errors.Join(explainDisk(err), lock.Unlock())
	}
	return d, nil
}

// lockDrive makes sure that one process at a time works on a drive's state.
func lockDrive(home string) (*flock.Flock, error) {
	if err := os.MkdirAll(home, 0o700); err != nil {
		return nil, fault.Say(err, "The drive has no place for its state. Check that the disk is not full.")
	}
	lock := flock.New(filepath.Join(home, "lock"))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock drive: %w", err)
	}
	if !ok {
		return nil, fault.Say(nil, "Another Stratos Drive program on this computer is using this drive. Close it first; your files are safe.")
	}
	return lock, nil
}

func (d *drive) close() error {
	if d.stop != nil {
		d.stop()
		d.done.Wait()
	}
	err := d.engine.Close()
	if uerr := d.lock.Unlock(); uerr != nil {
		err = errors.Join(err, fmt.Errorf("unlock drive: %w", uerr))
	}
	return err
}

// onEngine passes on what the engine tells.
func (a *App) onEngine(d *drive, e engine.Event) {
	switch e := e.(type) {
	case engine.Uploading:
		d.board.moved(e.Path, e.Done, e.Total)
	case engine.Downloading:
		d.board.moved(e.Path, e.Done, e.Total)
	case engine.FileDone:
		d.board.finished(e.Path)
		a.hub.send(Event{Kind: DriveChanged, Path: folderOf(e.Path)})
	case engine.State:
		d.board.enter(phases[e.Now])
		if e.Now == engine.UpToDate {
			d.count.Store(true)
			a.hub.send(Event{Kind: DriveChanged})
		}
	case engine.Problem:
		d.board.trouble(e.Sentence)
		a.hub.send(Event{Kind: ProblemArose, Path: e.Path, Text: e.Sentence})
	}
	a.hub.send(Event{Kind: StatusChanged})
}

// startDrive keeps the chosen folder in sync until stopDrive. It does nothing
// while something is missing, or when it runs already.
func (a *App) startDrive(ctx context.Context) error {
	s := a.settings.get()
	a.driveMu.Lock()
	defer a.driveMu.Unlock()
	if a.currentDrive() != nil || s.Folder == "" {
		return nil
	}
	d, err := a.openDrive(ctx, s.Folder)
	if err != nil {
		return err
	}
	// What the last run knew can be listed while the first sync still runs.
	if _, _, err := d.engine.Totals(ctx); err != nil {
		return errors.Join(err, d.close())
	}
	a.setDrive(d)
	if s.Paused {
		d.engine.Pause()
	}
	a.run(d)
	return nil
}

// run lets the engine work in the background.
func (a *App) run(d *drive) {
	ctx, stop := context.WithCancel(context.Background())
	d.stop = stop
	d.done.Go(func() { a.keepCounting(ctx, d) })
	d.done.Go(func() {
		err := d.engine.Run(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		d.board.enter(PhaseStopped)
		d.board.trouble(fault.Sentence(err))
		a.hub.send(Event{Kind: ProblemArose, Text: fault.Sentence(err)})
		a.hub.send(Event{Kind: StatusChanged})
	})
}

// keepCounting counts the files of the drive whenever it came to rest. The
// engine must not wait for that, so it only leaves a mark.
func (a *App) keepCounting(ctx context.Context, d *drive) {
	events, cancel := a.Subscribe()
	defer cancel()
	d.count.Store(true)
	for {
		if d.count.Swap(false) {
			if files, bytes, err := d.engine.Totals(ctx); err == nil {
				d.board.holds(files, bytes)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-events:
		}
	}
}

// stopDrive stops syncing and closes the drive.
func (a *App) stopDrive() error {
	a.driveMu.Lock()
	defer a.driveMu.Unlock()
	d := a.currentDrive()
	if d == nil {
		return nil
	}
	a.setDrive(nil)
	return d.close()
}

func (a *App) currentDrive() *drive {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.drive
}

func (a *App) setDrive(d *drive) {
	a.mu.Lock()
	a.drive = d
	a.mu.Unlock()
	a.hub.send(Event{Kind: StatusChanged})
}

// withDrive lets use look at the drive: the one that syncs, or one that is
// opened for as long as use runs.
func (a *App) withDrive(ctx context.Context, use func(*drive) error) error {
	if d := a.currentDrive(); d != nil {
		return use(d)
	}
	d, err := a.openDrive(ctx, a.settings.get().Folder)
	if err != nil {
		return err
	}
	return errors.Join(use(d), d.close())
}

// SyncOptions says how long and how boldly to sync.
type SyncOptions struct {
	Once  bool
	Force bool         // go on although very much would be deleted at once
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
	stopSaying := a.narrate(o.Say)
	defer stopSaying()
	sum, err := syncWith(ctx, d.engine, o)
	return sum, explainDisk(errors.Join(err, d.close()))
}

func syncWith(ctx context.Context, e *engine.Engine, o SyncOptions) (SyncSummary, error) {
	if o.Force {
		e.Allow()
	}
	sum, err := e.SyncOnce(ctx)
	total := SyncSummary{
		Sent: sum.Uploaded, Received: sum.Downloaded, Moved: sum.Moved, Removed: sum.Deleted, Waiting: sum.Waiting,
		BytesUp: sum.BytesUp, BytesDown: sum.BytesDown,
	}
	if err != nil || o.Once {
		return total, err
	}
	if err := e.Run(ctx); err != nil && ctx.Err() == nil {
		return total, err
	}
	return total, nil
}
