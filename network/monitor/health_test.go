package monitor

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// An owner is told once that a node went off and once that it is back; a node
// that connects again within the patience is not off.
func TestNews(t *testing.T) {
	start := time.Unix(1_700_000_000, 0)
	type step struct {
		after time.Duration // since start
		note  State         // Unheard: nothing is noted
		want  State         // Unheard: nothing is told
	}
	for name, steps := range map[string][]step{
		"starts online":        {{0, Online, Unheard}, {time.Hour, Unheard, Unheard}},
		"goes offline":         {{0, Online, Unheard}, {10 * time.Second, Offline, Unheard}, {40 * time.Second, Unheard, Offline}, {time.Hour, Unheard, Unheard}},
		"goes silent":          {{0, Online, Unheard}, {10 * time.Second, Silent, Unheard}, {39 * time.Second, Silent, Unheard}, {40 * time.Second, Silent, Silent}, {time.Hour, Silent, Unheard}},
		"connects again":       {{0, Online, Unheard}, {10 * time.Second, Silent, Unheard}, {20 * time.Second, Online, Unheard}, {time.Hour, Unheard, Unheard}},
		"comes back":           {{0, Online, Unheard}, {10 * time.Second, Offline, Unheard}, {time.Minute, Unheard, Offline}, {2 * time.Minute, Online, Online}, {time.Hour, Unheard, Unheard}},
		"offline, then silent": {{0, Online, Unheard}, {10 * time.Second, Offline, Unheard}, {time.Minute, Unheard, Offline}, {2 * time.Minute, Silent, Unheard}, {time.Hour, Unheard, Unheard}, {2 * time.Hour, Online, Online}},
		"never there":          {{0, Silent, Unheard}, {time.Minute, Silent, Silent}},
	} {
		var h Health
		for i, s := range steps {
			at := start.Add(s.after)
			switch s.note {
			case Online, Offline:
				h.Heard(at, s.note == Online)
			case Silent:
				h.Lost(at)
			case Unheard:
			}
			news, tell, _ := h.News(at)
			if tell != (s.want != Unheard) || (tell && news != s.want) {
				t.Errorf("%s, step %d: %v %v", name, i, news, tell)
			}
		}
	}
}

// Whoever asks again when he is told to hears of every node that stays off
// within the patience, and bad and good news take turns.
func TestNewsComeInTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h Health
		at, off := time.Unix(1_700_000_000, 0), false
		ask := func(until time.Time) {
			for {
				news, tell, again := h.News(at)
				if tell && (news == Online) != off {
					t.Fatalf("told %v, off is %v", news, off)
				}
				if tell {
					off = news != Online
				}
				if again.IsZero() || again.After(until) {
					break
				}
				at = again
			}
			at = until
		}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				h.Heard(at, true)
			case 1:
				h.Heard(at, false)
			case 2:
				h.Lost(at)
			}
			ask(at.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "seconds")) * time.Second))
			state, since := h.State()
			if isOff := state != Online; at.Sub(since) > Patience && isOff != off {
				t.Fatalf("%v since %v, and off is told: %v", state, at.Sub(since), off)
			}
		}
	})
}
