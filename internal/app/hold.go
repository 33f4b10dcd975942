package app

import "context"

// HoldTransfer holds back a file of the drive: it is neither sent nor fetched
// until ReleaseTransfer, or until the program starts again. All others go on.
func (a *App) HoldTransfer(_ context.Context, path string) error {
	return a.toldAboutHolding(func(d *drive) { d.engine.Hold(path) })
}

// ReleaseTransfer lets a file go on that was held back.
func (a *App) ReleaseTransfer(_ context.Context, path string) error {
	return a.toldAboutHolding(func(d *drive) { d.engine.Release(path) })
}

func (a *App) toldAboutHolding(do func(*drive)) error {
	d := a.currentDrive()
	if d == nil {
		return notReady()
	}
	do(d)
	a.hub.send(Event{Kind: StatusChanged})
	return nil
}
