package store

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestScrubberGoesOnAfterARestart: the place is kept, and a round ends.
func TestScrubberGoesOnAfterARestart(t *testing.T) {
	w := newWorld(t, 6, 3)
	w.fill(3, 1)
	for range 4 {
		w.put(randomBytes(rand.New(rand.NewPCG(1, uint64(len(w.contents)))), 1<<20), 1<<20)
	}
	var at scrubber
	pause, err := w.store.scrubOn(t.Context(), &at)
	must(t, err)
	if at.after == "" || pause < scrubBurst*time.Second/time.Duration(w.store.settings.ScrubRate) {
		t.Errorf("place %q, pause %v", at.after, pause)
	}
	w.restart()
	place, began, err := w.meta.ScrubPlace(t.Context())
	if err != nil || place != at.after || began != w.clock.Now().Unix() {
		t.Errorf("place %q %d, %v", place, began, err)
	}
	at = scrubber{after: place, began: began}
	steps := 0
	for ; at.after != ""; steps++ {
		w.clock.pass(time.Minute)
		pause, err = w.store.scrubOn(t.Context(), &at)
		must(t, err)
	}
	if steps < 2 || pause != w.store.settings.ScrubRest-time.Duration(steps)*time.Minute {
		t.Errorf("%d steps, then a pause of %v", steps, pause)
	}
}

// TestMoreDamageThanFits: what the queue of repairs cannot take is found later.
func TestMoreDamageThanFits(t *testing.T) {
	w := newWorld(t, 6, 3)
	w.fill(20, 1)
	w.store.damage.queue = make(chan string, 3)
	w.spoilSome(rand.New(rand.NewPCG(newSeed(t), 3)), 30)
	w.store.proofs = newProofs()
	w.readAll()
	if n := len(w.store.damage.suspects); n > 3 {
		t.Errorf("%d slices wait in a queue of 3", n)
	}
	w.mendAll()
	for at := (scrubber{}); ; {
		_, err := w.store.scrubOn(t.Context(), &at)
		must(t, err)
		if at.after == "" {
			break
		}
	}
	w.clean()
}
