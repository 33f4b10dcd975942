package fetch

import "time"

// How long a fetch may be silent before it is asked for once more, by how long
// the picture can go on without it. Asking twice may be paid twice.
const (
	hedgeWaiting = 800 * time.Millisecond // somebody waits
	hedgeSoon    = 2 * time.Second        // less than comfortable is left
	hedgeLater   = 6 * time.Second
	comfortable  = 8.0 // seconds
	// crawl is the part of the line's speed below which a fetch that has the
	// line for itself is taken for one from a slow node.
	crawl      = 0.25
	crawlSince = 3 * time.Second
)

// hedge asks once more for what does not come.
func (s *Scheduler) hedge(now time.Duration, f *running) {
	p := &s.parts[f.part]
	if p.fetches > 1 && !s.bothSilent(now, f) {
		s.settle(now, f)
		return
	}
	f.hedge = false // the other one is gone
	at := f.last + s.patience(f)
	if now < at && !s.crawls(now, f) {
		s.later(at)
		return
	}
	s.route.slow(f.gateway, now)
	s.hedged++
	p.asked++
	s.start(now, f.part, s.gateway(now, f.part, f.gateway), Hedge)
}

// patience is how long f may bring nothing.
func (s *Scheduler) patience(f *running) time.Duration {
	d := hedgeLater
	switch {
	case s.awaited(f.part):
		d = hedgeWaiting
	case s.Ahead() < comfortable:
		d = hedgeSoon
	}
	return max(d, 4*s.line.latency) << min(max(s.parts[f.part].asked-1, 0), 4)
}

// bothSilent tells whether a part that was asked for twice comes from neither:
// then the first who was asked is given up, so that a third can be.
func (s *Scheduler) bothSilent(now time.Duration, f *running) bool {
	other := s.twin(f)
	if !f.hedge || now < max(f.last, other.last)+s.patience(f) {
		return false
	}
	s.route.fail(other.gateway, now)
	s.cancel(now, other)
	return true
}

// twin is the other fetch of a part that is fetched twice.
func (s *Scheduler) twin(f *running) *running {
	for _, id := range s.ids() {
		if other := s.running[id]; other.part == f.part && other != f {
			return other
		}
	}
	return nil
}

// crawls tells whether f is the only fetch, much slower than the line was, and
// too slow for the picture.
func (s *Scheduler) crawls(now time.Duration, f *running) bool {
	since := now - f.began
	if len(s.running) > 1 || since < crawlSince || f.got == 0 || s.o.Gateways < 2 {
		return false
	}
	rate := float64(f.got) / since.Seconds()
	left := float64(s.layout.Parts[f.part].Size - f.from - f.got)
	return rate < crawl*float64(s.line.best) && left/rate > s.Ahead()
}

// settle ends f if the other fetch of its part is ahead of it and goes on.
func (s *Scheduler) settle(now time.Duration, f *running) {
	other := s.twin(f)
	here, there := f.from+f.got, other.from+other.got
	ahead := there > here || there == here && f.hedge
	if ahead && other.got > 0 && other.last >= f.began && now-other.last < hedgeWaiting/2 {
		if now-f.last >= hedgeWaiting {
			s.route.fail(f.gateway, now)
		}
		s.cancel(now, f)
		return
	}
	s.later(now + hedgeWaiting/2)
}

// Ahead is how many seconds of video can be read from the newest place on
// without fetching.
func (s *Scheduler) Ahead() float64 {
	if len(s.spots) == 0 {
		return 0
	}
	at := s.spots[0].at
	n := int64(0)
	for i := s.layout.find(at); i < len(s.layout.Extents); i++ {
		e := s.layout.Extents[i]
		usable := e.usable(s.parts[e.Part].here)
		n += max(0, e.Off+usable-max(at, e.Off))
		if usable < e.Len || n > s.o.Window {
			break
		}
	}
	return float64(n) / float64(s.o.Need)
}
