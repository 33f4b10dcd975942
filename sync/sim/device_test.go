package sim

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing/synctest"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/sim/simdisk"
	"github.com/stratosdrive/stratosdrive/sync/state/memstate"
)

// device is a computer with a disk, on which the program runs now and then.
type device struct {
	w       *world
	n       int
	name    string
	disk    *simdisk.Disk
	opt     simdisk.Options
	state   *memstate.State
	skew    time.Duration // how far its clock is off
	trouble trouble
	life    *life
	shown   map[string]repo.RemoteShare // every share it was ever shown
	met     map[int]bool                // devices whose heads it has read; see hidden
	typing  *typing
	asleep  bool // its lid is shut, maybe in the middle of a sync
	woke    bool // it has slept, and no sync has ended since
}

// life is one run of the program on a device, from its start to its end.
type life struct {
	dev    *device
	dead   atomic.Bool
	busy   atomic.Bool
	engine *engine.Engine
	ctx    context.Context
	cancel context.CancelFunc
	result result
	syncs  int
}

// result is how a sync, or looking after the space, ended.
type result struct {
	sum    engine.Summary
	space  *engine.Collected // nil after a sync
	err    error
	before map[string]seen // what lay in the folder when it began
	fresh  bool            // nobody has looked at it yet
}

func (w *world) newDevice(n int, rng *rand.Rand) *device {
	d := &device{w: w, n: n, name: [...]string{"laptop", "desk", "phone"}[n], state: memstate.New(), shown: map[string]repo.RemoteShare{}, met: map[int]bool{}}
	d.opt = simdisk.Options{
		Now: d.now, FoldCase: rng.IntN(8) == 0, NoExchange: rng.IntN(4) == 0, ReuseInode: rng.IntN(2) == 0,
		Granule: []time.Duration{0, 0, 10 * time.Millisecond, time.Second, 2 * time.Second}[rng.IntN(5)],
	}
	d.skew = []time.Duration{0, 0, 3 * time.Second, -time.Hour, farOff}[rng.IntN(5)]
	if d.skew == farOff && w.months && rng.IntN(4) > 0 || d.coarse() {
		d.skew = 0
	}
	d.disk = simdisk.New(d.opt)
	if err := d.disk.MkdirAll(root, 0o755); err != nil {
		panic(err)
	}
	d.disk.Keep(root)
	return d
}

// coarse reports whether the disk dates files so coarsely that a clock which is
// set back gives a change the date that the file has already. No program could
// tell then, so such clocks are right.
func (d *device) coarse() bool { return d.opt.Granule >= time.Second }

const (
	day    = 24 * time.Hour
	farOff = 400 * day // of a clock that is quite wrong

	root  = "/home/Drive"
	spool = "/var/spool"
	cache = "/var/cache"
)

func (d *device) now() time.Time { return time.Now().Add(d.skew) }

func (d *device) config(l *life) engine.Config {
	return engine.Config{
		Root: root, Secret: secret, Remote: gateway{l}, SpoolDir: spool, CacheDir: cache, StateFile: "/var/state.db", Device: d.name,
		Now: d.now, Disk: diskOf{l}, Workers: 1, LeastWaste: leastWaste, OpenState: func(context.Context) (engine.Notes, error) { return notes{d.state, l}, nil },
	}
}

// running returns the program of the device, started if need be.
func (d *device) running() *life {
	if d.life == nil {
		d.life = &life{dev: d}
		d.life.ctx, d.life.cancel = context.WithCancel(context.Background())
	}
	return d.life
}

// sync starts a sync, unless the program is at work. Mostly it is told what has
// changed since the last one began.
func (d *device) sync() {
	l := d.running()
	if l.busy.Load() {
		return
	}
	changes := l.changes()
	d.begin("sync", func(e *engine.Engine, r *result) { r.sum, r.err = e.SyncChanged(l.ctx, changes) })
}

// changes says where something happened since this was asked last; now and then
// nobody knows.
func (l *life) changes() scan.Changes {
	l.syncs++
	c := l.told()
	c.Whole = l.syncs%5 == 0
	c.More = func(context.Context) scan.Changes { return l.told() }
	return c
}

func (l *life) told() scan.Changes {
	c := scan.Changes{Paths: map[string]bool{}}
	for p, deep := range l.dev.disk.Changed() {
		if rel, ok := strings.CutPrefix(p, root+"/"); ok {
			c.Paths[rel] = deep
		}
	}
	return c
}

// begin lets the program do something, unless it is at work.
func (d *device) begin(what string, do func(*engine.Engine, *result)) {
	l := d.running()
	if l.busy.Swap(true) {
		return
	}
	d.w.note("%s: %s begins", d.name, what)
	l.result = result{before: d.look()}
	go func() {
		if l.result.err = l.open(); l.result.err == nil {
			do(l.engine, &l.result)
		}
		l.result.fresh = true
		l.busy.Store(false)
		select {
		case d.w.arrived <- struct{}{}:
		default:
		}
	}()
	synctest.Wait()
}

func (l *life) open() error {
	if l.engine != nil {
		return nil
	}
	e, err := engine.Open(l.ctx, l.dev.config(l))
	if err == nil {
		l.engine = e
	}
	return err
}

// kill ends the program of a device at once. What it has asked the network to
// do may still be done. A power cut takes what the disk had not made last.
func (d *device) kill(rng *rand.Rand, power bool) {
	l := d.life
	d.asleep, d.woke = false, false
	if l != nil {
		d.w.note("%s: killed, power cut %v", d.name, power)
		l.dead.Store(true)
		l.cancel()
		for _, t := range slices.Clone(d.w.pending()) {
			if t.life == l {
				d.w.let(t, verdict{err: errCrash, late: t.net && rng.IntN(2) == 0})
			}
		}
		for l.busy.Load() { // it may wait for time to pass
			time.Sleep(time.Second)
			synctest.Wait()
		}
		if l.engine != nil {
			_ = l.engine.Close()
		}
		d.life = nil
	}
	if power {
		d.disk.Crash(rng)
	}
}

// quit ends the program in good order, if it does nothing.
func (d *device) quit() bool {
	if d.life == nil {
		return true
	}
	if d.life.busy.Load() {
		return false
	}
	if d.life.engine != nil {
		if err := d.life.engine.Close(); err != nil {
			d.w.fail("%s: close: %v", d.name, err)
		}
	}
	d.life = nil
	return true
}
