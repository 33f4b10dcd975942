package fetch

import (
	"math/rand/v2"
	"os"
	"testing"
	"time"
)

// TestSessions: whatever the line, the nodes and the user do, the promises of
// the package are kept. A failing seed is printed and can be put into only.
func TestSessions(t *testing.T) {
	const only = -1
	first, sessions := 0, 10_000
	if os.Getenv("STOS_NIGHTLY") != "" {
		sessions = 100_000
	}
	if only >= 0 {
		first, sessions = only, 1
	}
	shown, stalls, given := 0.0, 0, 0
	for seed := first; seed < first+sessions; seed++ {
		w := session(uint64(seed))
		for _, b := range w.bad {
			t.Errorf("seed %d: %s", seed, b)
		}
		if len(w.bad) > 0 {
			t.FailNow()
		}
		shown += w.player.watched.Seconds()
		stalls += w.player.stalls
		given += w.player.gaveUp
	}
	t.Logf("%d sessions, %.0f s shown, %d stalls, %d given up", sessions, shown, stalls, given)
	if only < 0 && (shown < 5*float64(sessions) || given == 0 || stalls == 0) {
		t.Error("the sessions are too easy or too hard to tell anything")
	}
}

// session is one evening of somebody with a bad line.
func session(seed uint64) *world {
	rng := rand.New(rand.NewPCG(seed, 7))
	need := int64(100_000) << rng.IntN(6)
	size := need * (20 + rng.Int64N(600))
	l, resume := someLayout(rng, size)
	o := Options{Gateways: 1 + rng.IntN(5), Need: need, Resume: resume, Parallel: 1 + rng.IntN(3)}
	w := newWorld(seed, l, o, 0)
	w.player.size = w.size()
	w.step = 100 * time.Millisecond
	w.latency = time.Duration(20+rng.IntN(1500)) * time.Millisecond
	w.player.buffer = 1 + 10*rng.Float64()
	base := float64(need) * (0.3 + 6*rng.Float64())
	w.line = func(now time.Duration) float64 {
		if rng.IntN(40) == 0 {
			base = float64(need) * (0.3 + 6*rng.Float64())
		}
		return base
	}
	w.troubles(rng)
	for range 3 + rng.IntN(6) {
		w.act(rng)
		w.run(time.Duration(1+rng.IntN(6)) * time.Second)
	}
	w.checkPatience()
	w.stop()
	return w
}

// checkPatience: while there is a good node, nobody waits for longer than a bad
// line explains, and nothing is given up.
func (w *world) checkPatience() {
	good, largest := false, int64(0)
	for _, n := range w.nodes {
		good = good || n == node{}
	}
	for _, p := range w.l.Parts {
		largest = max(largest, p.Size)
	}
	p := w.player
	longest := p.longest
	if p.waiting > 0 {
		longest = max(longest, w.now-p.waiting)
	}
	transfer := time.Duration(float64(largest) / (0.3 * p.need) * float64(time.Second))
	if good && (p.gaveUp > 0 || longest > 3*transfer+15*time.Second) {
		w.fail("given up %d times, longest wait %v where one part takes %v", p.gaveUp, longest, transfer)
	}
}

func someLayout(rng *rand.Rand, size int64) (l Layout, resume bool) {
	switch rng.IntN(3) {
	case 0:
		return packs(rng, max(size, 4<<20)), false
	case 1:
		return segments(rng, size, 1<<20+rng.Int64N(20<<20)), false
	}
	return blocks(size, 256<<10+rng.Int64N(1<<20)), true
}

// troubles makes nodes fail; one in ten sessions has no good node at all.
func (w *world) troubles(rng *rand.Rand) {
	when := func() time.Duration { return time.Second + time.Duration(rng.IntN(60))*time.Second }
	for i := range w.nodes {
		n := &w.nodes[i]
		switch rng.IntN(8) {
		case 0:
			n.dead = when()
		case 1:
			n.silent = when()
		case 2:
			n.cap = float64(w.o.Need) * rng.Float64()
		case 3:
			n.refuse = true
		}
		if rng.IntN(2) == 0 {
			n.back = max(n.dead, n.silent) + time.Duration(rng.IntN(30))*time.Second
		}
	}
}

// act is what a user does now and then.
func (w *world) act(rng *rand.Rand) {
	p := &w.player
	switch rng.IntN(5) {
	case 0:
		w.seek(rng.Int64N(p.size))
	case 1:
		p.paused = !p.paused
	case 2:
		w.lose(rng)
	case 3: // try again after an error
		p.stopped = false
	}
}

// lose takes a part out of the cache, as a damaged one.
func (w *world) lose(rng *rand.Rand) {
	n := rng.IntN(len(w.l.Parts))
	for _, f := range w.flights {
		if f.order.Part == n {
			return // the one who writes it would not have lost it
		}
	}
	w.here[n] = 0
	w.s.Lost(n)
}

func (w *world) size() int64 {
	last := len(w.l.Extents) - 1
	return w.starts[last] + w.l.Extents[last].Len
}

// stop ends the watching: what nobody wants any more ends soon, and nothing is
// begun behind the window.
func (w *world) stop() {
	w.player.stopped, w.player.waiting = true, 0
	w.s.Leave(1)
	w.decide()
	before := w.told
	w.run(20 * time.Second)
	window := w.s.Report().Window
	largest := int64(0)
	for _, p := range w.l.Parts {
		largest = max(largest, p.Size)
	}
	if more := w.told - before; more > 2*window+2*largest {
		w.fail("%d bytes came after the end, with a window of %d", more, window)
	}
}
