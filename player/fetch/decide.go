package fetch

import (
	"cmp"
	"slices"
	"time"
)

const (
	// opening is how much is fetched ahead of a reader that has only begun.
	opening = 1 << 20
	// nearlyDone is how little may be left of a fetch that nobody wants for it
	// to be worth finishing.
	nearlyDone = 64 << 10
	// grace is how long a fetch that nobody wants goes on while nobody waits.
	grace = 2 * time.Second
)

// look notes which parts the windows hold, twice as far as they are filled: a
// window that shrinks a little cancels nothing.
func (s *Scheduler) look() {
	clear(s.wanted)
	for i, spot := range s.spots {
		if i == 0 || spot.kept() {
			s.walk(spot.at, 2*s.reach(spot), func(part int, _ int64) bool {
				s.wanted[part] = true
				return true
			})
		}
	}
	for _, w := range s.waits {
		if n := s.partAt(w.off); n >= 0 {
			s.wanted[n] = true
		}
	}
}

// walk calls each with the parts that hold the next n bytes of the video, and
// how far ahead they begin, until it returns false.
func (s *Scheduler) walk(off, n int64, each func(part int, ahead int64) bool) {
	ahead, last := int64(0), -1
	for i := s.layout.find(off); i < len(s.layout.Extents) && ahead < n; i++ {
		e := s.layout.Extents[i]
		if e.Part != last && !each(e.Part, ahead) {
			return
		}
		last = e.Part
		ahead += e.Off + e.Len - max(off, e.Off)
	}
}

// drop cancels a fetch that is of no use any more.
func (s *Scheduler) drop(now time.Duration, f *running) {
	left := s.layout.Parts[f.part].Size - f.from - f.got
	switch {
	case s.whole(f.part):
		s.cancel(now, f)
	case s.wanted[f.part] || left <= nearlyDone && !s.layout.Parts[f.part].Guessed:
		f.stale = 0
	case len(s.waits) > 0:
		s.cancel(now, f)
	case f.stale == 0:
		f.stale = max(now, 1)
		s.later(f.stale + grace)
	case now >= f.stale+grace:
		s.cancel(now, f)
	default:
		s.later(f.stale + grace)
	}
}

// hurry fetches what a reader waits for. It is given up when it has failed all
// the time that a patient reader waited: what failed before does not count.
func (s *Scheduler) hurry(now time.Duration, w wait) {
	n := s.partAt(w.off)
	if n < 0 {
		return
	}
	p := &s.parts[n]
	switch {
	case p.fetches > 0 || s.whole(n):
	case p.hopeless, p.tries >= leastTries && now-max(p.failing, w.since) >= s.o.Patience:
		p.forgive()
		s.orders = append(s.orders, Order{Kind: GiveUp, Part: n})
	case now < p.pause:
		s.later(p.pause)
	default:
		s.makeRoom(now, w.off)
		s.start(now, n, s.gateway(now, n, -1), Deadline)
	}
}

// makeRoom leaves no more than [Options.Parallel] fetches beside those that
// readers wait for: somebody who jumps back and back again begins one each time,
// and all of them would share the line. What is needed last ends first.
func (s *Scheduler) makeRoom(now time.Duration, off int64) {
	var others []*running
	for _, id := range s.ids() {
		if f := s.running[id]; !s.awaited(f.part) {
			others = append(others, f)
		}
	}
	slices.SortStableFunc(others, func(a, b *running) int { return cmp.Compare(s.distance(off, a.part), s.distance(off, b.part)) })
	for i := s.o.Parallel; i < len(others); i++ {
		s.cancel(now, others[i])
	}
}

// distance is how many bytes of the layout lie between an offset and the next
// ones of a part; what lies before it is farthest.
func (s *Scheduler) distance(off int64, part int) int64 {
	for _, i := range s.holds[part] {
		if e := s.layout.Extents[i]; e.Off+e.Len > off {
			return max(e.Off-off, 0)
		}
	}
	return maxOffset
}

// awaited tells whether a reader waits for something of a part.
func (s *Scheduler) awaited(part int) bool {
	for _, w := range s.waits {
		if s.partAt(w.off) == part {
			return true
		}
	}
	return false
}

// partAt is the part that brings what can be read next from an offset on, -1
// behind the end.
func (s *Scheduler) partAt(off int64) int {
	if i := s.layout.find(off); i < len(s.layout.Extents) {
		return s.layout.Extents[i].Part
	}
	return -1
}

// ahead fills the window.
func (s *Scheduler) ahead(now time.Duration) {
	if len(s.spots) == 0 || !s.clear() {
		return
	}
	for _, n := range s.lead {
		if !s.try(now, n, Lead) {
			return
		}
	}
	spot := s.spots[0]
	s.walk(spot.at, s.reach(spot), func(part int, _ int64) bool { return s.try(now, part, Ahead) })
}

// try begins a part that nobody waits for, unless that has to wait; then it is
// false.
func (s *Scheduler) try(now time.Duration, n int, why Reason) bool {
	p := &s.parts[n]
	switch {
	case p.fetches > 0 || s.whole(n) || p.hopeless || p.tries >= aheadTries:
		return true
	case now < p.pause:
		s.later(p.pause)
		return true
	case len(s.running) >= s.o.Parallel || !s.clear():
		return false
	}
	s.start(now, n, s.gateway(now, n, -1), why)
	return true
}

// clear tells whether the line is free for one more fetch: what runs, and what
// a reader waits for before all, is through about when the new one begins to
// come.
func (s *Scheduler) clear() bool {
	for _, w := range s.waits {
		if n := s.partAt(w.off); n >= 0 && s.parts[n].fetches == 0 {
			return false
		}
	}
	left := int64(0)
	for _, f := range s.running {
		if f.got == 0 && len(s.waits) > 0 {
			return false
		}
		left += max(0, s.layout.Parts[f.part].Size-f.from-f.got)
	}
	return left <= s.line.pipe(s.o.Need)
}
