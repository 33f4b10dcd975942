package fetch

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// TestSilentNodes: what two nodes keep to themselves comes from the third, and
// no news is needed to find that out.
func TestSilentNodes(t *testing.T) {
	w := newWorld(1, packs(rand.New(rand.NewPCG(1, 2)), 40<<20), Options{Gateways: 3}, 40<<20)
	w.line = func(time.Duration) float64 { return 4 << 20 }
	w.nodes[0].silent, w.nodes[1].silent = 10*time.Second, time.Second
	w.run(time.Minute)
	for _, b := range w.bad {
		t.Error(b)
	}
	if p := w.player; p.longest > 5*time.Second || p.shown < 0.8*float64(p.size) {
		t.Errorf("waited %v, shown %.0f of %d bytes", p.longest, p.shown, p.size)
	}
}

// TestRefusedWhileAskedTwice: the silent one that is left is not waited for.
func TestRefusedWhileAskedTwice(t *testing.T) {
	w := newWorld(1, blocks(10<<20, 1<<20), Options{Gateways: 3}, 10<<20)
	w.line = func(time.Duration) float64 { return 4 << 20 }
	w.latency = 1300 * time.Millisecond // so that the second is asked before the first refuses
	w.nodes[0].refuse, w.nodes[1].silent = true, time.Second
	w.run(10 * time.Second)
	for _, b := range w.bad {
		t.Error(b)
	}
	if p := w.player; !p.started || p.longest > 6*time.Second {
		t.Errorf("waited %v", p.longest)
	}
}

// TestCrawlingNode: once a node was found to crawl, what comes next is asked of
// the other one: what is asked for twice is paid twice.
func TestCrawlingNode(t *testing.T) {
	w := newWorld(1, packs(rand.New(rand.NewPCG(1, 2)), 60<<20), Options{Gateways: 2}, 60<<20)
	w.line = func(time.Duration) float64 { return 4 << 20 }
	w.run(10 * time.Second)
	w.nodes[0].cap = 20_000
	w.run(90 * time.Second)
	for _, b := range w.bad {
		t.Error(b)
	}
	const most = 90 / 5 // it stands back for five seconds each time
	if p, r := w.player, w.s.Report(); p.stalls > 0 || r.Hedged > most {
		t.Errorf("%d stalls, asked twice %d times", p.stalls, r.Hedged)
	}
}

// TestOneWhoRefuses is not asked twice for the same part, and one who refuses
// twice is not all of them.
func TestOneWhoRefuses(t *testing.T) {
	s, err := New(blocks(10<<20, 5<<20), Options{Gateways: 2}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var asked []int
	for now := time.Second; len(asked) < 3 && now < 2*time.Minute; now += 30 * time.Second {
		s.Wait(now, 1, 0)
		for range 10 {
			orders, again := s.Decide(now)
			for _, o := range orders {
				if o.Kind == GiveUp {
					t.Fatal("given up, though one gateway never refused")
				}
				if asked = append(asked, o.Gateway); o.Gateway == 0 {
					s.End(now, o.ID, Refused)
				}
			}
			now = max(now, again)
		}
		s.Leave(1)
		s.Wait(now, 2, 6<<20) // a jump ends what was asked for
		s.Decide(now)
		s.Leave(2)
	}
	if slices.Index(asked[1:], 0) >= 0 {
		t.Errorf("asked %v", asked)
	}
}

// TestPatienceBeginsWithWaiting: what failed long before, for somebody who went
// elsewhere, does not count against a part.
func TestPatienceBeginsWithWaiting(t *testing.T) {
	s, err := New(blocks(10<<20, 5<<20), Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tries := func(begin, end time.Duration) (gaveUp bool) {
		s.Wait(begin, 1, 0)
		for now := begin; now < end; now += 100 * time.Millisecond {
			orders, _ := s.Decide(now)
			for _, o := range orders {
				gaveUp = gaveUp || o.Kind == GiveUp
				if o.Kind == Start {
					s.End(now, o.ID, Failed)
				}
			}
		}
		return gaveUp
	}
	if tries(0, Patience-time.Second) {
		t.Error("given up early")
	}
	s.Leave(1)
	if tries(2*time.Hour, 2*time.Hour+Patience-time.Second) {
		t.Error("given up for failures of long ago")
	}
	if !tries(2*time.Hour+Patience-time.Second, 2*time.Hour+Patience+mostPause) {
		t.Error("never given up")
	}
}
