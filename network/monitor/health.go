package monitor

import (
	"cmp"
	"time"
)

// State is how a node is, as far as can be told.
type State int

// States of a node.
const (
	Unheard  State = iota // nothing was heard of it yet
	Online                // the network counts it as there
	Offline               // it answers, and the network does not count it as there
	Silent                // it does not answer
	Refusing              // it answers, and does not take the token
)

// Patience is how long a node must be off before its owner is told, if nobody
// says otherwise: a node that connects again is not off. With the time that a
// broken line takes to be noticed (75 s) it stays below two minutes.
const Patience = 30 * time.Second

// Health decides when the owner of a node is told that it went off, and that it
// is back. The zero value has heard nothing.
type Health struct {
	state State
	since time.Time     // of state
	told  State         // what the owner knows; Unheard for nothing
	heard time.Time     // the last time that it answered
	held  time.Time     // nothing bad is told before
	after time.Duration // how long it must be off; 0: Patience
}

// NewHealth goes on with what the owner was told last; Unheard for nothing.
func NewHealth(told State) Health { return Health{told: told} }

// Told is what the owner knows.
func (h *Health) Told() State { return h.told }

// Hold tells nothing bad before a time.
func (h *Health) Hold(until time.Time) { h.held = until }

// State returns how the node is and since when.
func (h *Health) State() (State, time.Time) { return h.state, h.since }

// Heard notes what the node said at a time.
func (h *Health) Heard(at time.Time, online bool) {
	h.heard = at
	if online {
		h.set(at, Online)
	} else {
		h.set(at, Offline)
	}
}

// Lost notes that nothing is heard at a time.
func (h *Health) Lost(at time.Time) { h.set(at, Silent) }

// Refused notes that the node answers and does not take the token.
func (h *Health) Refused(at time.Time) {
	h.heard = at
	h.set(at, Refusing)
}

func (h *Health) set(at time.Time, s State) {
	if s != h.state {
		h.state, h.since = s, at
	}
}

// News returns what the owner must be told at a time, and when to ask again if
// nothing happens before; zero: only after something was noted. A node that
// was never online since it is followed is told of too: its owner expects it to
// be.
func (h *Health) News(at time.Time) (news State, tell bool, again time.Time) {
	switch {
	case h.state == h.told || h.state == Unheard:
		return 0, false, time.Time{}
	case h.state == Online:
		back := h.told != Unheard
		h.told = Online
		return Online, back, time.Time{}
	case h.state != Refusing && (h.told == Offline || h.told == Silent): // it is off anyhow
		h.told = h.state
		return 0, false, time.Time{}
	}
	if due := h.due(); at.Before(due) {
		return 0, false, due
	}
	h.told = h.state
	return h.state, true, time.Time{}
}

// due is when a state that is not good may be told.
func (h *Health) due() time.Time {
	due := h.since.Add(cmp.Or(h.after, Patience))
	if due.Before(h.held) {
		due = h.held
	}
	return due
}
