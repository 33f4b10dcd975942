package monitor

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// shift is a watchman with a clock that a test turns.
type shift struct {
	Watchman
	now  time.Time
	line bool
	told []Alert
}

const tick = 5 * time.Second

func newShift(near ...bool) *shift {
	s := &shift{now: time.Unix(1_700_000_000, 0), line: true}
	for i, n := range near {
		s.Add(nodeName(i), n, Unheard)
		s.Health(nodeName(i)).Heard(s.now, true)
	}
	s.pass(tick, nil)
	return s
}

func nodeName(i int) string { return string(rune('a' + i)) }

// pass lets time go by, with a tick every few seconds, and note say what nodes
// do before each.
func (s *shift) pass(d time.Duration, note func()) {
	for end := s.now.Add(d); s.now.Before(end); {
		s.now = s.now.Add(tick)
		if note != nil {
			note()
		}
		s.told = append(s.told, s.Tick(s.now, !s.Doubts(s.now) || s.line)...)
	}
}

// heard says that nodes answer.
func (s *shift) heard(nodes ...string) {
	for _, n := range nodes {
		s.Health(n).Heard(s.now, true)
	}
}

// lost says that nodes do not.
func (s *shift) lost(nodes ...string) {
	for _, n := range nodes {
		s.Health(n).Lost(s.now)
	}
}

func (s *shift) want(t *testing.T, want ...string) {
	t.Helper()
	words := map[State]string{Online: "back", Offline: "offline", Silent: "silent", Refusing: "refusing"}
	var got []string
	for _, a := range s.told {
		text := a.Node + " " + words[a.News]
		if a.Restarted {
			text += " again"
		}
		got = append(got, text)
	}
	if !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
	s.told = nil
}

// One of two nodes goes silent: its owner hears of it within half a minute of
// that being noticed, once, and that it is back.
func TestOneNodeGoesOff(t *testing.T) {
	s := newShift(false, false)
	off := func() { s.lost("a"); s.heard("b") }
	s.pass(25*time.Second, off)
	s.want(t)
	s.pass(10*time.Second, off)
	s.want(t, "a silent")
	s.pass(time.Hour, off)
	s.want(t)
	s.Restarted("a")
	s.pass(tick, func() { s.heard("a", "b") })
	s.want(t, "a back again")
	s.Restarted("b") // quickly
	s.pass(time.Minute, func() { s.heard("a", "b") })
	s.want(t)
	s.pass(time.Minute, off)
	s.pass(tick, func() { s.heard("a", "b") })
	s.want(t, "a silent", "a back")
}

// Without a line of this computer nothing is told of nodes elsewhere, those on
// it are told of, and what is really off is told when the line is back.
func TestThisComputerHasNoLine(t *testing.T) {
	s := newShift(false, false, true)
	s.line = false
	s.pass(10*time.Minute, func() { s.lost("a", "b"); s.heard("c") })
	s.want(t)
	if !s.Away() {
		t.Error("does not know that it has no line")
	}
	s.pass(time.Minute, func() { s.lost("a", "b", "c") })
	s.want(t, "c silent")
	s.line = true
	s.pass(settle-tick, func() { s.lost("a", "b"); s.heard("c") })
	s.want(t, "c back")
	s.pass(2*tick, func() { s.lost("a"); s.heard("b", "c") })
	s.want(t, "a silent")
	if s.Away() {
		t.Error("does not know that it has a line")
	}
}

// A node whose last word is old is no proof of a line.
func TestTheLineGoesAndOneNodeIsNoticedLater(t *testing.T) {
	s := newShift(false, false)
	s.line = false
	s.pass(70*time.Second, func() { s.lost("a") }) // of b nothing is noticed yet
	s.pass(time.Minute, func() { s.lost("a", "b") })
	s.want(t)
}

// A computer that slept tells nothing before its followers had time to connect.
func TestThisComputerSleeps(t *testing.T) {
	s := newShift(false, true)
	s.now = s.now.Add(8 * time.Hour)
	s.pass(settle-tick, func() { s.lost("a", "b") })
	s.want(t)
	s.pass(2*tick, func() { s.lost("a"); s.heard("b") })
	s.want(t, "a silent")
	s.now = s.now.Add(-2 * time.Hour) // the clock is set back
	s.pass(tick, func() { s.heard("a", "b") })
	s.want(t, "a back")
}

// A node that takes the token no more is told of, also after it was off.
func TestNodeTakesTheTokenNoMore(t *testing.T) {
	s := newShift(false)
	s.pass(time.Minute, func() { s.lost("a") })
	s.pass(10*time.Minute, func() { s.Health("a").Refused(s.now) })
	s.pass(tick, func() { s.heard("a") })
	s.want(t, "a silent", "a refusing", "a back")
}

// What was told before the program was started again is not told again.
func TestToldBefore(t *testing.T) {
	s := newShift()
	s.Add("a", false, Silent)
	s.Add("b", false, Silent)
	s.Add("c", false, Unheard)
	s.pass(2*time.Minute, func() { s.lost("a"); s.heard("b"); s.lost("c") })
	s.want(t, "b back", "c silent")
	s.Remove("a")
	s.Restarted("a")
	if s.Health("a") != nil || s.Health("b").Told() != Online {
		t.Error("remembers wrongly")
	}
}

// However lines and nodes come and go and the computer sleeps: bad and good news
// of a node take turns, nothing is told of far nodes while there is no line, and
// a node that stays off with a line is told of within two minutes.
func TestNoStorm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		near := []bool{false, false, true}
		s := newShift(near...)
		up, off := []bool{true, true, true}, map[string]bool{}
		since := []time.Time{s.now, s.now, s.now} // both line and node are as they are
		turned := slices.Clone(since)             // the node is as it is
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch n := rapid.IntRange(0, 4).Draw(t, "what"); n {
			case 3:
				s.line = !s.line
				since = []time.Time{s.now, s.now, since[2]}
			case 4:
				s.now = s.now.Add(time.Duration(rapid.IntRange(31, 9999).Draw(t, "sleep")) * time.Second)
				since = []time.Time{s.now, s.now, s.now}
			default:
				up[n], since[n], turned[n] = !up[n], s.now, s.now
			}
			var at []time.Time // of what is told, or a tick later
			noteTold := func() {
				for len(at) < len(s.told) {
					at = append(at, s.now)
				}
			}
			s.pass(time.Duration(rapid.IntRange(5, 300).Draw(t, "seconds"))*time.Second, func() {
				noteTold()
				for i := range near {
					if up[i] && (near[i] || s.line) {
						s.heard(nodeName(i))
					} else {
						s.lost(nodeName(i))
					}
				}
			})
			noteTold()
			for i, a := range s.told {
				if off[a.Node] == (a.News != Online) {
					t.Fatalf("%+v is no news", a)
				}
				off[a.Node] = a.News != Online
				// Who came back behind a line that has just gone cannot be heard.
				if n := a.Node[0] - 'a'; off[a.Node] && up[n] && at[i].Sub(turned[n]) > Patience {
					t.Fatalf("%+v of a node that is up", a)
				}
			}
			s.told = nil
			for i := range near {
				if !up[i] && (near[i] || s.line) && s.now.Sub(since[i]) > 2*time.Minute && !off[nodeName(i)] {
					t.Fatalf("%s is off for %v and nobody knows", nodeName(i), s.now.Sub(since[i]))
				}
			}
		}
	})
}

// TestLessPatience: an owner who wants to hear sooner does, and a node elsewhere
// that was heard lately still tells that the line is there.
func TestLessPatience(t *testing.T) {
	start := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	at := func(seconds int) time.Time { return start.Add(time.Duration(seconds) * time.Second) }
	w := Watchman{After: 6 * time.Second}
	w.Add("a", false, Online)
	w.Add("b", false, Online)
	w.Health("a").Heard(at(0), true)
	w.Health("a").Lost(at(1))
	w.Health("b").Heard(at(4), true)
	if w.Doubts(at(8)) || !w.Doubts(at(9)) {
		t.Error("a line is doubted at the wrong time")
	}
	if list := w.Tick(at(6), true); len(list) != 0 {
		t.Errorf("too early: %+v", list)
	}
	if list := w.Tick(at(7), true); len(list) != 1 || list[0].Node != "a" || list[0].News != Silent {
		t.Errorf("after six seconds: %+v", list)
	}
}
