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
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// How often other devices are looked for, and how long edits are gathered.
const (
	pollPractice   = time.Second
	pollNetwork    = 15 * time.Second
	settlePractice = 400 * time.Millisecond
	settleNetwork  = 2 * time.Second
)

// drive is an engine with what keeps it running.
type drive struct {
	engine  *engine.Engine
	board   *board
	root    string
	home    string         // its state; empty while another program works on that
	choices string         // where it is written which folders lie on this disk
	leave   func() error   // gives back its place
	net     *networkClient // its own: the window may forget others at any time
	spent   meter
	settled atomic.Int64 // of it, what was told
	unread  atomic.Int64 // folders that the last sync could not read
	control *control     // for other programs; nil while nothing is synced
	watched watchTeller
	outlook outlook

	count atomic.Bool // the drive's totals may be others
	heavy atomic.Bool // much memory was used that is not needed any more
	lean  atomic.Bool // it was given back once

	paceMu   sync.Mutex
	paused   bool
	up, down int64 // limits in force, bytes per second

	behind   bool            // it is synced in the background
	listed   *firstList      // when its files were listed first
	gone     atomic.Bool     // it goes on elsewhere
	attended context.Context // ends when the drive is closed
	stop     context.CancelFunc
	end      func() // what attending leaves behind
	done     sync.WaitGroup
}

// openDrive opens the drive of the storage account for a folder. An empty root
// means that nothing is synced, only looked at.
func (a *App) openDrive(ctx context.Context, root string) (*drive, error) {
	if err := a.settleEpoch(ctx, root); err != nil {
		return nil, err
	}
	key, err := a.storageKey()
	if err != nil {
		return nil, err
	}
	return a.openWith(ctx, root, key)
}

// openWith is openDrive for any storage key, which the drive uses until it is
// closed.
func (a *App) openWith(ctx context.Context, root string, key stratos.PrivateKey) (*drive, error) {
	n, err := a.network()
	if err != nil {
		return nil, err
	}
	account := key.Address().String()
	home := a.profile.drive(account, n.Key())
	lock, err := lockDrive(home)
	if err != nil {
		return nil, err
	}
	folder, err := a.profile.lockFolder(root)
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	d := &drive{board: newBoard(), root: root, home: home, choices: home, leave: leaveAll(folder, lock.Unlock)}
	cache := filepath.Join(a.profile.cache(), account, n.Key())
	if err := a.openEngine(ctx, d, key, home, cache); err != nil {
		return nil, errors.Join(err, d.leave())
	}
	return d, nil
}

// openToLook opens the drive for reading. While another program works on its
// state, that program goes on undisturbed: what is needed is read from the
// network into a place that is given up afterwards.
func (a *App) openToLook(ctx context.Context) (*drive, error) {
	d, err := a.openDrive(ctx, a.Folder())
	if !errors.Is(err, errInUse) {
		return d, err
	}
	key, err := a.storageKey()
	if err != nil {
		return nil, err
	}
	n, err := a.network()
	if err != nil {
		return nil, err
	}
	aside, err := os.MkdirTemp(a.profile.cache(), "look-*")
	if err != nil {
		return nil, explainDisk(fmt.Errorf("make a place to look from: %w", err))
	}
	d = &drive{
		board: newBoard(), choices: a.profile.drive(key.Address().String(), n.Key()),
		leave: func() error { return os.RemoveAll(aside) },
	}
	if err := a.openEngine(ctx, d, key, aside, filepath.Join(aside, "cache")); err != nil {
		return nil, errors.Join(err, os.RemoveAll(aside))
	}
	return d, nil
}

func (a *App) openEngine(ctx context.Context, d *drive, key stratos.PrivateKey, home, cache string) (err error) {
	if d.net, err = a.connectAs(wire.NewSigner(key)); err != nil {
		return err
	}
	poll, settle := pollNetwork, settleNetwork
	if d.net.network.ChainID == practiceChain {
		poll, settle = pollPractice, settlePractice
	}
	secret := key.Bytes()
	defer clear(secret)
	d.engine, err = engine.Open(ctx, engine.Config{
		Root: d.root, Secret: secret, Remote: remote{d.net.Client, &d.spent},
		StateFile: filepath.Join(home, "state.db"), SpoolDir: filepath.Join(home, "spool"), CacheDir: cache,
		Device: a.settings.get().Device, CacheRoom: a.room, Poll: poll, Settle: settle,
		Shown:  d.root != "",
		Choice: func() (engine.Choice, error) { return readChoice(d.choices) },
		Events: func(e engine.Event) { a.onEngine(d, e) },
	})
	if err != nil {
		d.net.Close()
	}
	return explainDisk(err)
}

// errInUse says that another program works on the drive's state.
var errInUse = errors.New("drive is in use")

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
		return nil, fault.Say(errInUse, "Another Stratos Drive program on this computer is using this drive. Close it first; your files are safe.")
	}
	return lock, nil
}

func (d *drive) close() error {
	if d.stop != nil {
		d.lastWatched()
		d.end()
		d.stop()
		d.done.Wait()
	}
	err := d.engine.Close()
	d.net.Close()
	if lerr := d.leave(); lerr != nil {
		err = errors.Join(err, fmt.Errorf("leave drive: %w", lerr))
	}
	return err
}

// onEngine passes on what the engine tells.
func (a *App) onEngine(d *drive, e engine.Event) {
	switch e := e.(type) {
	case engine.Uploading, engine.Downloading, engine.Expecting:
		p := d.engine.Progress()
		if !d.board.moved(time.Now(), p.Up.BytesDone+p.Down.BytesDone) {
			return
		}
	case engine.FileDone:
		a.hub.send(Event{Kind: DriveChanged, Path: folderOf(e.Path)})
		return
	case engine.Gone:
		a.driveGone(d)
		return
	case engine.State:
		d.board.enter(phases[e.Now])
	case engine.Round:
		d.count.Store(true)
		d.unread.Store(int64(e.Unread))
		if e.Uploaded+e.Downloaded+e.Deleted >= manyFiles || !d.lean.Load() {
			d.heavy.Store(true)
		}
		d.board.rest(time.Now())
		if e.Summary != (engine.Summary{}) {
			a.hub.send(Event{Kind: DriveChanged})
		}
		if text := d.told(e.Summary); text != "" {
			a.hub.send(Event{Kind: SyncDone, Text: text})
		}
	case engine.Problem:
		d.board.trouble(e.Path, e.Sentence)
		a.hub.send(Event{Kind: ProblemArose, Path: e.Path, Text: e.Sentence})
	}
	a.hub.send(Event{Kind: StatusChanged})
}

// startDrive keeps the chosen folder in sync until stopDrive. It does nothing
// while something is missing, or when it runs already.
func (a *App) startDrive(ctx context.Context) error {
	a.driveMu.Lock()
	defer a.driveMu.Unlock()
	if a.currentDrive() != nil || a.finishFolderMove(ctx) {
		return nil
	}
	folder := a.Folder()
	if folder == "" {
		return nil
	}
	d, err := a.openDrive(ctx, folder)
	if err != nil {
		return err
	}
	// What the last run knew can be listed while the first sync still runs.
	files, _, err := d.engine.Totals(ctx)
	if err != nil {
		return errors.Join(err, d.close())
	}
	d.behind, d.listed = true, newFirstList(files)
	a.attend(d)
	a.setDrive(d)
	a.run(d)
	return nil
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

// interruptDrive stops syncing; restart goes on with it if it ran.
func (a *App) interruptDrive() (restart func(context.Context) error, err error) {
	d := a.currentDrive()
	if d == nil || !d.behind {
		return func(context.Context) error { return nil }, nil
	}
	return a.startDrive, a.stopDrive()
}

func (a *App) currentDrive() *drive {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.drive
}

func (a *App) setOpening(opening bool) {
	a.mu.Lock()
	a.opening = opening
	a.mu.Unlock()
	a.hub.send(Event{Kind: StatusChanged})
}

func (a *App) setDrive(d *drive) {
	a.mu.Lock()
	a.drive = d
	a.mu.Unlock()
	a.hub.send(Event{Kind: StatusChanged})
}
