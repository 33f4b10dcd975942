package gateway

import (
	"math/rand/v2"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
)

// quirks are the habits of the real network that can be switched on.
type quirks struct {
	answer   time.Duration // what an answer of the meta node takes
	patience time.Duration // how long the node waits for an answer of the meta node that does not come
	inner    time.Duration // how long it waits for the other half of an upload call
	reply    time.Duration // answers to clients that take longer are lost; 0: none are
	send     time.Duration // state 1 for so long after an upload was accepted
	confirm  time.Duration // and state 4 for so long after that

	waits         bool // hang and wait where the reference does, instead of answering at once
	crashes       bool // a refused shared video crashes its call
	lateRefusal   bool // what the meta node has against an upload shows only after all bytes were sent
	keepStopped   bool // a stopped upload goes on blocking its hash, and nobody may take one over
	endRefused    bool // a refused uploadSign ends its upload
	shareFetched  bool // whoever knows the hash of what the node has lying around gets it
	mixDeletions  bool // two deletions of one file at once take each other's answers
	shuffleSlices bool // slices are handed out in any order
	hidePassword  bool // requestShare keeps the password of a private share
	dropPassword  bool // shared videos lose the password that was given as a query
	emptyClear    bool // requestClearExpiredShareLinks answers nothing
}

// chooseQuirks returns none, or those of the reference. Its delays: every
// packet between node and meta node lies still for 100 ms, a task looks after
// accepted uploads every 10 s, its HTTP server gives up answers after 30 s.
func chooseQuirks(faithful bool) quirks {
	if !faithful {
		return quirks{}
	}
	return quirks{
		answer: 104 * time.Millisecond, patience: 10 * time.Second, inner: 60 * time.Second, reply: 30 * time.Second,
		send: 10 * time.Second, confirm: 200 * time.Millisecond,
		waits: true, crashes: true, lateRefusal: true, keepStopped: true, endRefused: true, shareFetched: true,
		mixDeletions: true, shuffleSlices: true, hidePassword: true, dropPassword: true, emptyClear: true,
	}
}

// How many answers of the meta node and of storage nodes a call waits for, one
// after the other, as measured on the reference.
const (
	oneAnswer       = 1
	signAnswers     = 2 // the file's slices and their places
	downloadAnswers = 5 // the file's slices, then the first of them
	videoAnswers    = 5
)

// inOrder and shuffled are orders in which slices are handed out.
func inOrder(slices []meta.Slice) []meta.Slice { return slices }

func shuffled(slices []meta.Slice) []meta.Slice {
	slices = append([]meta.Slice(nil), slices...)
	rand.Shuffle(len(slices), func(i, j int) { slices[i], slices[j] = slices[j], slices[i] })
	return slices
}

func chooseOrder(q quirks) func([]meta.Slice) []meta.Slice {
	if q.shuffleSlices {
		return shuffled
	}
	return inOrder
}
