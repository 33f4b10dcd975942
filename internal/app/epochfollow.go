package app

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// driveGone notes that a drive which syncs goes on in another epoch. While the
// wallet is unlocked this device follows at once.
func (a *App) driveGone(d *drive) {
	if d.gone.Swap(true) {
		return
	}
	a.lookAgain()
	a.followBehind()
}

// followBehind lets a drive that goes on elsewhere, and that is synced in the
// background, begin anew there, if the wallet is unlocked.
func (a *App) followBehind() {
	d := a.currentDrive()
	if d == nil || !d.gone.Load() || !d.behind || !a.holdsKey() {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	a.mu.Lock()
	a.closers = append(a.closers, func() error { cancel(); <-done; return a.stopDrive() })
	a.mu.Unlock()
	go func() { // the drive that ends is the caller
		defer close(done)
		defer cancel()
		err := a.stopDrive()
		if err == nil {
			err = a.startDrive(ctx)
		}
		if err != nil && ctx.Err() == nil {
			a.hub.send(Event{Kind: ProblemArose, Text: fault.Sentence(err)})
		}
	}()
}
