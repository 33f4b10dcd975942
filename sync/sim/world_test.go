package sim

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/cryptotest"
	"testing/synctest"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/state/memstate"
)

var secret = bytes.Repeat([]byte{9}, 32)

// world is everything there is in one run.
type world struct {
	turns
	seed    uint64
	net     *memremote.Net
	devices []*device
	model   *model
	words   int // contents written so far
	errs    []string
	ending  bool // people have gone home
	plant   plant
	delays  []delay
	space
}

// fail notes what is wrong. The run ends with the event in which it happens.
func (w *world) fail(format string, args ...any) {
	w.errs = append(w.errs, fmt.Sprintf(format, args...))
	w.note("WRONG: "+format, args...)
}

// run plays a script and returns what went wrong.
func run(t *testing.T, seed uint64, events []event, verbose bool) *world {
	t.Helper()
	w := &world{seed: seed}
	w.verbose = verbose
	w.play(t, events)
	return w
}

// play lets the world happen.
func (w *world) play(t *testing.T, events []event) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cryptotest.SetGlobalRandom(t, w.seed)
		w.arrived = make(chan struct{}, 1)
		w.net, w.model = memremote.New(int64(w.seed)), newModel(w)
		rng := rand.New(rand.NewPCG(w.seed, 2))
		w.space = newSpace(w, rng)
		for n := range 2 + rng.IntN(2) {
			d := w.newDevice(n, rng)
			w.devices = append(w.devices, d)
			w.note("%s: names fold %v, no exchange %v, dates in %v, clock off by %v", d.name, d.opt.FoldCase, d.opt.NoExchange, d.opt.Granule, d.skew)
		}
		for i, ev := range events {
			w.note("event %d: %v of %d", i, ev.kind, ev.dev)
			if w.do(ev); len(w.errs) > 0 {
				break
			}
		}
		if len(w.errs) == 0 {
			w.end(rng)
		}
		for _, d := range w.devices {
			d.kill(rng, false)
		}
	})
}

// do makes an event happen.
func (w *world) do(ev event) {
	rng := rand.New(rand.NewPCG(ev.seed, 3))
	d := w.devices[ev.dev%len(w.devices)]
	if ev.kind != evWork && ev.kind != evSleep {
		d.wake()
	}
	switch ev.kind {
	case evEdit:
		for range 1 + rng.IntN(3) {
			(&person{d, rng}).edit()
		}
	case evSync:
		d.sync()
	case evWork:
		w.work(rng, []int{5, 30, 300}[rng.IntN(3)])
	case evKill, evPower:
		d.kill(rng, ev.kind == evPower)
		w.model.checkWritten(d)
		w.checkDeleted()
	case evRestart:
		d.quit()
	case evUpset:
		if d.trouble = drawTrouble(rng); rng.IntN(8) == 0 {
			d.disk.SetFull(true)
		}
	case evCalm:
		d.calm()
	case evClock:
		if d.coarse() {
			return
		}
		d.skew += time.Duration(rng.Int64N(int64(time.Hour))) - 30*time.Minute
	case evSleep:
		w.wait(w.pause(rng))
		synctest.Wait()
		w.finished()
	case evForget:
		d.forget(rng)
	case evExplode:
		w.model.lost(d)
		d.kill(rng, false)
		w.dies(d)
		w.devices[d.n] = w.newDevice(d.n, rng)
	case evCollect:
		d.collect(rng.IntN(4) == 0, rng.IntN(3) == 0)
	case evVisit:
		w.visit(d, rng)
	case evSeason:
		w.season(d, rng)
	}
}

// calm ends all trouble of a device.
func (d *device) calm() {
	d.wake()
	d.trouble = trouble{}
	d.disk.SetFull(false)
}

// forget loses what may be lost at any time while the program does not run.
func (d *device) forget(rng *rand.Rand) {
	d.kill(rng, false)
	switch rng.IntN(3) {
	case 0:
		d.w.dies(d)
		d.state, d.met = memstate.New(), map[int]bool{}
	case 1:
		_ = d.disk.RemoveAll(cache)
		d.disk.Keep(path.Dir(cache))
	default:
		_ = d.disk.RemoveAll(spool)
		d.disk.Keep(path.Dir(spool))
	}
}

// work lets devices do some steps, in an order that the seed decides.
func (w *world) work(rng *rand.Rand, steps int) {
	for range steps {
		if len(w.errs) > 0 || !w.step(rng) {
			return
		}
	}
}

// step lets one device do one step. It is false if nobody has anything to do.
func (w *world) step(rng *rand.Rand) bool {
	return w.stepOf(rng, func(d *device) bool { return !d.asleep })
}

// stepOf is step for some of the devices.
func (w *world) stepOf(rng *rand.Rand, may func(*device) bool) bool {
	for {
		all := slices.DeleteFunc(slices.Clone(w.pending()), func(t *turn) bool { return !may(t.life.dev) })
		w.finished()
		if len(all) > 0 {
			t := all[rng.IntN(len(all))]
			pass(rng)
			if t.at != "" && !w.ending && rng.IntN(8) == 0 {
				(&person{t.life.dev, rng}).interfere(strings.TrimPrefix(t.at, root+"/"))
			}
			w.let(t, w.judge(t, rng))
			return true
		}
		if !slices.ContainsFunc(w.devices, func(d *device) bool { return d.busy() && may(d) }) {
			return false
		}
		w.await()
	}
}

func (d *device) busy() bool { return d.life != nil && d.life.busy.Load() }

// finished handles the syncs that have ended.
func (w *world) finished() {
	for _, d := range w.devices {
		d.took()
	}
}

const (
	longest = 100_000 // steps a sync may take
	rounds  = 8       // rounds until all must be silent
)

// end lets all devices work without trouble until they are silent, and checks
// what people see then.
func (w *world) end(rng *rand.Rand) {
	w.note("the end begins")
	w.ending = true
	for _, d := range w.devices {
		d.calm()
	}
	if w.idle(rng); len(w.errs) > 0 {
		return
	}
	silent := 0
	for i := 0; silent < 2 && len(w.errs) == 0; i++ {
		if i == rounds {
			w.fail("the devices do not fall silent")
			return
		}
		silent++
		if w.round(rng) {
			silent = 0
		}
	}
	if len(w.errs) == 0 {
		w.model.checkEnd()
		w.checkSent()
	}
	if len(w.errs) == 0 && w.months {
		w.quiet(rng)
	}
}

// idle waits until no device does anything.
func (w *world) idle(rng *rand.Rand) {
	w.work(rng, longest)
	if w.finished(); slices.ContainsFunc(w.devices, (*device).busy) && len(w.errs) == 0 {
		w.fail("a sync does not end")
	}
}

// round lets each device sync once. It reports whether that changed anything.
func (w *world) round(rng *rand.Rand) (changed bool) {
	time.Sleep(11 * time.Minute)
	for _, d := range w.devices {
		d.sync()
		if w.idle(rng); len(w.errs) > 0 {
			return
		}
		r := d.life.result
		if r.err != nil {
			w.fail("%s: a sync without trouble fails: %v", d.name, r.err)
			return
		}
		changed = changed || r.sum.Published || r.sum.Downloaded+r.sum.Moved+r.sum.Deleted+r.sum.Waiting > 0
	}
	return changed
}

// checkSent fails the run if anything was sent twice. What a device sent and no
// head named for months others delete; then it is sent again.
func (w *world) checkSent() {
	for id, n := range w.net.Uploads() {
		if n > 1+w.deletedOf[id] {
			w.fail("file %s was sent %d times", id, n)
		}
	}
}
