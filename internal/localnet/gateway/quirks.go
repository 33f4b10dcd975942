package gateway

import (
	"math/rand/v2"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
)

// quirks are the habits of the real network that can be switched on.
type quirks struct {
	finishDelay   time.Duration // state 1 for so long after uploadSign
	shuffleSlices bool          // slices are handed out in any order
	hidePassword  bool          // requestShare keeps the password of a private share
	emptyClear    bool          // requestClearExpiredShareLinks answers nothing
	lateRefusal   bool          // missing ozone shows only after all bytes were sent
}

func chooseQuirks(faithful bool) quirks {
	if !faithful {
		return quirks{}
	}
	return quirks{
		finishDelay:   10 * time.Second,
		shuffleSlices: true,
		hidePassword:  true,
		emptyClear:    true,
		lateRefusal:   true,
	}
}

// order returns the slices in the order in which they are handed out.
func (q quirks) order(slices []meta.Slice) []meta.Slice {
	if q.shuffleSlices {
		slices = append([]meta.Slice(nil), slices...)
		rand.Shuffle(len(slices), func(i, j int) { slices[i], slices[j] = slices[j], slices[i] })
	}
	return slices
}
