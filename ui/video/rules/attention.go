package rules

import "time"

// Rest is how long the controls stay after the pointer came to rest.
const Rest = 2500 * time.Millisecond

// Reasons say why controls have to stay although nobody moves.
type Reasons struct {
	NoPlayer bool // nothing plays at all
	Paused   bool // by the user
	Ended    bool
	Trouble  bool // something went wrong, and there is a choice to make
	Asking   bool // a question is in the picture
	Held     bool // the bar is held
	Pointed  bool // the pointer is on the bar, and what is there is shown
	Focused  bool // the keyboard is on one of the controls
	Heard    bool // it is something to hear: there is no picture to look at
	Covered  bool // a menu or a list of keys lies over the picture
}

// Any tells whether there is a reason.
func (r Reasons) Any() bool { return r != Reasons{} }

// Attention knows when somebody moved last. The zero value is somebody who
// never did.
type Attention struct{ last time.Time }

// Stir notes a move.
func (a *Attention) Stir(now time.Time) { a.last = now }

// Shown tells whether the controls are to be seen.
func (a *Attention) Shown(now time.Time, r Reasons) bool { return r.Any() || a.Left(now) > 0 }

// Left is how long the controls stay yet if nobody moves, zero when they may
// go.
func (a *Attention) Left(now time.Time) time.Duration {
	if a.last.IsZero() {
		return 0
	}
	return max(0, Rest-now.Sub(a.last))
}
