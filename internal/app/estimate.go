package app

import "time"

const (
	estimateWindow = 30 * time.Second       // how far back speed is measured
	estimateStep   = 500 * time.Millisecond // how often it is noted
	estimateLeast  = 2 * time.Second        // before that nobody can tell
)

// estimator tells how fast something moves and when it will be done. It only
// believes what it saw in the last half minute; where nothing moved it says
// that it does not know. It is a pure function of what was noted.
type estimator struct{ seen []mark }

type mark struct {
	at   time.Time
	done int64
}

// note tells that so many bytes were done at a time. Fewer than before mean
// that something else began.
func (e *estimator) note(at time.Time, done int64) {
	n := len(e.seen)
	switch {
	case n > 0 && (done < e.seen[n-1].done || at.Before(e.seen[n-1].at)):
		e.seen = e.seen[:0]
	case n > 1 && at.Sub(e.seen[n-2].at) < estimateStep:
		e.seen[n-1] = mark{at, done}
		return
	}
	e.seen = append(e.seen, mark{at, done})
	old := 0
	for old < len(e.seen)-2 && at.Sub(e.seen[old+1].at) > estimateWindow {
		old++
	}
	e.seen = e.seen[old:]
}

// speed returns bytes per second, 0 if it is not known.
func (e *estimator) speed(now time.Time) float64 {
	if len(e.seen) == 0 {
		return 0
	}
	first, last := e.seen[0], e.seen[len(e.seen)-1]
	for _, m := range e.seen {
		if now.Sub(m.at) >= estimateWindow {
			first = m
		}
	}
	spent := now.Sub(first.at)
	if spent < estimateLeast {
		return 0
	}
	return float64(last.done-first.done) / spent.Seconds()
}

// left returns how long the rest will take, rounded up to what can honestly be
// said; 0 if it is not known, or more than a year.
func (e *estimator) left(now time.Time, rest int64) time.Duration {
	speed := e.speed(now)
	if speed < 1 || rest <= 0 {
		return 0
	}
	seconds := float64(rest) / speed
	if seconds > (365 * 24 * time.Hour).Seconds() {
		return 0
	}
	left, step := time.Duration(seconds*float64(time.Second)), 15*time.Minute
	switch {
	case left < time.Minute:
		step = 5 * time.Second
	case left < time.Hour:
		step = time.Minute
	}
	return (left + step - 1) / step * step
}
