package sim

import (
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestWorld plays many runs. STOS_SEED=n plays one and prints its trace.
func TestWorld(t *testing.T) {
	oneAtATime(t)
	if text := os.Getenv("STOS_SEED"); text != "" {
		seed, _ := strconv.ParseUint(text, 10, 64) // zero is a seed too
		w := run(t, seed, script(seed), true)
		t.Logf("seed %d:\n%s", seed, strings.Join(w.log, "\n"))
		for _, e := range w.errs {
			t.Error(e)
		}
		return
	}
	runs, first := 1000, uint64(1)
	if os.Getenv("STOS_NIGHTLY") != "" {
		runs, first = 100_000, uint64(time.Now().UnixNano())
	}
	if text := os.Getenv("STOS_FIRST"); text != "" {
		first, _ = strconv.ParseUint(text, 10, 64)
	}
	if text := os.Getenv("STOS_RUNS"); text != "" {
		runs, _ = strconv.Atoi(text)
	}
	t.Logf("%d runs from seed %d on", runs, first)
	for i := range uint64(runs) {
		report(t, first+i)
	}
}

// wentWrong are seeds of runs that have gone wrong once: a file that came into
// the place of a moved one was taken for an edit of it; a computer that had slept
// for months in a sync spoke of what was let go meanwhile; two folders in one
// place after a crash were mixed up; and a parked file could not be put back where
// its folder had become a file.
var wentWrong = []uint64{910000686, 910002804, 910003176, 910003764, 910004265, 920000364}

func TestSeedsThatWentWrong(t *testing.T) {
	oneAtATime(t)
	for _, seed := range wentWrong {
		report(t, seed)
	}
}

// wentWrongInMonths are seeds of runs that have gone wrong once where all worlds
// see months pass: packs that a lost device had condemned stayed for ever, and
// old heads for the sake of their commits; heads of a device that others had
// taken for gone named an index, or followed a commit, that was deleted; a head
// was published that had been prepared months before; a parked file was taken
// for one that had been moved to its place, and one that was to be moved for an
// old version of what somebody put in its place; a condemned pack that a gateway hid
// was called deleted, and nobody read it any more; a device that had been away
// wanted to show what it knew, which was let go, before it asked for what is new;
// a file was taken for another one that had lain in its place and held the same,
// or for an edit of one that had gone from there a moment before; and the power
// failed when a file that had been taken out by mistake was put back.
var wentWrongInMonths = []uint64{
	930000135, 2026112400000241, 2026112400000292, 2026112400000328, 2026112400000357, 2026112400000600,
	2026112400000906, 2026112400001263, 2026112400001321, 2026112400001430, 2026112400002165, 2026112400002199,
	2026112400002214, 2026112400100457, 2026112400100639, 2026112400201447, 2026112401004312,
	2026112401001382, 2026112401012998, 2026112401016759, 2026112401500251, 20261124020010555,
	20261124020010538, 20261124020019114, 20261124020021823, 20261124020031250, 20261124020032825,
}

func TestMonthsThatWentWrong(t *testing.T) {
	t.Setenv("STOS_MONTHS", "1")
	oneAtATime(t)
	for _, seed := range wentWrongInMonths {
		report(t, seed)
	}
}

// A run is repeated by its seed: each step happens again, at the same time and
// with the same outcome.
func TestSeedsRepeat(t *testing.T) {
	oneAtATime(t)
	for seed := range uint64(20) {
		a, b := run(t, seed, script(seed), true), run(t, seed, script(seed), true)
		for i := range min(len(a.log), len(b.log)) {
			if a.log[i] != b.log[i] {
				t.Fatalf("seed %d: step %q came as %q", seed, a.log[i], b.log[i])
			}
		}
		if a.hash != b.hash {
			t.Fatalf("seed %d: runs of %d and %d steps", seed, a.count, b.count)
		}
	}
}

// oneAtATime lets one goroutine run at a time, so that the order of steps
// follows from the seed alone.
func oneAtATime(t *testing.T) {
	old, percent := runtime.GOMAXPROCS(1), debug.SetGCPercent(800) // the heap is tiny
	t.Cleanup(func() { runtime.GOMAXPROCS(old); debug.SetGCPercent(percent) })
}

func report(t *testing.T, seed uint64) {
	t.Helper()
	events := script(seed)
	w := run(t, seed, events, false)
	if len(w.errs) == 0 {
		return
	}
	small := shrink(t, seed, events)
	w = run(t, seed, small, true)
	t.Fatalf("seed %d goes wrong (STOS_SEED=%[1]d plays all of it); %d of %d events do, too: %v\n%s",
		seed, len(small), len(events), w.errs, strings.Join(w.log, "\n"))
}

// shrink leaves out events as long as the run still goes wrong.
func shrink(t *testing.T, seed uint64, events []event) []event {
	t.Helper()
	for size := len(events) / 2; size > 0; size /= 2 {
		for at := 0; at+size <= len(events); {
			less := append(append([]event(nil), events[:at]...), events[at+size:]...)
			if len(run(t, seed, less, false).errs) > 0 {
				events = less
			} else {
				at += size
			}
		}
	}
	return events
}
