package gateway

import (
	"context"
	"sync"
	"testing"
	"time"
)

// testClock stands still unless it is told to go on, or somebody sleeps for no
// longer than auto: that much goes by at once.
type testClock struct {
	mu       sync.Mutex
	now      time.Time
	auto     time.Duration
	sleeping map[chan struct{}]time.Time // until when
	changed  chan struct{}               // closed when somebody begins or ends to sleep
}

func newTestClock() *testClock {
	return &testClock{
		now: time.Unix(1_701_267_007, 0), auto: 10 * time.Second,
		sleeping: map[chan struct{}]time.Time{}, changed: make(chan struct{}),
	}
}

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *testClock) Sleep(ctx context.Context, d time.Duration) error {
	if d <= c.auto {
		c.pass(d)
		return ctx.Err()
	}
	woken := c.lie(d)
	select {
	case <-woken:
		return nil
	case <-ctx.Done():
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.sleeping, woken)
		c.tell()
		return ctx.Err()
	}
}

func (c *testClock) lie(d time.Duration) chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	woken := make(chan struct{})
	c.sleeping[woken] = c.now.Add(min(d, 1000*time.Hour))
	c.tell()
	return woken
}

func (c *testClock) tell() {
	close(c.changed)
	c.changed = make(chan struct{})
}

// pass lets time go by and wakes whose time has come.
func (c *testClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	for woken, until := range c.sleeping {
		if !until.After(c.now) {
			close(woken)
			delete(c.sleeping, woken)
			c.tell()
		}
	}
}

// sleepers returns how many sleep, and a channel that tells when that changes.
func (c *testClock) sleepers() (int, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.sleeping), c.changed
}

// awaitSleepers returns when so many sleep.
func (c *testClock) awaitSleepers(t *testing.T, want int) {
	t.Helper()
	limit := time.After(20 * time.Second)
	for {
		n, changed := c.sleepers()
		if n == want {
			return
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("%d calls wait, not %d", n, want)
		}
	}
}

func TestSystemClock(t *testing.T) {
	before := time.Now()
	must(t, systemClock{}.Sleep(t.Context(), time.Millisecond))
	if now := (systemClock{}).Now(); now.Sub(before) < time.Millisecond {
		t.Errorf("it slept %v", now.Sub(before))
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if (systemClock{}).Sleep(ctx, forever) == nil {
		t.Error("for ever is over")
	}
}
