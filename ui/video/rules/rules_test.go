package rules

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

var start = time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)

func TestControlsGoAfterAMoment(t *testing.T) {
	var a Attention
	if a.Shown(start, Reasons{}) || a.Left(start) != 0 {
		t.Error("shown although nobody ever moved")
	}
	a.Stir(start)
	for after, want := range map[time.Duration]bool{0: true, Rest - 1: true, Rest: false, time.Hour: false} {
		if got := a.Shown(start.Add(after), Reasons{}); got != want {
			t.Errorf("after %v: shown %v", after, got)
		}
	}
	if got := a.Left(start.Add(time.Second)); got != Rest-time.Second {
		t.Errorf("%v left", got)
	}
	a.Stir(start.Add(time.Minute))
	if !a.Shown(start.Add(time.Minute+Rest-1), Reasons{}) {
		t.Error("a second move changes nothing")
	}
}

func TestControlsStayForAReason(t *testing.T) {
	var a Attention
	for _, r := range []Reasons{
		{NoPlayer: true}, {Paused: true}, {Ended: true}, {Trouble: true}, {Asking: true}, {Held: true}, {Pointed: true}, {Focused: true}, {Heard: true}, {Covered: true},
	} {
		if !a.Shown(start, r) {
			t.Errorf("%+v: the controls go", r)
		}
	}
}

func TestWhatAPictureWaitsFor(t *testing.T) {
	for _, c := range []struct {
		s    playback.State
		want Wait
	}{
		{playback.State{}, Opening},
		{playback.State{Problem: playbackProblem{}}, Nothing},
		{playback.State{Shown: true}, Nothing},
		{playback.State{Shown: true, Ended: true, Waiting: true}, Nothing},
		{playback.State{Shown: true, Seeking: true, Waiting: true}, Jumping},
		{playback.State{Shown: true, Waiting: true}, Network},
	} {
		if got := WaitOf(c.s); got != c.want {
			t.Errorf("%+v: %v, want %v", c.s, got, c.want)
		}
	}
}

type playbackProblem struct{}

func (playbackProblem) Error() string { return "x" }

func TestShortWaitsAreNotSaid(t *testing.T) {
	var w Waiting
	for _, c := range []struct {
		after time.Duration
		kind  Wait
		say   Wait
		look  time.Duration
	}{
		{0, Jumping, Nothing, Patience},
		{200 * time.Millisecond, Network, Nothing, Patience - 200*time.Millisecond}, // the jump ends in waiting: one wait
		{Patience, Network, Network, 0},
		{2 * Patience, Network, Network, 0},
		{3 * Patience, Nothing, Nothing, 0},
		{3*Patience + 1, Network, Nothing, Patience}, // a new one
		{4*Patience + 1, Jumping, Jumping, 0},
	} {
		if say, look := w.See(c.kind, start.Add(c.after)); say != c.say || look != c.look {
			t.Errorf("after %v: says %v, looks again in %v", c.after, say, look)
		}
	}
}

func TestPercent(t *testing.T) {
	for part, want := range map[float64]int{0: 0, 0.5: 50, 0.999: 99, 1: 99, 7: 99} {
		if got, ok := Percent(part); !ok || got != want {
			t.Errorf("%v: %d, %v", part, got, ok)
		}
	}
	for _, unknown := range []float64{-1, math.NaN()} {
		if _, ok := Percent(unknown); ok {
			t.Errorf("%v is known", unknown)
		}
	}
}

func TestPlacesOnTheBar(t *testing.T) {
	for _, c := range []struct{ got, want float64 }{
		{Part(25, 100), 0.25},
		{Part(-5, 100), 0},
		{Part(500, 100), 1},
		{Part(5, 0), 0},
		{PartOf(30, 120), 0.25},
		{PartOf(130, 120), 1},
		{PartOf(-1, 120), 0},
		{PartOf(5, 0), 0},
		{PartOf(math.NaN(), 5), 0},
		{SecondAt(0.5, 100), 50},
		{SecondAt(1, 100), 99.5},
		{SecondAt(1, 0.1), 0},
	} {
		if c.got != c.want {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
}

func TestStretches(t *testing.T) {
	r := func(from, to float64) playback.Range { return playback.Range{From: from, To: to} }
	for _, c := range []struct {
		in   []playback.Range
		most int
		want []Stretch
	}{
		{nil, 5, nil},
		{[]playback.Range{r(80, 90), r(0, 20), r(20, 40), r(30, 35)}, 5, []Stretch{{0, 0.4}, {0.8, 0.9}}},
		{[]playback.Range{r(50, 50), r(200, 300), r(-5, 10)}, 5, []Stretch{{0, 0.1}}},
		{[]playback.Range{r(0, 10), r(20, 21), r(40, 60)}, 2, []Stretch{{0, 0.1}, {0.4, 0.6}}},
	} {
		if got := Stretches(c.in, 100, c.most); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.in, got, c.want)
		}
	}
	if Stretches([]playback.Range{r(0, 1)}, 0, 5) != nil {
		t.Error("stretches of a whole that is not known")
	}
}

// Whatever the player says, stretches are in order, apart, inside, and not too
// many.
func TestStretchesAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		second := rapid.Float64Range(-10, 200)
		ranges := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) playback.Range {
			return playback.Range{From: second.Draw(t, "from"), To: second.Draw(t, "to")}
		}), 0, 20).Draw(t, "ranges")
		got := Stretches(ranges, 100, 4)
		if len(got) > 4 {
			t.Fatalf("%d stretches", len(got))
		}
		for i, s := range got {
			if s.From < 0 || s.To > 1 || s.To <= s.From || i > 0 && s.From <= got[i-1].To {
				t.Fatalf("%v", got)
			}
		}
	})
}

func TestAhead(t *testing.T) {
	ranges := []playback.Range{{From: 10, To: 30}, {From: 60, To: 70}}
	for position, want := range map[float64]float64{10: 20, 9.8: 20.2, 5: 0, 30: 0, 61: 9} {
		if got := Ahead(ranges, position); math.Abs(got-want) > 1e-9 {
			t.Errorf("at %v: %v, want %v", position, got, want)
		}
	}
}

func TestChapters(t *testing.T) {
	list := []playback.Chapter{{At: 5}, {At: 60}, {At: 90}}
	for second, want := range map[float64]int{0: -1, 5: 0, 59: 0, 60: 1, 500: 2} {
		if got := ChapterAt(list, second); got != want {
			t.Errorf("at %v: %d, want %d", second, got, want)
		}
	}
	for _, c := range []struct {
		second  float64
		forward bool
		to      int
		ok      bool
	}{{0, true, 0, true}, {6, true, 1, true}, {95, true, 3, false}, {61, false, 0, true}, {70, false, 1, true}, {6, false, -1, false}, {2, false, -2, false}} {
		if to, ok := ChapterJump(list, c.second, c.forward); to != c.to || ok != c.ok {
			t.Errorf("from %v: %d, %v", c.second, to, ok)
		}
	}
	if _, ok := ChapterJump(nil, 5, true); ok {
		t.Error("a jump without chapters")
	}
}

func TestMarkingAPart(t *testing.T) {
	var l playback.Loop
	for _, c := range []struct {
		at   float64
		want playback.Loop
	}{
		{10, playback.Loop{Begun: true, From: 10}},
		{20, playback.Loop{Begun: true, From: 10, To: 20}},
		{30, playback.Loop{}},
		{30, playback.Loop{Begun: true, From: 30}},
		{25, playback.Loop{Begun: true, From: 25, To: 30}},
		{0, playback.Loop{}},
		{5, playback.Loop{Begun: true, From: 5}},
		{5, playback.Loop{Begun: true, From: 5, To: 5.2}}, // never nothing
	} {
		if l = Mark(l, c.at); l != c.want {
			t.Errorf("at %v: %+v, want %+v", c.at, l, c.want)
		}
	}
}
