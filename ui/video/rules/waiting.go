package rules

import (
	"math"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// Patience is how long a picture may stand still before anybody is told.
const Patience = 500 * time.Millisecond

// Wait is what a picture waits for.
type Wait int

// What a picture waits for.
const (
	Nothing Wait = iota
	Opening      // of the video
	Jumping      // to another place
	Network      // for bytes
)

// WaitOf is what a player waits for.
func WaitOf(s playback.State) Wait {
	switch {
	case s.Problem != nil || s.Ended:
		return Nothing
	case !s.Shown:
		return Opening
	case s.Seeking:
		return Jumping
	case s.Waiting:
		return Network
	}
	return Nothing
}

// Waiting follows how long a picture waits. The zero value waits for nothing.
type Waiting struct {
	kind  Wait
	since time.Time
}

// See notes what the picture waits for now. It returns what is to be said,
// [Nothing] for as long as the wait is short, and how long it takes until
// there may be something to say, 0 for no need to look again.
//
// Going from one wait to another, as a jump does that ends in waiting for the
// network, is one wait for who looks at it.
func (w *Waiting) See(kind Wait, now time.Time) (say Wait, look time.Duration) {
	if w.kind == Nothing || kind == Nothing {
		w.since = now
	}
	w.kind = kind
	if kind == Nothing {
		return Nothing, 0
	}
	if left := Patience - now.Sub(w.since); left > 0 {
		return Nothing, left
	}
	return kind, 0
}

// Percent is a part of what is needed, as a whole number from 0 to 99: with
// all of it there is no wait. ok is false when the part is not known.
func Percent(part float64) (percent int, ok bool) {
	if math.IsNaN(part) || part < 0 {
		return 0, false
	}
	return int(min(99, part*100)), true
}

// refill is how many seconds the player gathers before a picture that stood
// still goes on: cache-pause-wait of mpv's manual.
const refill = 1.0

// Filled is which part of what a picture that stands still needs is there.
func Filled(buffered []playback.Range, position float64) float64 {
	return min(1, Ahead(buffered, position)/refill)
}
