package watch

import (
	"sync"
	"time"
)

// unfinished counts what was begun beside the window and has not ended.
type unfinished struct {
	mu   sync.Mutex
	n    int
	none chan struct{} // closed when n comes down to 0; nil before anything was begun
}

func (u *unfinished) begin() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.n == 0 {
		u.none = make(chan struct{})
	}
	u.n++
}

func (u *unfinished) end() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.n--; u.n == 0 {
		close(u.none)
	}
}

// wait returns when nothing is left that was begun before, or after a time.
func (u *unfinished) wait(most time.Duration) {
	u.mu.Lock()
	none := u.none
	u.mu.Unlock()
	if none == nil {
		return
	}
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-none:
	case <-timer.C:
	}
}
