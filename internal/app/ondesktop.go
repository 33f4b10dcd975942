package app

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/desktop"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// StartsWithSystem tells whether the window starts, hidden, when its user logs
// in. can is false where this system cannot be told.
func (a *App) StartsWithSystem() (on, can bool) {
	if a.opts.Desktop == nil {
		return false, false
	}
	return a.opts.Desktop.StartsWithSystem(), true
}

// SetStartsWithSystem saves the choice, for this profile.
func (a *App) SetStartsWithSystem(on bool) error {
	if a.opts.Desktop == nil {
		return fault.Wrong(nil, "This system cannot be told what to start.")
	}
	if err := a.opts.Desktop.SetStartsWithSystem(on); err != nil {
		return fault.Say(err, "The system could not be told. Nothing was changed; check that your own folder can be written.")
	}
	return nil
}

// TellDesktop brings up to date what the desktop knows of the program, which
// may lie elsewhere now, and makes it the one that opens stos:// links unless
// the user chose another one. Only the usual profile takes links.
func (a *App) TellDesktop() error {
	d := a.opts.Desktop
	if d == nil {
		return nil
	}
	if d.StartsWithSystem() {
		if err := d.SetStartsWithSystem(true); err != nil {
			return fault.Say(err, "The system could not be told where this program lies now. It may not start by itself next time.")
		}
	}
	if len(d.Program.Args) > 0 {
		return nil
	}
	if err := d.TakeLinks(); err != nil {
		return fault.Say(err, "The system could not be told that this program opens links. Paste them here instead.")
	}
	return nil
}

// Notifies tells whether the desktop shows notifications of this program.
func (a *App) Notifies() bool { return !a.settings.get().Quiet }

// SetNotifies saves the choice.
func (a *App) SetNotifies(on bool) error {
	return a.settings.change(func(s *settings) { s.Quiet = !on })
}

// Notice is a notification.
type Notice = desktop.Notice

// WatchTray calls tell with whether this desktop shows the icons of programs: at
// once, and whenever that changes, until ctx ends.
func (a *App) WatchTray(ctx context.Context, tell func(there bool)) {
	desktop.WatchTray(ctx, a.opts.SessionBus, tell)
}

// Notify shows a notification. shown is false where the system leaves that to
// the toolkit, or has nobody for it.
func (a *App) Notify(ctx context.Context, n Notice) (shown bool, err error) {
	a.mu.Lock()
	notifier := a.notifier
	a.mu.Unlock()
	if notifier == nil {
		if notifier, err = a.openNotifier(); err != nil {
			return false, nil //nolint:nilerr // there is nobody
		}
	}
	err = notifier.Show(ctx, n)
	return err == nil, err
}

// OnNotice says what is done when a person chooses a notification; it is called
// on another goroutine, with the notice's topic.
func (a *App) OnNotice(opened func(topic string)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.noticeOpened = opened
}

// openNotifier reaches who shows notifications, until the program ends.
func (a *App) openNotifier() (*desktop.Notifier, error) {
	id := ""
	if a.opts.Desktop != nil {
		id = a.opts.Desktop.Program.ID
	}
	n, err := desktop.NewNotifier(context.Background(), a.opts.SessionBus, id, a.openNotice)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.notifier != nil { // two at the same time
		return a.notifier, n.Close()
	}
	a.notifier = n
	a.closers = append(a.closers, func() error {
		a.mu.Lock()
		a.notifier = nil
		a.mu.Unlock()
		return n.Close()
	})
	return n, nil
}

func (a *App) openNotice(topic string) {
	a.mu.Lock()
	opened := a.noticeOpened
	a.mu.Unlock()
	if opened != nil {
		opened(topic)
	}
}
