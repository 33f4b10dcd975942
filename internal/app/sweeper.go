package app

import (
	"sync/atomic"

	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// sweeper overwrites what is left of secrets in freed memory, in the
// background. Wishes that come while it works become one more sweep.
type sweeper struct{ state atomic.Int32 } // 0 idle, 1 at work, 2 once more

func (s *sweeper) wake() {
	if s.state.CompareAndSwap(1, 2) || !s.state.CompareAndSwap(0, 1) {
		return
	}
	go func() {
		for {
			secret.Sweep()
			if s.state.CompareAndSwap(1, 0) {
				return
			}
			s.state.Store(1)
		}
	}()
}
