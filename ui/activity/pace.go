package activity

import (
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// paces tells how fast each file moves, from how far it was when it was looked
// at before. It knows no window.
type paces map[string]pace

// pace is how far a file was at a moment, and how fast it got there.
type pace struct {
	at     time.Time
	done   int64
	second float64 // bytes; 0 while nobody knows
}

const (
	// paceStep is how long is waited at least until speed is reckoned again:
	// shorter times say little.
	paceStep = 500 * time.Millisecond
	// newest is the part that the newest speed has in what is said.
	newest = 0.3
)

// look notes how far files are, and forgets those that do not move any more.
func (p paces) look(moving []app.Transfer, now time.Time) {
	there := map[string]bool{}
	for _, t := range moving {
		there[t.Path] = true
		was, known := p[t.Path]
		switch passed := now.Sub(was.at); {
		case !known || t.Done < was.done:
			p[t.Path] = pace{at: now, done: t.Done}
		case passed >= paceStep:
			second := float64(t.Done-was.done) / passed.Seconds()
			if was.second > 0 {
				second = newest*second + (1-newest)*was.second
			}
			p[t.Path] = pace{now, t.Done, second}
		}
	}
	for path := range p {
		if !there[path] {
			delete(p, path)
		}
	}
}

// of tells how many bytes a second a file moves and how long it still takes; 0
// is not known. Of a conversion the steps are no bytes.
func (p paces) of(t app.Transfer) (second float64, left time.Duration) {
	second = p[t.Path].second
	if second < 1 || t.Stage == app.StageConvert {
		return 0, 0
	}
	return second, time.Duration(float64(t.Size-t.Done) / second * float64(time.Second))
}
