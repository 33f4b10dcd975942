package fetch

import (
	"maps"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/span"
)

// Scheduler decides for one video. Times are counted from any fixed moment and
// never go back. It is not safe for several goroutines.
type Scheduler struct {
	o       Options
	layout  Layout
	holds   [][]int // by part: its extents
	lead    []int   // parts that hold header or index
	parts   []part
	running map[int]*running
	nextID  int

	waits map[int]wait // readers that wait
	spots []spot       // where is read, the newest first
	route gateways
	line  line

	fetched int64    // bytes that came
	came    span.Set // bytes of the video that came
	served  span.Set // bytes of the video that a player got
	hedged  int
	moved   int

	orders []Order
	wake   time.Duration // when to decide again
	wanted map[int]bool  // parts of the windows, as of this decision
}

// part is what is known of a part.
type part struct {
	here     int64 // bytes from its start on that are here
	fetches  int   // running now
	tries    int   // failures in a row
	failing  time.Duration
	pause    time.Duration // not to be tried before
	asked    int           // times it was asked for once more, since something came
	refused  map[int]bool  // gateways where no other try helps
	hopeless bool          // that is all of them
}

// wait is what a reader waits for.
type wait struct {
	off   int64
	since time.Duration // for something of that part
}

// running is a fetch.
type running struct {
	id, part, gateway int
	from, got         int64
	began, last       time.Duration // last: when something came
	stale             time.Duration // since when nobody wants it; 0 = wanted
	hedge             bool
}

// New returns a scheduler for a video. here tells how much of each part, from
// its start on, lies on this computer already; nil for nothing.
func New(l Layout, o Options, here func(part int) int64) (*Scheduler, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	s := &Scheduler{
		o: o, layout: Layout{slices.Clone(l.Parts), slices.Clone(l.Extents)}, holds: make([][]int, len(l.Parts)),
		parts: make([]part, len(l.Parts)), running: map[int]*running{}, waits: map[int]wait{}, wanted: map[int]bool{},
		route: newGateways(o.Gateways), line: line{latency: o.Latency},
	}
	for i, e := range l.Extents {
		s.holds[e.Part] = append(s.holds[e.Part], i)
	}
	for i, p := range l.Parts {
		if p.Lead {
			s.lead = append(s.lead, i)
		}
		if here != nil {
			s.parts[i].here = here(i)
		}
	}
	return s, nil
}

// Wait tells that a reader waits for the byte at an offset. It goes on waiting
// until Serve or Leave.
func (s *Scheduler) Wait(now time.Duration, reader int, off int64) {
	w, waits := s.waits[reader]
	if !waits || s.partAt(w.off) != s.partAt(off) {
		w.since = now
	}
	w.off = off
	s.waits[reader] = w
	s.touch(now, off, 0)
}

// Serve tells that a reader got n bytes at an offset.
func (s *Scheduler) Serve(now time.Duration, reader int, off, n int64) {
	delete(s.waits, reader)
	s.served.Add(off, n)
	s.touch(now, off, n)
}

// Leave tells that a reader does not wait any more.
func (s *Scheduler) Leave(reader int) { delete(s.waits, reader) }

// Arrive tells that a fetch brought n more bytes of its part.
func (s *Scheduler) Arrive(now time.Duration, id int, n int64) {
	f := s.running[id]
	if f == nil || n <= 0 {
		return
	}
	if f.got == 0 {
		s.line.began(now - f.began)
	}
	f.got += n
	f.last = now
	s.fetched += n
	s.line.came(n)
	p := &s.parts[f.part]
	p.asked = 0
	if at := f.from + f.got; at > p.here {
		s.note(f.part, p.here, at)
		p.here = at
	}
}

// note keeps account of what part of the video came with some bytes of a part.
func (s *Scheduler) note(part int, from, to int64) {
	for _, i := range s.holds[part] {
		e := s.layout.Extents[i]
		if a, b := e.usable(from), e.usable(to); b > a {
			s.came.Add(e.Off+a, b-a)
		}
	}
}

// Size tells how large a part is that was guessed.
func (s *Scheduler) Size(part int, size int64) {
	p := &s.layout.Parts[part]
	if !p.Guessed || size <= 0 {
		return
	}
	p.Size, p.Guessed = size, false
	for _, i := range s.holds[part] {
		s.layout.Extents[i].Len = size - s.layout.Extents[i].At
	}
}

// End tells how a fetch ended. One that was cancelled needs no End.
func (s *Scheduler) End(now time.Duration, id int, how Outcome) {
	f := s.running[id]
	if f == nil {
		return
	}
	s.forget(now, f)
	p := &s.parts[f.part]
	whole := p.here >= s.layout.Parts[f.part].Size
	if whole || how == Done && s.layout.Parts[f.part].Guessed {
		s.route.well(f.gateway)
		p.forgive()
		return
	}
	if p.tries++; p.tries == 1 {
		p.failing = now
	}
	p.pause = now + min(firstPause<<min(p.tries-1, 8), mostPause)
	if how == Refused {
		p.refuse(f.gateway)
	}
	p.hopeless = len(p.refused) >= s.o.Gateways
	s.route.fail(f.gateway, now)
}

func (p *part) refuse(gateway int) {
	if p.refused == nil {
		p.refused = map[int]bool{}
	}
	p.refused[gateway] = true
}

// forgive forgets failures.
func (p *part) forgive() {
	p.tries, p.refused, p.hopeless, p.failing, p.pause = 0, nil, false, 0, 0
}

// Lost tells that a part is not here any more, or not as it should be.
func (s *Scheduler) Lost(part int) { s.parts[part].here = 0 }

// Need tells how many bytes per second the video takes on average.
func (s *Scheduler) Need(rate int64) {
	if rate > 0 {
		s.o.Need = rate
	}
}

func (s *Scheduler) forget(now time.Duration, f *running) {
	delete(s.running, f.id)
	s.parts[f.part].fetches--
	s.line.busy(now, len(s.running))
}

// Decide returns what is to be done now, and when to ask again if nothing
// happens until then; 0 for never.
func (s *Scheduler) Decide(now time.Duration) (orders []Order, again time.Duration) {
	s.orders, s.wake = nil, 0
	s.line.tick(now)
	s.look()
	for _, id := range s.ids() {
		s.drop(now, s.running[id])
	}
	for _, reader := range slices.Sorted(maps.Keys(s.waits)) {
		s.hurry(now, s.waits[reader])
	}
	for _, id := range s.ids() {
		s.hedge(now, s.running[id])
	}
	s.ahead(now)
	return s.orders, s.wake
}

func (s *Scheduler) ids() []int { return slices.Sorted(maps.Keys(s.running)) }

// later asks for another decision at a time.
func (s *Scheduler) later(at time.Duration) {
	if s.wake == 0 || at < s.wake {
		s.wake = at
	}
}

func (s *Scheduler) whole(part int) bool {
	return !s.layout.Parts[part].Guessed && s.parts[part].here >= s.layout.Parts[part].Size
}

func (s *Scheduler) start(now time.Duration, part, gateway int, why Reason) {
	f := &running{id: s.nextID, part: part, gateway: gateway, began: now, last: now, hedge: why == Hedge}
	if s.o.Resume {
		f.from = s.parts[part].here
	}
	s.nextID++
	s.running[f.id] = f
	s.parts[part].fetches++
	s.line.busy(now, len(s.running))
	if gateway != 0 && s.route.use(gateway) {
		s.moved++
	}
	s.later(now + s.patience(f)) // it may bring nothing, and no news
	s.orders = append(s.orders, Order{Kind: Start, ID: f.id, Part: part, From: f.from, Gateway: gateway, Why: why})
}

func (s *Scheduler) cancel(now time.Duration, f *running) {
	s.orders = append(s.orders, Order{Kind: Cancel, ID: f.id, Part: f.part, Gateway: f.gateway})
	s.forget(now, f)
}
