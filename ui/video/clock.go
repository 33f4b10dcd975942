package video

import (
	"time"

	"fyne.io/fyne/v2"
)

// clock tells the time and calls back later, on the goroutine of the window.
type clock struct {
	now   func() time.Time
	after func(d time.Duration, f func()) (stop func())
}

var wallClock = clock{
	now: time.Now,
	after: func(d time.Duration, f func()) func() {
		timer := time.AfterFunc(d, func() { fyne.Do(f) })
		return func() { timer.Stop() }
	},
}

// clockOf is the clock that a host wants.
func clockOf(h Hooks) clock {
	c := wallClock
	if h.After != nil {
		c.after = h.After
	}
	return c
}

// alarm is one call that is yet to come. Setting it again puts it off.
type alarm struct {
	clock *clock
	set   int // counts up, so that a call that was put off does nothing
	end   func()
}

func (a *alarm) in(d time.Duration, f func()) {
	a.stop()
	mine := a.set
	a.end = a.clock.after(d, func() {
		if a.set == mine {
			f()
		}
	})
}

func (a *alarm) stop() {
	a.set++
	if a.end != nil {
		a.end()
		a.end = nil
	}
}
