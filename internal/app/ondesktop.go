package app

import (
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
