package monitor

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

const (
	// slept is a pause between two ticks after which this computer must have
	// slept, or its clock was set.
	slept = 30 * time.Second
	// settle is how long nobody is told anything bad after this computer woke or
	// has its line again: followers need up to 45 s to try again.
	settle = time.Minute
	// freshSixths of the patience are less than it: whatever is that new was heard
	// after the line of this computer went, if it went.
	freshSixths = 5
)

// Alert is what the owner of a node is told.
type Alert struct {
	Node      string    // as it was added
	News      State     // Online: it is back
	Since     time.Time // since when it is so
	Restarted bool      // it is back because it was started again
}

// Watchman decides for all nodes of an owner what he is told. He hears of a node
// that goes off, and that it is back, once each; he hears nothing while it is
// this computer that sleeps or has no line. It is for one goroutine at a time.
type Watchman struct {
	// After is how long a node must be off before its owner is told; 0 is
	// [Patience]. It is set before anything else.
	After time.Duration

	nodes map[string]*guarded
	last  time.Time // tick
	away  bool      // this computer reaches nobody
}

type guarded struct {
	Health
	near      bool // it runs on this computer
	restarted bool
}

// Add watches a node; told is what its owner knows. near nodes run on this
// computer, so they do not depend on its line.
func (w *Watchman) Add(node string, near bool, told State) {
	if w.nodes == nil {
		w.nodes = map[string]*guarded{}
	}
	g := &guarded{Health: NewHealth(told), near: near}
	g.after = w.After
	w.nodes[node] = g
}

// Remove watches a node no more.
func (w *Watchman) Remove(node string) { delete(w.nodes, node) }

// Health is that of a node; nil where it is not watched.
func (w *Watchman) Health(node string) *Health {
	if n, ok := w.nodes[node]; ok {
		return &n.Health
	}
	return nil
}

// Restarted notes that a node was started again.
func (w *Watchman) Restarted(node string) {
	if n, ok := w.nodes[node]; ok {
		n.restarted = true
	}
}

// Away tells whether this computer reaches nobody, so that nothing is known of
// nodes elsewhere.
func (w *Watchman) Away() bool { return w.away }

// Doubts tells whether the next [Watchman.Tick] depends on whether this computer
// has a line: a node elsewhere is silent, and no other is heard.
func (w *Watchman) Doubts(now time.Time) bool {
	doubt, fresh := w.away, freshSixths*cmp.Or(w.After, Patience)/6
	for _, n := range w.nodes {
		switch state, _ := n.State(); {
		case n.near:
		case now.Sub(n.heard) < fresh:
			return false
		case state == Silent && n.told != Silent && !now.Before(n.due()):
			doubt = true
		}
	}
	return doubt
}

// Tick returns what the owner is told at a time; it is called every few seconds.
// line tells whether this computer reaches anybody, if there were doubts.
func (w *Watchman) Tick(now time.Time, line bool) []Alert {
	now = now.Round(0) // clocks that stand still while a computer sleeps do not count
	gap := now.Sub(w.last)
	woke := !w.last.IsZero() && (gap > slept || gap < 0)
	if woke || (line && w.away) {
		w.hold(now)
	}
	w.last, w.away = now, !line
	var out []Alert
	for _, id := range slices.Sorted(maps.Keys(w.nodes)) {
		n := w.nodes[id]
		if state, _ := n.State(); state == Silent && !n.near && !line {
			continue
		}
		if news, tell, _ := n.News(now); tell {
			_, since := n.State()
			out = append(out, Alert{id, news, since, n.restarted && news == Online})
		}
		if state, _ := n.State(); state == Online {
			n.restarted = false
		}
	}
	return out
}

func (w *Watchman) hold(now time.Time) {
	for _, n := range w.nodes {
		n.Hold(now.Add(settle))
	}
}
