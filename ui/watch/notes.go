package watch

import (
	"time"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// When the place of a video is remembered.
const (
	noteEvery = 10 * time.Second // while it plays
	longPause = 30 * time.Second // then nobody may come back soon
)

// notes decides when the place of a video is remembered. The zero value is for
// a video that was not seen yet.
type notes struct {
	state  playback.State // the last that was worth a note
	known  bool
	noted  time.Time
	paused time.Time // since; zero while it plays
	rested bool      // the long pause was noted
}

// see takes in how a video stands, once a second or so. due tells whether its
// place is to be remembered now, last that this may be the last word for long.
func (n *notes) see(s playback.State, now time.Time) (due, last bool) {
	if !s.Shown || s.Duration <= 0 || s.Problem != nil {
		return false, false
	}
	n.state, n.known = s, true
	if s.Paused || s.Ended {
		if n.paused.IsZero() {
			n.paused = now
		}
		due = !n.rested && now.Sub(n.paused) >= longPause
		n.rested = n.rested || due
		return due, due
	}
	n.paused, n.rested = time.Time{}, false
	if n.noted.IsZero() {
		n.noted = now
	}
	if now.Sub(n.noted) < noteEvery {
		return false, false
	}
	n.noted = now
	return true, false
}

// place is where the video stands; ok is false for one that nobody saw.
func (n *notes) place() (at, length time.Duration, ok bool) {
	seconds := func(f float64) time.Duration { return time.Duration(f * float64(time.Second)) }
	at = seconds(n.state.Position)
	if n.state.Ended {
		at = seconds(n.state.Duration)
	}
	return at, seconds(n.state.Duration), n.known
}
