package repo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/chunk"
	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/drivekey"
	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Config says where a drive lies and how it is used.
type Config struct {
	Secret     []byte // the 32 bytes of the storage account
	Remote     Remote
	State      State
	SpoolDir   string        // packs that wait to be sent
	CacheDir   string        // packs that were fetched; can be deleted without loss
	CacheBytes int64         // room for fetched packs; 0 means 1 GiB
	CacheRoom  *fetch.Room   // room that fetched packs share with others, instead of CacheBytes; may be nil
	Device     string        // name of this device, as people read it
	PackBytes  int           // largest pack in bytes; 0 means 32 MiB, or 8 MiB while other devices are active
	Uploads    int           // packs on their way at a time; 0 means 4
	ShareFor   time.Duration // how long heads are shared; 0 means 180 days
	Now        func() time.Time
	LeastWaste int64   // unneeded bytes that are worth freeing; 0 means 1 MiB
	Disk       disk.FS // holds SpoolDir and CacheDir; nil means the computer's
	// Step is called before each step that lasts, with its name. An error ends
	// the work there, as a crash would; tests use it. It may be nil.
	Step func(name string) error
}

// Repo is an open drive. It is safe for several goroutines; one at a time may
// commit.
type Repo struct {
	cfg   Config
	keys  *drivekey.Keys
	cut   *chunk.Cutter
	zip   *pack.Compressor
	st    State
	cache *fetch.Store

	device object.DeviceID

	setting sync.Mutex // held while a shared setting is changed

	mu      sync.Mutex
	openers map[string]*pack.Opener // by pack, for blobs read one by one
	trees   map[pack.ID]*tree.Tree  // by root; the last few
	recent  []pack.ID               // keys of trees, oldest first
	// unreadable are heads that could not be read when they were last tried.
	unreadable map[string]badHead
	lost       map[pack.ID]state.Location // see lostBlobs; nil until asked for
	listed     time.Time                  // when the listing of all files was last asked for heads
	pulled     time.Time                  // when heads were last asked for with success
	renewed    time.Time                  // when a share of another device was last renewed
}

// Open opens a drive. It does not use the network.
func Open(ctx context.Context, cfg Config) (*Repo, error) {
	cfg.setDefaults()
	r := &Repo{cfg: cfg, st: cfg.State, openers: map[string]*pack.Opener{}, trees: map[pack.ID]*tree.Tree{}, unreadable: map[string]badHead{}}
	var err error
	if r.keys, err = drivekey.Derive(cfg.Secret, drivekey.Drive); err != nil {
		return nil, err
	}
	if r.cut, err = chunk.NewCutter(r.keys.Chunker()); err != nil {
		return nil, err
	}
	if r.zip, err = pack.NewCompressor(runtime.GOMAXPROCS(0)); err != nil {
		return nil, err
	}
	if err := cfg.Disk.MkdirAll(cfg.SpoolDir, 0o700); err != nil {
		return nil, fmt.Errorf("make spool: %w", err)
	}
	if r.cache, err = fetch.Open(fetch.Options{Disk: cfg.Disk, Dir: cfg.CacheDir, Room: cfg.CacheRoom}); err != nil {
		return nil, err
	}
	if err := r.loadDevice(ctx); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, errors.Join(r.cleanSpool(ctx), r.noteDoomed(ctx))
}

func (c *Config) setDefaults() {
	if c.CacheBytes == 0 {
		c.CacheBytes = 1 << 30
	}
	if c.CacheRoom == nil {
		c.CacheRoom = fetch.NewRoom(c.CacheBytes)
	}
	if c.Uploads == 0 {
		c.Uploads = 4
	}
	if c.ShareFor == 0 {
		c.ShareFor = 180 * 24 * time.Hour
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Disk == nil {
		c.Disk = disk.OS{}
	}
	if c.Step == nil {
		c.Step = func(string) error { return nil }
	}
}

// Close ends all transfers. The state stays open; it is the caller's.
func (r *Repo) Close() error {
	r.cache.Close()
	return nil
}

// Keys returns the keys of the drive.
func (r *Repo) Keys() *drivekey.Keys { return r.keys }

// Device returns the id of this device.
func (r *Repo) Device() object.DeviceID { return r.device }

const keyDevice = "device"

func (r *Repo) loadDevice(ctx context.Context) error {
	id, err := r.st.Get(ctx, keyDevice)
	if errors.Is(err, state.ErrNotFound) {
		return r.newDevice(ctx)
	}
	if err == nil && len(id) != len(r.device) {
		err = fmt.Errorf("device id has %d bytes", len(id))
	}
	copy(r.device[:], id)
	return err
}

// newDevice gives this device an id that no other one has.
func (r *Repo) newDevice(ctx context.Context) error {
	rand.Read(r.device[:])
	return r.st.Update(ctx, func(tx state.Tx) error {
		// What the other one wants to delete is not for this one to delete.
		return errors.Join(tx.Set(keyDevice, r.device[:]), tx.Unset(keyCondemned))
	})
}

// cleanSpool removes files of packs that were never finished, and those of
// content that has arrived: a loss of power may have left half of such a file.
func (r *Repo) cleanSpool(ctx context.Context) error {
	known := map[string]bool{}
	for _, stage := range []state.Stage{state.Spooled, state.Sent} {
		packs, err := r.st.Packs(ctx, stage)
		if err != nil {
			return err
		}
		for _, p := range packs {
			known[p.Name] = stage == state.Spooled || p.Use != pack.Content
		}
	}
	entries, err := r.cfg.Disk.ReadDir(r.cfg.SpoolDir)
	if err != nil {
		return fmt.Errorf("read spool: %w", err)
	}
	for _, e := range entries {
		if !known[e.Name()] {
			_ = r.cfg.Disk.Remove(filepath.Join(r.cfg.SpoolDir, e.Name()))
		}
	}
	return nil
}

func (r *Repo) spoolPath(name string) string { return filepath.Join(r.cfg.SpoolDir, name) }
