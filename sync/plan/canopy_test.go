package plan

import (
	"flag"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/names"
)

var (
	oneSeed = flag.Uint64("seed", 0, "play only the random case with this seed")
	cases   = flag.Int("cases", 0, "with -seed: play that many, from this seed on")
)

// The number of random cases, in everyday tests and at night.
const (
	dayCases   = 20_000
	nightCases = 1_000_000
)

// Whatever several devices do, in whatever order they see each other, however
// little of a sync gets done: they end with the same tree, lose nothing, and
// fall silent.
func TestDevicesConverge(t *testing.T) {
	manyCases(t, dayCases, nightCases, func(d *draws) {
		w := newWorld(d, someDisks(d)...)
		w.start()
		for range 1 + d.below(4) {
			for _, dev := range w.devices {
				for range d.below(5) {
					dev.edit()
				}
			}
			w.meet(d.below(2) == 1)
			if d.one(8) {
				w.devices[d.below(len(w.devices))].forget()
			}
		}
		w.calm()
		w.check()
	})
}

// Where only one device at a time is edited, all others get exactly what it
// has: nothing comes back, nothing is renamed.
func TestOneEditorAtATime(t *testing.T) {
	manyCases(t, dayCases/10, nightCases/10, func(d *draws) {
		w := newWorld(d, someDisks(d)...)
		for range 2 + d.below(6) {
			dev := w.devices[d.below(len(w.devices))]
			for range d.below(5) {
				dev.edit()
			}
			made := dev.made()
			w.calm()
			if got := dev.tree(); !got.Nodes().Equal(made.Nodes()) {
				w.fail("%s made\n%s\nand has\n%s", dev.name, show(made), show(got))
			}
			w.check()
		}
	})
}

func someDisks(d *draws) []names.Disk {
	disks := make([]names.Disk, 2+d.below(3))
	for i := range disks {
		disks[i] = names.Unix()
		if d.one(3) {
			disks[i] = names.NTFS()
		}
	}
	return disks
}

// start gives all devices the same small tree.
func (w *world) start() {
	for range w.below(8) {
		w.devices[0].edit()
	}
	w.calm()
}

// manyCases runs a case with many seeds and reports the first one that fails,
// made small.
func manyCases(t *testing.T, day, night int, run func(*draws)) {
	t.Helper()
	seed, n := uint64(1), day
	switch {
	case *oneSeed != 0:
		seed, n = *oneSeed, max(*cases, 1)
	case os.Getenv("STOS_NIGHTLY") != "":
		seed, n = rand.Uint64(), night
	}
	defer debug.SetGCPercent(debug.SetGCPercent(800)) // the heap is tiny
	t.Logf("%d cases from seed %d", n, seed)
	bad, found := firstFailure(seed, n, run)
	if !found {
		return
	}
	d := newDraws(bad)
	first := try(d, run)
	choices, failure := shrink(d.taken, run)
	small := replayed(choices)
	small.tell = *oneSeed != 0 && *cases == 0
	try(small, run)
	for _, line := range small.story {
		t.Log(line)
	}
	t.Fatalf("%s\n\nwith %d choices: %v\nbefore it was made smaller (%d choices): %s\nplay it again with: go test ./sync/plan -run '^%s$' -seed %d",
		failure, len(choices), choices, len(d.taken), first, t.Name(), bad)
}

func firstFailure(seed uint64, n int, run func(*draws)) (uint64, bool) {
	var next, bad atomic.Uint64
	var wg sync.WaitGroup
	bad.Store(uint64(n))
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < bad.Load(); i = next.Add(1) - 1 {
				if try(newDraws(seed+i), run) != "" {
					for old := bad.Load(); i < old && !bad.CompareAndSwap(old, i); old = bad.Load() {
					}
				}
			}
		})
	}
	wg.Wait()
	return seed + bad.Load(), bad.Load() < uint64(n)
}
