package app

import (
	"context"
	"time"
)

const (
	updatesEvery = 24 * time.Hour   // between two answers
	updatesRetry = time.Hour        // after no answer, and for the clock to be looked at
	updatesFirst = 30 * time.Second // after the start, which has other things to do
)

// updatesWatch looks for newer versions by itself.
type updatesWatch struct {
	wake     chan struct{}
	handling chan struct{} // holds one for who fetches or prepares a version
}

// alone waits until nobody else fetches or prepares a version: two would write
// the same files.
func (w updatesWatch) alone(ctx context.Context) (done func(), err error) {
	select {
	case w.handling <- struct{}{}:
		return func() { <-w.handling }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func newUpdatesWatch() updatesWatch {
	return updatesWatch{make(chan struct{}, 1), make(chan struct{}, 1)}
}

func (w updatesWatch) wakeUp() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// WatchUpdates looks for newer versions once a day, as long as the user wants
// that, until the profile is closed. What it finds comes as an event; that nobody
// answers is told to nobody.
func (a *App) WatchUpdates() {
	if _, can := a.opts.Updates.source(); !can {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		a.watchUpdates(ctx, time.NewTimer(updatesFirst))
	}()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closers = append(a.closers, func() error {
		cancel()
		<-done
		return nil
	})
}

func (a *App) watchUpdates(ctx context.Context, timer *time.Timer) {
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-a.updates.wake:
		}
		if a.updatesDue(time.Now()) {
			_, _ = a.CheckUpdates(ctx)
		}
		timer.Reset(updatesRetry)
	}
}

// updatesDue tells whether it is time to look. A clock that went back makes it
// so, too. Another program may have said meanwhile what the user wants.
func (a *App) updatesDue(now time.Time) bool {
	_ = a.settings.reload() // settings that cannot be read are as they were
	since := now.Sub(a.readKnownUpdates().Looked)
	return a.settings.get().CheckUpdates && (since >= updatesEvery || since < 0)
}
