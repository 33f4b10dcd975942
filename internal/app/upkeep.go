package app

import (
	"context"
	"path/filepath"
	"sync"
	"time"
)

const (
	ledgerEvery = 30 * time.Minute // what is left is asked so often
	ledgerLeast = 10 * time.Minute // and after a sync, but not more often than this
	// wrongClock is a difference to the gateways' clocks that is named: the
	// network refuses what is signed more than five minutes off.
	wrongClock = 2 * time.Minute
)

// outlook is what a drive sees coming.
type outlook struct {
	mu     sync.Mutex
	ledger ledger
	asked  time.Time
}

// due tells whether it is time to ask what is left.
func (o *outlook) due(now time.Time, synced bool) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	rest := ledgerEvery
	if synced {
		rest = ledgerLeast
	}
	return now.Sub(o.asked) >= rest || now.Before(o.asked)
}

// note enters what is left and returns the ledger to be kept.
func (o *outlook) note(now time.Time, noz float64) ledger {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ledger.note(now, noz)
	o.asked = now
	return o.ledger
}

// lasts tells for how long the ozone lasts, if that is less than a person must
// know; else it is 0 and false.
func (o *outlook) lasts(now time.Time) (left time.Duration, low bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	left, known := o.ledger.lasts(now)
	if !known || left >= lowOzone {
		return 0, false
	}
	return left, true
}

// keepLedger asks from time to time what ozone is left, until ctx ends.
func (a *App) keepLedger(ctx context.Context, d *drive) {
	d.outlook.ledger = readLedger(d.home)
	events, cancel := a.Subscribe()
	defer cancel()
	tick := time.NewTicker(ledgerEvery)
	defer tick.Stop()
	for synced := false; ; {
		if d.outlook.due(time.Now(), synced) {
			a.noteOzone(ctx, d)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			synced = false
		case e := <-events:
			synced = e.Kind == SyncDone || e.Kind == WalletChanged
		}
	}
}

// noteOzone enters what is left now. Without an answer the next one counts; a
// ledger that cannot be kept begins anew another day.
func (a *App) noteOzone(ctx context.Context, d *drive) {
	o, err := d.net.Ozone(ctx)
	if err != nil {
		return
	}
	_, was := d.outlook.lasts(time.Now())
	_ = writeJSON(filepath.Join(d.home, ledgerName), d.outlook.note(time.Now(), nozNumber(o.Noz)))
	if _, is := d.outlook.lasts(time.Now()); is != was {
		a.hub.send(Event{Kind: StatusChanged})
	}
}

// ahead tells what a person should know before it is a problem.
func (d *drive) ahead(now time.Time) (ozoneLasts time.Duration, ozoneLow bool, clockBehind time.Duration) {
	ozoneLasts, ozoneLow = d.outlook.lasts(now)
	if behind, known := d.net.ClockBehind(); known && behind.Abs() >= wrongClock {
		clockBehind = behind
	}
	return ozoneLasts, ozoneLow, clockBehind
}

// AskAgain asks what may have changed without a sign: the clock, for example,
// may have been set. Problems that were told are forgotten; those that are still
// there are told again.
func (a *App) AskAgain(ctx context.Context) error {
	d := a.currentDrive()
	if d == nil {
		return nil
	}
	d.board.forget()
	d.engine.LookAgain()
	o, err := d.net.Ozone(ctx)
	if err != nil {
		return err
	}
	d.outlook.note(time.Now(), nozNumber(o.Noz))
	a.hub.send(Event{Kind: StatusChanged})
	return nil
}
