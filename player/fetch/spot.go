package fetch

import (
	"slices"
	"time"
)

// spot is a place where the video is read. Files whose sound and picture lie
// apart are read at two places in turn.
type spot struct {
	at     int64 // the next byte
	run    int64 // bytes read in a row
	visits int   // times that a reader came back here
	used   time.Duration
}

const (
	spots    = 3
	backward = 1 << 20 // a reader this far before a spot is still there
	forward  = 2 << 20
	settled  = 4 << 20 // bytes in a row after which a spot is the only one
	memory   = 5 * time.Second
)

// kept tells whether a spot that is not the newest is still read.
func (p spot) kept() bool { return p.visits > 1 }

// touch notes that n bytes at an offset were read, or are about to be.
func (s *Scheduler) touch(now time.Duration, off, n int64) {
	i := slices.IndexFunc(s.spots, func(p spot) bool { return s.near(p, off) })
	var p spot
	switch {
	case i < 0:
		p = spot{at: off, visits: 1}
	default:
		p = s.spots[i]
		s.spots = slices.Delete(s.spots, i, i+1)
		if i > 0 {
			p.visits++
		}
	}
	p.run += n
	if p.run >= settled {
		p.visits = 1
		s.spots = nil
	}
	p.at, p.used = off+n, now
	s.spots = slices.DeleteFunc(s.spots, func(old spot) bool { return now-old.used > memory })
	s.spots = slices.Insert(s.spots, 0, p)
	s.spots = s.spots[:min(len(s.spots), spots)]
}

// near tells whether an offset goes on with a spot: close by, or where the next
// segment begins.
func (s *Scheduler) near(p spot, off int64) bool {
	if off >= p.at-backward && off <= p.at+forward {
		return true
	}
	i, k := s.layout.find(max(p.at-1, 0)), s.layout.find(off)
	return k == i+1 && k < len(s.layout.Extents) && s.layout.Extents[k].Off == off
}

// reach is how far ahead of a spot is fetched, in bytes: little where reading
// has only begun, the whole window once it goes on.
func (s *Scheduler) reach(p spot) int64 { return min(opening+4*p.run, s.window()) }

// window is how far ahead of a settled reader is fetched: the less the network
// is faster than the video, the more is kept for bad times.
func (s *Scheduler) window() int64 {
	seconds := int64(20)
	if s.line.rate > 0 {
		switch faster := float64(s.line.rate) / float64(s.o.Need); {
		case faster < 1.25:
			seconds = 120
		case faster < 2:
			seconds = 60
		case faster < 4:
			seconds = 30
		case faster >= 8:
			seconds = 12
		}
	}
	return min(max(seconds*s.o.Need, opening), s.o.Window)
}
