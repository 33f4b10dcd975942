package vault

import (
	"sync"
	"time"
)

// AutoLock tells when a wallet is to be locked: after a time without use, and
// after the computer slept. Its owner calls [AutoLock.Touch] whenever the user
// does something and asks [AutoLock.Due] every few seconds. It is safe for
// concurrent use.
type AutoLock struct {
	mu    sync.Mutex
	after time.Duration
	used  time.Time
	asked time.Time
}

// slept is how much further than the clock of the running machine the time of
// day may move between two questions before that is taken for sleep.
const slept = 10 * time.Second

// missed is how long nobody may ask before that is taken for sleep. Clocks of
// some systems go on while the machine sleeps; the program does not.
const missed = time.Minute

// NewAutoLock locks after a time without use; zero means only after sleep. Now
// is [time.Now], with its monotonic reading, here as in the other methods.
func NewAutoLock(after time.Duration, now time.Time) *AutoLock {
	return &AutoLock{after: after, used: now, asked: now}
}

// Touch notes that the user did something.
func (a *AutoLock) Touch(now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.used = now
}

// Due tells whether the wallet is to be locked now.
func (a *AutoLock) Due(now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	day, machine := elapsed(a.asked, now)
	idleDay, idleMachine := elapsed(a.used, now)
	a.asked = now
	return a.due(day, machine, idleDay, idleMachine)
}

func (a *AutoLock) due(day, machine, idleDay, idleMachine time.Duration) bool {
	return day-machine > slept || machine > missed || a.after > 0 && max(idleDay, idleMachine) >= a.after
}

// elapsed measures by the time of day and by the clock of the machine, which
// stands still while it sleeps.
func elapsed(from, to time.Time) (day, machine time.Duration) {
	return to.Round(0).Sub(from.Round(0)), to.Sub(from)
}
