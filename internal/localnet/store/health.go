package store

import (
	"math"

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

// tierOf is the class of a node with that score: below 80 points it has one
// class less, below 60 two, below 40 none is left.
func tierOf(initial int, score float64) int {
	if score < leaveBelow {
		return 0
	}
	lost := int(math.Ceil((node.FullScore-score)/tierStep)) - 1
	return max(0, min(initial, initial-max(0, lost)))
}

// health is what happened on a node since the last look.
type health struct {
	harm float64
}

// blame notes bad news of a node.
func (s *Store) blame(n *node.Node, harm float64) {
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	if m := s.fleet.members[n.Address()]; m != nil {
		m.health.harm += harm
	}
}
