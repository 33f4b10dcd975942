package client

import (
	"context"
	"math/rand/v2"
	"time"
)

// Clock is the time that a client lives in.
type Clock interface {
	Now() time.Time
	// Sleep waits for d or until ctx ends, whose error it returns then.
	Sleep(ctx context.Context, d time.Duration) error
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// jitter returns a random time between d/2 and d, so that two devices that
// collided once do not do so again.
func jitter(d time.Duration) time.Duration {
	return d/2 + time.Duration(rand.Int64N(int64(d/2)+1))
}
