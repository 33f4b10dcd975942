package rules

import (
	"math"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

func TestQueue(t *testing.T) {
	items := []Item{{"A", "a"}, {"B", "b"}, {"C", "c"}}
	for what, want := range map[string][2]string{"a": {"", "B"}, "b": {"A", "C"}, "c": {"B", ""}, "x": {"", ""}} {
		q := NewQueue(items, what)
		before, _ := q.Previous()
		after, _ := q.Next()
		if before.Name != want[0] || after.Name != want[1] {
			t.Errorf("around %s: %v and %v", what, before, after)
		}
	}
	if _, ok := (Queue{}).Next(); ok {
		t.Error("something comes after nothing")
	}
}

func TestFit(t *testing.T) {
	widths := []float32{36, 48, 36}
	for room, want := range map[float32]int{0: 0, 36: 1, 85: 1, 86: 2, 124: 3, 900: 3} {
		if got := Fit(widths, 2, room); got != want {
			t.Errorf("in %v: %d, want %d", room, got, want)
		}
	}
}

func TestSpeeds(t *testing.T) {
	if Faster(1) != 1.25 || Faster(4) != 4 || Slower(0.25) != 0.25 || Slower(1.1) != 1 || Faster(0.9) != 1 {
		t.Error("wrong speeds")
	}
	if Times(1, 2) != 2 || Times(3, 2) != 4 || Times(0.3, 0.5) != 0.25 {
		t.Error("wrong products")
	}
	if Louder(128, 5) != 130 || Louder(3, -5) != 0 || Louder(50, 5) != 55 {
		t.Error("wrong volumes")
	}
}

func TestKeys(t *testing.T) {
	for r, want := range map[rune]Order{
		' ': PlayPause, 'k': PlayPause, 'K': PlayPause, 'l': OnTen, 'L': LoopWhole, '7': ToPart, 'N': NextItem, '>': NextItem,
		'<': PreviousItem, 'P': PreviousItem, '?': ShowKeys, '{': SpeedHalf, '#': NextSound, 'I': ShowFigures, 'é': NoOrder,
	} {
		if got := OfRune(r); got != want {
			t.Errorf("%q: %v, want %v", r, got, want)
		}
	}
	for name, want := range map[string]Order{"Left": BackFive, "Escape": Leave, "Next": ChapterOn, "F5": NoOrder, "": NoOrder} {
		if got := OfName(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// Each order has one line, and no key stands in two.
func TestKeysAreListedOnce(t *testing.T) {
	seen, orders := map[string]bool{}, map[Order]bool{}
	for _, k := range Keys {
		if k.Runes == "" && len(k.Names) == 0 || orders[k.Order] {
			t.Errorf("%v has no key, or two lines", k.Order)
		}
		orders[k.Order] = true
		for _, key := range append(strings.Split(k.Runes, ""), k.Names...) {
			if seen[key] {
				t.Errorf("%q stands twice", key)
			}
			seen[key] = true
		}
	}
	for o := NoOrder + 1; o <= Leave; o++ {
		if !orders[o] {
			t.Errorf("order %d has no key", o)
		}
	}
}

func TestWhatIsHeard(t *testing.T) {
	sound := playback.Track{Kind: playback.Sound, ID: 1}
	film, cover := playback.Track{Kind: playback.Picture, ID: 1}, playback.Track{Kind: playback.Picture, ID: 1, Cover: true}
	for _, c := range []struct {
		s    playback.State
		want bool
	}{
		{playback.State{}, false},
		{playback.State{Tracks: []playback.Track{sound}}, false}, // not open: a picture may follow
		{playback.State{Open: true, Tracks: []playback.Track{sound}}, true},
		{playback.State{Open: true, Tracks: []playback.Track{sound, cover}}, true},
		{playback.State{Open: true, Tracks: []playback.Track{sound, cover, film}}, false},
		{playback.State{Open: true, Tracks: []playback.Track{film}}, false},
	} {
		if got := Heard(c.s); got != c.want {
			t.Errorf("%+v: %v", c.s, got)
		}
	}
}

func TestWhenAPictureIsAwaited(t *testing.T) {
	sound := []playback.Track{{Kind: playback.Sound, ID: 1}}
	for _, c := range []struct {
		s             playback.State
		painted, want bool
	}{
		{playback.State{}, false, true},
		{playback.State{}, true, true}, // painted was the one of before
		{playback.State{Open: true, Shown: true, Width: 160}, false, true},
		{playback.State{Open: true, Shown: true, Width: 160}, true, false},
		{playback.State{Open: true, Shown: true}, false, false}, // nothing to see, nothing to hear
		{playback.State{Open: true, Tracks: sound}, false, true},
		{playback.State{Open: true, Shown: true, Tracks: sound}, false, false},
		{playback.State{Open: true, Shown: true, Tracks: sound, Width: 100}, false, false},
	} {
		if got := Awaited(c.s, c.painted); got != c.want {
			t.Errorf("%+v, painted %v: %v", c.s, c.painted, got)
		}
	}
}

func TestLift(t *testing.T) {
	for _, c := range []struct {
		bottom, tall, controls float32
		want                   float64
	}{
		{700, 500, 650, 0.1},
		{650, 500, 650, 0}, // the controls begin below it
		{600, 500, 650, 0},
		{700, 500, 100, 0.5}, // never more than half of it
		{700, 0, 650, 0},     // there is no picture
	} {
		if got := Lift(c.bottom, c.tall, c.controls); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
