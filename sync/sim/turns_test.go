package sim

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing/synctest"
	"time"
)

// errCrash is what everything answers to a device that has crashed.
var errCrash = errors.New("the process was killed here")

// verdict is what happens to a step of a device.
type verdict struct {
	err  error
	late bool // the step takes effect, only its answer is err
	lie  bool // the network changes what it hands out
}

// turn is a step of a device that waits until it may happen.
type turn struct {
	life *life
	what string
	net  bool
	at   string // visible path whose file it takes away or puts in place
	done chan verdict
}

// turns lets one goroutine work at a time.
type turns struct {
	mu      sync.Mutex
	waiting []*turn
	arrived chan struct{}
	count   int
	hash    uint64
	log     []string // of every step, if wanted
	verbose bool
}

// take waits until the step may happen and says how it goes.
func (w *turns) take(l *life, net bool, what, at string) verdict {
	if l.dead.Load() {
		return verdict{err: errCrash}
	}
	t := &turn{life: l, what: what, net: net, at: at, done: make(chan verdict, 1)}
	w.mu.Lock()
	w.waiting = append(w.waiting, t)
	w.mu.Unlock()
	select {
	case w.arrived <- struct{}{}:
	default:
	}
	return <-t.done
}

// pending waits until nothing moves any more and returns the steps that wait,
// always in the same order.
func (w *turns) pending() []*turn {
	synctest.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	slices.SortStableFunc(w.waiting, func(a, b *turn) int {
		if a.life != b.life {
			return a.life.dev.n - b.life.dev.n
		}
		return strings.Compare(a.what, b.what)
	})
	return w.waiting
}

// let lets a step happen and waits until nothing moves any more.
func (w *turns) let(t *turn, v verdict) {
	w.mu.Lock()
	w.waiting = slices.DeleteFunc(w.waiting, func(o *turn) bool { return o == t })
	w.mu.Unlock()
	w.note("%s: %s%s", t.life.dev.name, t.what, v)
	t.done <- v
	synctest.Wait()
}

func (v verdict) String() string {
	switch {
	case v.lie:
		return " (changed on the way)"
	case v.late:
		return fmt.Sprintf(" (answer lost: %v)", v.err)
	case v.err != nil:
		return fmt.Sprintf(" (%v)", v.err)
	}
	return ""
}

// note adds a line to the trace of the run.
func (w *turns) note(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %d %s", w.hash, time.Now().UnixNano(), line)
	w.hash = h.Sum64()
	w.count++
	if w.verbose {
		w.log = append(w.log, fmt.Sprintf("%5d %s %s", w.count, time.Now().Format("2006-01-02T15:04:05"), line))
	}
}

// await waits for a step to come up, for a device that only waits for time to
// pass.
func (w *turns) await() {
	select {
	case <-w.arrived:
	case <-time.After(time.Minute):
	}
}

// pass lets a little time pass.
func pass(rng *rand.Rand) { time.Sleep(time.Duration(rng.IntN(3_000_000))) }
