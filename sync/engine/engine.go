package engine

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Config says which folder is synced with which drive.
type Config struct {
	Root      string      // the folder; it is made on the first sync if it is missing
	Secret    []byte      // the 32 bytes of the storage account
	Remote    repo.Remote // the network, for that account
	StateFile string      // SQLite file; can be deleted without loss
	SpoolDir  string      // packs that wait to be sent
	CacheDir  string      // packs that were fetched; can be deleted without loss
	Device    string      // name of this device, as people read it

	CacheBytes int64         // room in CacheDir; 0 means 1 GiB
	CacheRoom  *fetch.Room   // room that CacheDir shares with others, instead of CacheBytes; may be nil
	LeastWaste int64         // unneeded bytes that are worth freeing; 0 means 1 MiB
	PackBytes  int           // largest pack; 0 means what the design says
	Poll       time.Duration // how often Run looks for other devices' changes; 0 means 15 s
	Settle     time.Duration // how long Run gathers edits; less after a single one; 0 means 2 s
	Rescan     time.Duration // how often Run looks at the whole folder; 0 means 10 min
	Events     func(Event)   // may be nil; must not block
	// Choice says what of the drive lies on this disk; nil means all. It is
	// asked before each sync, and an error ends that sync.
	Choice func() (Choice, error)
	Now    func() time.Time
	// Disk is the file system that all these files lie on; nil means that of
	// this computer.
	Disk disk.FS
	// OpenState opens what this device knows about the drive; nil means the
	// SQLite file.
	OpenState func(ctx context.Context) (Notes, error)
	// Workers is how many files are read or written at a time; 0 means as many
	// as pay.
	Workers int
	// Names says which names the disk of the folder takes; nil means that it is
	// tried.
	Names *names.Disk
	// Shown says that the drive is listed as soon as it is open: what that needs
	// is read in one go with the rest. What of it is not on this device is asked
	// of the network.
	Shown bool
	// Step is called before each step that lasts, with its name. An error ends
	// the work there, as a crash would; tests use it. It may be nil.
	Step func(name string) error
}

// Notes are what this device knows about a drive. Package state keeps them in a
// SQLite file.
type Notes interface {
	repo.State
	// Synced returns all nodes that disk and network agree on.
	Synced(ctx context.Context) (map[tree.ID]tree.Node, error)
	// Disk returns all nodes that lie on the disk.
	Disk(ctx context.Context) (map[tree.ID]tree.OnDisk, error)
	Close() error
}

// Engine syncs one folder. Its methods may be called by several goroutines;
// one sync runs at a time.
type Engine struct {
	cfg  Config
	fs   disk.FS
	st   Notes
	repo *repo.Repo

	sync sync.Mutex    // held while a sync runs
	kick chan struct{} // makes Run sync

	mu        sync.Mutex // guards what the window asks for
	allow     bool
	damaged   map[tree.ID]string // files whose content changed by itself, with their paths
	brake     *Brake             // what stopped the last sync
	rested    time.Time          // when disk and network were the same last
	paused    bool
	held      map[string]bool    // paths of files that are held back
	interrupt context.CancelFunc // ends the sync that runs
	status    *progress
	last      *snapshot

	knowledge
	told     map[string]bool // problems that were told
	deep     deepLook
	suspects map[tree.ID]int64 // files that became unreadable, and when
	freed    map[tree.ID]int64 // orders to make room that were carried out
	left     map[tree.ID]int64 // files that a rule leaves out; see keyLeft
	drop     map[tree.ID]int64 // deleted by a person while not on this disk
	tips     []pack.ID         // commits that remote was made of
	remote   *tree.Tree
	rest     *tree.Tree // what disk and network both had after the last sync; else nil
	seen     bool       // the last sync saw all of the disk, and all it saw is on the network

	names *names.Disk // once it was tried

	rules atomic.Pointer[ignore.Rules] // what is left out
}

// Open opens a drive for a folder. It does not use the folder, and the network
// only where [Config] says so. A state file that is damaged is put aside and made
// anew.
func Open(ctx context.Context, cfg Config) (*Engine, error) {
	cfg.setDefaults()
	for _, dir := range []string{filepath.Dir(cfg.StateFile), cfg.SpoolDir, cfg.CacheDir} {
		if err := cfg.Disk.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("make drive folder: %w", err)
		}
	}
	e, err := open(ctx, cfg)
	if state.IsUseless(err) && putAside(cfg.StateFile) {
		return open(ctx, cfg)
	}
	return e, err
}

func open(ctx context.Context, cfg Config) (*Engine, error) {
	st, err := cfg.OpenState(ctx)
	if err != nil {
		return nil, err
	}
	e := &Engine{cfg: cfg, fs: cfg.Disk, st: st, status: newProgress(), told: map[string]bool{}, damaged: map[tree.ID]string{}, names: cfg.Names, kick: make(chan struct{}, 1)}
	e.rules.Store(ignore.BuiltIn())
	if err := e.load(ctx); err != nil {
		if e.repo != nil {
			err = errors.Join(err, e.repo.Close())
		}
		return nil, errors.Join(err, st.Close())
	}
	return e, nil
}

func (e *Engine) load(ctx context.Context) (err error) {
	e.repo, err = repo.Open(ctx, repo.Config{
		Secret: e.cfg.Secret, Remote: e.cfg.Remote, State: e.st, SpoolDir: e.cfg.SpoolDir, CacheDir: e.cfg.CacheDir,
		CacheBytes: e.cfg.CacheBytes, CacheRoom: e.cfg.CacheRoom, Device: e.cfg.Device, PackBytes: e.cfg.PackBytes, LeastWaste: e.cfg.LeastWaste, Now: e.cfg.Now, Step: e.cfg.Step, Disk: e.cfg.Disk,
	})
	if err != nil {
		return err
	}
	return e.loadKnown(ctx)
}

func (e *Engine) loadKnown(ctx context.Context) (err error) {
	if !e.recallRest(ctx) {
		ahead := e.readAhead(ctx)
		e.knowledge, err = recall(ctx, e.st)
		ahead.Wait()
	}
	if err != nil {
		return err
	}
	if e.freed, err = e.readNote(ctx, keyFreed); err != nil {
		return err
	}
	if e.left, err = e.readNote(ctx, keyLeft); err != nil {
		return err
	}
	if e.suspects, err = e.readNote(ctx, keyScrambled); err != nil {
		return err
	}
	e.drop, err = e.readNote(ctx, keyDrop)
	return err
}

// readAhead reads the tree of the drive where somebody is going to list it, while
// other things are read. What fails is told when it is listed.
func (e *Engine) readAhead(ctx context.Context) *sync.WaitGroup {
	var reading sync.WaitGroup
	if e.cfg.Shown {
		reading.Go(func() {
			if v, err := e.repo.View(ctx); err == nil {
				_, _ = e.remoteTree(ctx, v)
			}
		})
	}
	return &reading
}

func (c *Config) setDefaults() {
	if c.Poll == 0 {
		c.Poll = 15 * time.Second
	}
	if c.Settle == 0 {
		c.Settle = 2 * time.Second
	}
	if c.Rescan == 0 {
		c.Rescan = 10 * time.Minute
	}
	if c.Events == nil {
		c.Events = func(Event) {}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Disk == nil {
		c.Disk = disk.OS{}
	}
	if c.OpenState == nil {
		c.OpenState = func(ctx context.Context) (Notes, error) { return openState(ctx, c.StateFile) }
	}
	if c.Step == nil {
		c.Step = func(string) error { return nil }
	}
}

// Close waits for a running sync, whose context the caller ends, and closes
// the drive.
func (e *Engine) Close() error {
	e.sync.Lock()
	defer e.sync.Unlock()
	e.keepRest()
	return errors.Join(e.repo.Close(), e.st.Close())
}

// Allow lets the next sync do what the brakes stopped.
func (e *Engine) Allow() {
	e.mu.Lock()
	e.allow = true
	e.mu.Unlock()
	e.SyncNow()
}

func (e *Engine) allowed() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.allow
}
