package client

import (
	"net/http"
	"sync"
	"time"
)

// skews are how far the clocks of gateways were from ours when they answered
// last, by the address of the call.
type skews struct {
	mu sync.Mutex
	of map[string]time.Duration
}

// note reads the Date of an answer to a call that was sent and answered at these
// times. A date between them agrees with our clock; it is cut to whole seconds.
func (s *skews) note(address string, h http.Header, sent, answered time.Time) {
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return
	}
	behind := max(0, date.Sub(answered))
	if ahead := sent.Sub(date.Add(time.Second)); ahead > 0 {
		behind = -ahead
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of == nil {
		s.of = map[string]time.Duration{}
	}
	s.of[address] = behind
}

// least is the smallest of them: a clock of ours that is wrong is wrong for all
// gateways.
func (s *skews) least() (behind time.Duration, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, each := range s.of {
		if !known || each.Abs() < behind.Abs() {
			behind, known = each, true
		}
	}
	return behind, known
}

// ClockBehind tells by how much the clock of this computer is behind the
// gateways' (below zero: ahead), to about a second and the time that a call
// takes; known is false before a gateway told its time. Of several gateways the
// one that agrees most counts.
func (c *Client) ClockBehind() (behind time.Duration, known bool) { return c.skews.least() }
