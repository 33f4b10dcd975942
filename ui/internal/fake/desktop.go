package fake

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// StartsWithSystem tells what was chosen.
func (b *Backend) StartsWithSystem() (on, can bool) { return b.AtStart, !b.NoDesktop }

// SetStartsWithSystem keeps the choice.
func (b *Backend) SetStartsWithSystem(on bool) error {
	if b.Err == nil {
		b.AtStart = on
	}
	return b.Err
}

// Notifies tells what was chosen.
func (b *Backend) Notifies() bool { return !b.Quiet }

// SetNotifies keeps the choice.
func (b *Backend) SetNotifies(on bool) error {
	if b.Err == nil {
		b.Quiet = !on
	}
	return b.Err
}

// WatchTray tells nothing: tests say when a tray comes and goes.
func (b *Backend) WatchTray(context.Context, func(there bool)) {}

// Notify keeps what is shown.
func (b *Backend) Notify(_ context.Context, n app.Notice) (shown bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.Notices = append(b.Notices, n)
	return b.Err == nil, b.Err
}

// OnNotice keeps what is done when a notification is chosen.
func (b *Backend) OnNotice(opened func(topic string)) { b.Chosen = opened }

// WindowPlace tells how the window was left.
func (b *Backend) WindowPlace() app.WindowPlace { return b.Place }

// SetWindowPlace keeps it.
func (b *Backend) SetWindowPlace(p app.WindowPlace) error {
	if b.Err == nil {
		b.Place = p
	}
	return b.Err
}

// Arrivals are what came to the wallet.
func (b *Backend) Arrivals(ctx context.Context) (app.Arrivals, error) { return b.Came, b.wait(ctx) }
