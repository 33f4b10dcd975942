package sim

import (
	"maps"
	"math/rand/v2"
	"slices"
	"time"
)

// season lets weeks pass in which most devices are on now and then. One of them
// may sleep meanwhile, in the middle of a sync: what it has read by then is old
// when it goes on.
func (w *world) season(d *device, rng *rand.Rand) {
	if rng.IntN(4) > 0 {
		w.calmAll()
	}
	rounds, pauses := 3, []time.Duration{3 * day, 5 * day, 12 * day}
	if rng.IntN(2) == 0 {
		w.shut(d, rng)
		rounds, pauses = 2, []time.Duration{31 * day, 40 * day}
	}
	for range rounds {
		for _, o := range w.devices {
			if o.asleep || len(w.errs) > 0 {
				continue
			}
			for range 1 + rng.IntN(4) {
				(&person{o, rng}).edit()
			}
			w.visit(o, rng)
		}
		w.work(rng, longest)
		w.wait(pickOf(rng, pauses))
		w.finished()
	}
	if rng.IntN(4) > 0 {
		d.wake()
		w.work(rng, 1000)
	}
}

// shut sends a device to sleep; it wakes when something is done with it. What
// somebody put back there just before, others have mostly forgotten.
func (w *world) shut(d *device, rng *rand.Rand) {
	u := &person{d, rng}
	if old := w.past(); len(old) > 0 {
		u.save(u.place(), pickOf(rng, old))
	}
	d.sync()
	for range rng.IntN(60) {
		if !w.stepOf(rng, func(o *device) bool { return o == d }) {
			break
		}
	}
	w.note("%s: falls asleep", d.name)
	d.asleep = true
}

// past returns what was saved once and is in no folder now.
func (w *world) past() []string {
	now := map[string]bool{}
	for _, d := range w.devices {
		for _, s := range d.look() {
			now[s.content] = true
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(w.model.saved)), func(body string) bool { return now[body] })
}

func (d *device) wake() {
	if d.asleep {
		d.w.note("%s: wakes up", d.name)
		d.asleep, d.woke = false, true
	}
}

func (w *world) calmAll() {
	for _, d := range w.devices {
		asleep := d.asleep
		d.calm()
		d.asleep = asleep
	}
}

// afterSleep looks at all that must be there when a device that has slept has
// published: it may have relied on what others deleted meanwhile, and its next
// sync would send that again.
func (d *device) afterSleep(r result) {
	if d.woke && r.err == nil && r.sum.Published && len(d.w.errs) == 0 {
		d.w.model.checkHistory()
	}
	d.woke = false
}
