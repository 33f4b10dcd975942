package store

import (
	"math"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// Changes of a node's score. Bad news are gathered between two looks and count
// at the next, up to mostHarm.
const (
	harmCorrupt = 5  // a copy failed its proof
	harmRead    = 10 // a copy could not be read
	harmWrite   = 20 // a copy could not be written
	harmSlow    = 15 // reads were slow beside those of the others
	harmAbsent  = 25 // it did not serve
	mostHarm    = 25
	goodLook    = 10 // a look without bad news
)

// Scores at which a node leaves and enters service, and how many points cost
// it one tier.
const (
	leaveBelow = 40
	enterFrom  = 60
	tierStep   = 20
)

// A node is slow when its reads take slowTimes as long as those of the node in
// the middle, and longer than slowFloor for a MiB: below that, chance decides.
const (
	slowTimes = 4
	slowFloor = 50 * time.Millisecond
	slowReads = 4 // fewer say nothing, except on a node out of service
)

// tierOf is the class of a node with that score: below 80 points it has one
// class less, below 60 two, below 40 none is left.
func tierOf(initial int, score float64) int {
	if score < leaveBelow {
		return 0
	}
	lost := int(math.Ceil((node.FullScore-score)/tierStep)) - 1
	return max(0, initial-max(0, lost))
}

// health is what happened on a node since the last look.
type health struct {
	harm  float64
	reads int
	bytes int64
	spent time.Duration // in reads
}

// pace is the time that a MiB takes; known is false after too few reads.
func (h health) pace(least int) (pace time.Duration, known bool) {
	if h.reads < least || h.bytes == 0 {
		return 0, false
	}
	return time.Duration(float64(h.spent) * (1 << 20) / float64(h.bytes)), true
}

// blame notes bad news of a node.
func (s *Store) blame(n *node.Node, harm float64) {
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	if m := s.fleet.members[n.Address()]; m != nil {
		m.health.harm += harm
	}
}

// timed notes how long a read on a node took.
func (s *Store) timed(n *node.Node, bytes int64, took time.Duration) {
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	if m := s.fleet.members[n.Address()]; m != nil {
		m.health.reads++
		m.health.bytes += bytes
		m.health.spent += took
	}
}

// blameSlow finds the nodes whose reads were slow since the last look. The
// fleet is locked.
func (f *fleet) blameSlow() {
	var paces []time.Duration
	for _, m := range f.members {
		if p, known := m.health.pace(slowReads); known && !m.Suspended {
			paces = append(paces, p)
		}
	}
	if len(paces) == 0 {
		return
	}
	slices.Sort(paces)
	middle := paces[(len(paces)-1)/2]
	for _, m := range f.members {
		least := slowReads
		if m.Suspended {
			least = 1
		}
		if p, known := m.health.pace(least); known && p > slowFloor && p > slowTimes*middle {
			m.health.harm += harmSlow
		}
	}
}

// rate brings the news since the last look into the score, and the score into
// tier and service. Nobody is put out of service while fewer than need others
// would be left. The fleet is locked.
func (f *fleet) rate(m *member, need int, now int64) {
	score := min(node.FullScore, m.Score+goodLook)
	if m.health.harm > 0 {
		score = max(0, m.Score-min(m.health.harm, mostHarm))
	}
	m.health = health{}
	suspended := m.Suspended
	switch {
	case suspended && score >= enterFrom:
		suspended = false
	case !suspended && score < leaveBelow && f.inService(m) >= need:
		suspended = true
	}
	if suspended != m.Suspended {
		m.Suspended, m.Since = suspended, now
		m.dirty = true
	}
	if score != m.Score {
		m.Score, m.dirty = score, true
	}
}

// inService counts the nodes besides one that take new slices.
func (f *fleet) inService(besides *member) int {
	count := 0
	for _, m := range f.members {
		if m != besides && m.node != nil && m.node.Online() && !m.Suspended && !m.Draining {
			count++
		}
	}
	return count
}
