package fetch

import "time"

// check looks at one order before it is carried out.
func (w *world) check(o Order) {
	p := w.l.Parts[max(o.Part, 0)]
	same := 0
	for _, f := range w.flights {
		if f.order.Part == o.Part {
			same++
		}
	}
	switch {
	case o.Kind == Cancel && w.flights[o.ID] == nil:
		w.fail("cancels %d, which does not run", o.ID)
	case o.Kind != Start:
	case w.flights[o.ID] != nil:
		w.fail("fetch %d twice", o.ID)
	case o.Gateway < 0 || o.Gateway >= len(w.nodes):
		w.fail("gateway %d", o.Gateway)
	case w.here[o.Part] >= p.Size:
		w.fail("part %d is here and is fetched", o.Part)
	case same > 1 || same == 1 && o.Why != Hedge:
		w.fail("part %d is fetched %d times", o.Part, same+1)
	case w.o.Resume != (o.From > 0) && (o.From > 0 || w.here[o.Part] > 0) || o.From > w.here[o.Part]:
		w.fail("part %d from %d on, of which %d bytes are here", o.Part, o.From, w.here[o.Part])
	case o.Why != Hedge && w.failed[o.Part] > 0 && w.now < w.failed[o.Part]+firstPause:
		w.fail("part %d failed at %v, and is asked for again at once", o.Part, w.failed[o.Part])
	case o.Why > Hedge && len(w.flights) >= w.o.Parallel:
		w.fail("part %d is begun ahead of any reader beside %d others", o.Part, len(w.flights))
	case o.Why == Ahead:
		w.checkAhead(o)
	}
}

// checkAhead: nothing is begun ahead of what a reader waits for, and nothing
// behind the window.
func (w *world) checkAhead(o Order) {
	if w.player.waiting > 0 && !w.coming(w.player.read) {
		w.fail("part %d ahead of what the reader waits for at %d", o.Part, w.player.read)
	}
	from := int64(-1)
	for i, e := range w.l.Extents {
		if e.Part == o.Part && w.starts[i]+e.Len > w.player.seen {
			from = w.starts[i]
			break
		}
	}
	if limit := w.player.seen + w.s.Report().Window; from < 0 || from > limit {
		w.fail("part %d at %d is fetched, which is behind the window up to %d", o.Part, from, limit)
	}
}

// coming tells whether the part of a byte is being fetched.
func (w *world) coming(off int64) bool {
	part := w.l.Extents[w.extent(off)].Part
	for _, f := range w.flights {
		if f.order.Part == part {
			return true
		}
	}
	return false
}

// doubles is how many fetches run for parts that were asked for twice.
func (w *world) doubles() (n int) {
	parts := map[int]bool{}
	for _, f := range w.flights {
		if parts[f.order.Part] {
			n++
		}
		parts[f.order.Part] = true
	}
	return n
}

// checkAll looks at the whole after a decision.
func (w *world) checkAll() {
	r := w.s.Report()
	waiting := 0
	if w.player.waiting > 0 {
		waiting = 1
	}
	switch {
	case r.Fetched != w.told || r.Wasted < 0 || r.Wasted > r.Fetched:
		w.fail("%d bytes came, %d told, %d wasted", w.told, r.Fetched, r.Wasted)
	case r.Running != len(w.flights):
		w.fail("%d fetches run, %d known", len(w.flights), r.Running)
	case len(w.flights) > w.o.Parallel+1+w.doubles(): // one may have been begun for a reader that has left
		w.fail("%d fetches run at a time", len(w.flights))
	case waiting == 1 && w.player.waiting < w.now-10*time.Second && w.next == 0 && len(w.flights) == 0:
		w.fail("a reader waits, and nothing is planned")
	case waiting == 1 && w.next == 0 && len(w.flights) > 0:
		w.fail("a reader waits, and nobody looks again if no news comes")
	case waiting == 1 && !w.coming(w.player.read) && w.s.parts[w.l.Extents[w.extent(w.player.read)].Part].tries == 0:
		w.fail("a reader waits at %d, and its part is not fetched", w.player.read)
	}
}
