package app

import (
	"context"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Limits says how fast the drive may send and receive, and when that holds.
type Limits struct {
	Up    int64  `json:"up,omitempty"`    // bytes per second; 0 = as fast as it goes
	Down  int64  `json:"down,omitempty"`  // bytes per second; 0 = as fast as it goes
	From  string `json:"from,omitempty"`  // "08:00" in local time; empty: always
	Until string `json:"until,omitempty"` // may lie before From: over midnight
}

const clockFormat = "15:04"

// check refuses limits that make no sense.
func (l Limits) check() error {
	if l.Up < 0 || l.Down < 0 {
		return fault.Wrong(nil, "A limit cannot be less than nothing.")
	}
	if (l.From == "") != (l.Until == "") {
		return fault.Wrong(nil, "A timetable needs a beginning and an end, like 08:00 and 18:00.")
	}
	for _, text := range []string{l.From, l.Until} {
		if _, err := time.Parse(clockFormat, text); text != "" && err != nil {
			return fault.Wrong(err, "%q is no time of day. Write it like 08:00.", text)
		}
	}
	return nil
}

// at returns the limits that hold at a time, in bytes per second.
func (l Limits) at(now time.Time) (up, down int64) {
	if l.From == "" || l.From == l.Until {
		return l.Up, l.Down
	}
	clock, inside := now.Format(clockFormat), false
	if l.From < l.Until {
		inside = l.From <= clock && clock < l.Until
	} else {
		inside = clock >= l.From || clock < l.Until
	}
	if !inside {
		return 0, 0
	}
	return l.Up, l.Down
}

// pausedAt reports whether the user wants the sync to wait.
func (s settings) pausedAt(now time.Time) bool {
	return s.Paused && (s.PausedUntil.IsZero() || now.Before(s.PausedUntil))
}

// Pause stops syncing until Resume; nothing is lost. What is under way ends,
// in other programs of this profile too.
func (a *App) Pause() { a.mustPace(func(s *settings) { s.Paused, s.PausedUntil = true, time.Time{} }) }

// Resume goes on syncing after Pause.
func (a *App) Resume() {
	a.mustPace(func(s *settings) { s.Paused, s.PausedUntil = false, time.Time{} })
}

func (a *App) mustPace(edit func(*settings)) {
	if err := a.pace(edit); err != nil {
		a.hub.send(Event{Kind: ProblemArose, Text: fault.Sentence(err)})
	}
}

// PauseFor stops syncing for a time; 0 means until Resume. A pause survives
// restarts.
func (a *App) PauseFor(d time.Duration) error {
	if d < 0 {
		return fault.Wrong(nil, "A pause cannot be shorter than nothing.")
	}
	var until time.Time
	if d > 0 {
		until = time.Now().Add(d).Round(time.Millisecond)
	}
	return a.pace(func(s *settings) { s.Paused, s.PausedUntil = true, until })
}

// GoOn is Resume that tells whether it could be noted.
func (a *App) GoOn() error {
	return a.pace(func(s *settings) { s.Paused, s.PausedUntil = false, time.Time{} })
}

// Limits returns how fast the drive may be.
func (a *App) Limits() Limits { return a.settings.get().Limits }

// SetLimits sets how fast the drive may be, from now on.
func (a *App) SetLimits(l Limits) error {
	if err := l.check(); err != nil {
		return err
	}
	return a.pace(func(s *settings) { s.Limits = l })
}

// pace changes how the drive moves, and lets whoever syncs know.
func (a *App) pace(edit func(*settings)) error {
	if err := a.settings.change(edit); err != nil {
		return err
	}
	if d := a.currentDrive(); d != nil {
		a.applyPace(d)
		a.hub.send(Event{Kind: StatusChanged})
		return nil
	}
	return a.tellRunning(context.Background(), "reload", nil)
}

// applyPace lets a drive move as the settings say now.
func (a *App) applyPace(d *drive) {
	now, s := time.Now(), a.settings.get()
	if s.Paused && !s.pausedAt(now) {
		ended := s.PausedUntil
		_ = a.settings.change(func(s *settings) { // if not, it is tried again
			if s.PausedUntil.Equal(ended) {
				s.Paused, s.PausedUntil = false, time.Time{}
			}
		})
	}
	d.paceMu.Lock()
	defer d.paceMu.Unlock()
	if up, down := s.Limits.at(now); up != d.up || down != d.down {
		d.up, d.down = up, down
		d.net.SetLimits(up, down)
	}
	paused := s.pausedAt(now)
	if paused == d.paused {
		return
	}
	d.paused = paused
	if paused {
		d.engine.Pause()
	} else {
		d.engine.Resume()
	}
}

// paceStep is how often timetables and the ends of pauses are looked at.
const paceStep = 10 * time.Second

// keepPace follows the clock until ctx ends.
func (a *App) keepPace(ctx context.Context, d *drive) {
	for {
		wait := paceStep
		if until := a.settings.get().PausedUntil; !until.IsZero() {
			wait = min(wait, max(time.Until(until), 0)+10*time.Millisecond)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
			a.applyPace(d)
		}
	}
}

// pausedFault says that syncing is paused, and until when.
func (s settings) pausedFault() error {
	text := "Syncing is paused. Resume it with stos drive resume; your files are safe."
	if !s.PausedUntil.IsZero() {
		text = fmt.Sprintf("Syncing is paused until %s. Resume it with stos drive resume; your files are safe.", s.PausedUntil.Local().Format("2006-01-02 15:04"))
	}
	return fault.Say(nil, "%s", text)
}
