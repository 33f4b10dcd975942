package fetch

import (
	"math/rand/v2"
	"testing"
	"time"
)

// packs is a video as the drive keeps it: sealed chunks in small packs, the
// first of which holds the start and the index, which lies at the end.
func packs(rng *rand.Rand, size int64) Layout {
	const head, index, largest = 380 << 10, 96 << 10, 3 << 20
	l := Layout{Parts: []Part{{Lead: true}}}
	at := int64(44)
	put := func(off, n int64) {
		p := &l.Parts[len(l.Parts)-1]
		l.Extents = append(l.Extents, Extent{Off: off, Len: n, Part: len(l.Parts) - 1, At: at, Sealed: n + 17})
		at += n + 17
		p.Size = at + 100
	}
	for off := int64(0); off < head; off += 128 << 10 {
		put(off, min(128<<10, head-off))
	}
	put(size-index, index)
	for off := int64(head); off < size-index; {
		n := min(128<<10+rng.Int64N(384<<10), size-index-off)
		if len(l.Parts) == 1 || at+n > largest {
			l.Parts, at = append(l.Parts, Part{}), 44
		}
		put(off, n)
		off += n
	}
	for i, e := range l.Extents { // the index was put early: it lies last
		if e.Off == size-index {
			l.Extents = append(append(l.Extents[:i:i], l.Extents[i+1:]...), e)
			break
		}
	}
	return l
}

// segments is a stream: segments whose size nobody knows before.
func segments(rng *rand.Rand, size, each int64) Layout {
	var l Layout
	for at := int64(0); at < size; {
		n := min(each/2+rng.Int64N(each), size-at)
		l.Extents = append(l.Extents, Extent{Off: int64(len(l.Parts)) << 32, Len: n, Part: len(l.Parts)})
		l.Parts = append(l.Parts, Part{Size: n})
		at += n
	}
	return l
}

// blocks is a file on a server that gives any range.
func blocks(size, each int64) Layout {
	var l Layout
	for at := int64(0); at < size; at += each {
		n := min(each, size-at)
		l.Extents = append(l.Extents, Extent{Off: at, Len: n, Part: len(l.Parts)})
		l.Parts = append(l.Parts, Part{Size: n})
	}
	return l
}

const hour = 60 * time.Minute

// TestAnHour: 60 minutes at 5 Mbit/s over a line of 1.5 times that, without a
// stall and with hardly any waste; then the same with two of five replica nodes
// stopped at random.
func TestAnHour(t *testing.T) {
	const need = 625_000
	size := int64(need * hour.Seconds())
	for name, lose := range map[string]bool{"all nodes": false, "two of five nodes stop": true} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(2) {
				w := newWorld(seed, packs(rand.New(rand.NewPCG(seed, 2)), size), Options{Gateways: 5, Need: need}, size)
				w.line = func(time.Duration) float64 { return 1.5 * need }
				if lose {
					w.stopTwo()
				}
				w.run(hour + time.Minute)
				judgeHour(t, w, seed)
			}
		})
	}
}

// stopTwo makes two nodes stop in the middle: one refuses, one falls silent.
func (w *world) stopTwo() {
	which := w.rng.Perm(len(w.nodes))
	w.nodes[which[0]].dead = time.Duration(w.rng.Int64N(int64(hour)))
	w.nodes[which[1]].silent = time.Duration(w.rng.Int64N(int64(hour)))
	w.nodes[0], w.nodes[which[0]] = w.nodes[which[0]], w.nodes[0] // the one in use first
}

func judgeHour(t *testing.T, w *world, seed uint64) {
	t.Helper()
	r := w.s.Report()
	p := w.player
	t.Logf("seed %d: first picture after %v, %d stalls, longest wait %v, %d of %d bytes wasted, %d hedged, moved %d times, window %d",
		seed, p.first-time.Second, p.stalls, p.longest, r.Wasted, r.Fetched, r.Hedged, r.Moved, r.Window)
	for _, b := range w.bad {
		t.Errorf("seed %d: %s", seed, b)
	}
	if p.stalls > 0 || int64(p.shown) < p.size-w.s.o.Need || p.gaveUp > 0 {
		t.Errorf("seed %d: %d stalls, shown %.0f of %d, given up %d", seed, p.stalls, p.shown, p.size, p.gaveUp)
	}
	if limit := r.Fetched/50 + r.Window; r.Wasted > limit {
		t.Errorf("seed %d: %d bytes wasted, at most %d", seed, r.Wasted, limit)
	}
}

// TestWindowOfAFastLine is short: who stops has paid for little.
func TestWindowOfAFastLine(t *testing.T) {
	const need = 625_000
	size := int64(5 * 60 * need)
	w := newWorld(3, packs(rand.New(rand.NewPCG(3, 2)), size), Options{Need: need}, size)
	w.line = func(time.Duration) float64 { return 40 * need }
	w.run(time.Minute)
	ahead := w.s.Report().Fetched - int64(w.player.shown)
	if most := int64((12+w.player.buffer)*need) + 2*(3<<20); len(w.bad) > 0 || ahead > most {
		t.Errorf("%d bytes ahead of the picture, at most %d; %q", ahead, most, w.bad)
	}
}
