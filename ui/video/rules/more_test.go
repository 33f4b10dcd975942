package rules

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

func TestMergedRanges(t *testing.T) {
	r := func(from, to float64) playback.Range { return playback.Range{From: from, To: to} }
	for _, c := range []struct {
		name       string
		a, b, want []playback.Range
	}{
		{"nothing", nil, nil, nil},
		{"one list", []playback.Range{r(5, 9)}, nil, []playback.Range{r(5, 9)}},
		{"apart", []playback.Range{r(5, 9)}, []playback.Range{r(1, 2)}, []playback.Range{r(1, 2), r(5, 9)}},
		{"touching", []playback.Range{r(5, 9)}, []playback.Range{r(9, 12)}, []playback.Range{r(5, 12)}},
		{"overlapping", []playback.Range{r(5, 9)}, []playback.Range{r(7, 12)}, []playback.Range{r(5, 12)}},
		{"inside", []playback.Range{r(5, 9)}, []playback.Range{r(6, 7)}, []playback.Range{r(5, 9)}},
		{"the same", []playback.Range{r(5, 9)}, []playback.Range{r(5, 9)}, []playback.Range{r(5, 9)}},
		{"empty ones", []playback.Range{r(5, 5), r(8, 7)}, []playback.Range{r(1, 2)}, []playback.Range{r(1, 2)}},
		{"out of order", []playback.Range{r(8, 9), r(1, 3), r(2, 4)}, nil, []playback.Range{r(1, 4), r(8, 9)}},
	} {
		for _, got := range [][]playback.Range{Merge(c.a, c.b), Merge(c.b, c.a)} {
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
	}
}

// A second is in what was merged if, and only if, it was in one of the two.
func TestMergingKeepsEverySecond(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) playback.Range {
			return playback.Range{From: float64(rapid.IntRange(0, 30).Draw(t, "from")), To: float64(rapid.IntRange(0, 30).Draw(t, "to"))}
		}), 0, 8)
		a, b := list.Draw(t, "a"), list.Draw(t, "b")
		has := func(list []playback.Range, second float64) bool {
			return slices.ContainsFunc(list, func(r playback.Range) bool { return r.From < second && second < r.To })
		}
		merged := Merge(a, b)
		for second := 0.5; second < 31; second++ {
			if has(merged, second) != (has(a, second) || has(b, second)) {
				t.Fatalf("%v of %v and %v: %v", second, a, b, merged)
			}
		}
	})
}

func TestHowMuchIsFilled(t *testing.T) {
	for _, c := range []struct {
		from, to, position, want float64
	}{{10, 10.25, 10, 0.25}, {10, 11, 10, 1}, {10, 90, 10, 1}, {10, 90, 95, 0}, {10, 90, 2, 0}} {
		if got := Filled([]playback.Range{{From: c.from, To: c.to}}, c.position); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	if Filled(nil, 5) != 0 {
		t.Error("something of nothing")
	}
}

// Going faster and slower stays among what is offered, and comes back.
func TestSpeedsGoUpAndDown(t *testing.T) {
	for i, s := range Speeds {
		up, down := Faster(s), Slower(s)
		if want := Speeds[min(i+1, len(Speeds)-1)]; up != want {
			t.Errorf("faster than %v is %v, want %v", s, up, want)
		}
		if want := Speeds[max(i-1, 0)]; down != want {
			t.Errorf("slower than %v is %v, want %v", s, down, want)
		}
	}
	if !slices.IsSorted(Speeds) || !slices.Contains(Speeds, 1) {
		t.Error("the speeds are out of order, or none is as recorded")
	}
	rapid.Check(t, func(t *rapid.T) {
		speed := rapid.Float64Range(0.01, 9).Draw(t, "speed")
		for _, got := range []float64{Faster(speed), Slower(speed)} {
			if !slices.Contains(Speeds, got) {
				t.Fatalf("%v leads to %v", speed, got)
			}
		}
		if times := Times(speed, rapid.Float64Range(0.1, 10).Draw(t, "factor")); times < Speeds[0] || times > Speeds[len(Speeds)-1] {
			t.Fatalf("%v", times)
		}
	})
}

func TestVolumeStaysInItsRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		volume, by := rapid.Float64Range(0, Loudest).Draw(t, "volume"), rapid.Float64Range(-300, 300).Draw(t, "by")
		got := Louder(volume, by)
		if got < 0 || got > Loudest || by > 0 && got < volume || by < 0 && got > volume {
			t.Fatalf("%v by %v is %v", volume, by, got)
		}
	})
}

// Marking goes round in three presses, wherever they are made, and a part is
// never empty or backwards.
func TestMarkingGoesRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		second := rapid.Float64Range(0, 500)
		whole := rapid.Bool().Draw(t, "whole")
		l := playback.Loop{Whole: whole}
		if l = Mark(l, second.Draw(t, "first")); !l.Begun || l.To != 0 {
			t.Fatalf("begun: %+v", l)
		}
		if l = Mark(l, second.Draw(t, "second")); !l.Begun || l.To-l.From < shortest-1e-9 || !l.Active() {
			t.Fatalf("ended: %+v", l)
		}
		if l = Mark(l, second.Draw(t, "third")); l != (playback.Loop{Whole: whole}) {
			t.Fatalf("over: %+v", l)
		}
	})
}

func TestPlacesInAQueue(t *testing.T) {
	items := []Item{{"A", "a"}, {"B", "b"}}
	for name, c := range map[string]struct {
		q            Queue
		before, next string
	}{
		"none":         {Queue{}, "", ""},
		"nothing":      {NewQueue(nil, "a"), "", ""},
		"first":        {NewQueue(items, "a"), "", "b"},
		"last":         {NewQueue(items, "b"), "a", ""},
		"alone":        {NewQueue(items[:1], "a"), "", ""},
		"somebody":     {NewQueue(items, "c"), "", ""},
		"by its name":  {NewQueue(items, "A"), "", ""},
		"out of bound": {Queue{items, 5}, "", ""},
	} {
		before, was := c.q.Previous()
		next, is := c.q.Next()
		if before.What != c.before || next.What != c.next || was != (c.before != "") || is != (c.next != "") {
			t.Errorf("%s: %v and %v", name, before, next)
		}
	}
}

// A jump to another chapter lands at the beginning of one that is there.
func TestChapterJumpsLand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []playback.Chapter
		at := 0.0
		for range rapid.IntRange(0, 8).Draw(t, "chapters") {
			at += rapid.Float64Range(0.1, 60).Draw(t, "length")
			list = append(list, playback.Chapter{At: at})
		}
		second, forward := rapid.Float64Range(0, 500).Draw(t, "second"), rapid.Bool().Draw(t, "forward")
		to, ok := ChapterJump(list, second, forward)
		if !ok {
			return
		}
		if to < 0 || to >= len(list) || forward && list[to].At <= second || !forward && list[to].At > second {
			t.Fatalf("from %v to chapter %d of %v", second, to, list)
		}
	})
}

func TestWaitsThatFollowEachOther(t *testing.T) {
	var w Waiting
	if say, look := w.See(Opening, start); say != Nothing || look != Patience {
		t.Errorf("%v, %v", say, look)
	}
	if say, _ := w.See(Jumping, start.Add(Patience)); say != Jumping {
		t.Errorf("one wait after the other is not one: %v", say)
	}
	w.See(Nothing, start.Add(Patience+time.Second))
	if say, look := w.See(Network, start.Add(Patience+2*time.Second)); say != Nothing || look != Patience {
		t.Errorf("a new wait is said at once: %v, %v", say, look)
	}
}
