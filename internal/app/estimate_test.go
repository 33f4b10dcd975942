package app

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func at(seconds float64) time.Time {
	return time.Unix(1_700_000_000, 0).Add(time.Duration(seconds * float64(time.Second)))
}

func TestEstimateOfASteadyLine(t *testing.T) {
	var e estimator
	if e.left(at(0), 100) != 0 {
		t.Error("it knows before anything moved")
	}
	for i := range 100 {
		e.note(at(float64(i)/10), int64(i)*1000) // 10,000 bytes a second
	}
	if s := e.speed(at(9.9)); s < 9900 || s > 10100 {
		t.Error(s)
	}
	for rest, want := range map[int64]time.Duration{
		1: 5 * time.Second, 120_000: 15 * time.Second, 3_000_000: 5*time.Minute + time.Minute, 100_000_000: 3 * time.Hour, 0: 0, 1 << 62: 0,
	} {
		got := e.left(at(9.9), rest)
		if got < want-time.Minute || got > want {
			t.Errorf("%d bytes: %v, want %v", rest, got, want)
		}
	}
}

func TestEstimateForgetsWhatIsLongAgo(t *testing.T) {
	var e estimator
	for i := range 60 {
		e.note(at(float64(i)), int64(i)*1_000_000)
	}
	for i := range 60 { // the line gets a thousand times slower
		e.note(at(float64(60+i)), 60_000_000+int64(i)*1000)
	}
	if s := e.speed(at(119)); s > 1100 {
		t.Error("it still hopes for", s)
	}
	if l := e.left(at(119+3600), 1000); l != 0 {
		t.Error("nothing moved for an hour, and it says", l)
	}
	e.note(at(120), 5) // another sync
	if s := e.speed(at(120.5)); s != 0 {
		t.Error(s)
	}
}

// Whatever was noted, speed and time are never below zero, the notes stay few,
// and more to do never takes less time.
func TestEstimateIsSane(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var e estimator
		now, done := 0.0, int64(0)
		for range rapid.IntRange(0, 200).Draw(t, "notes") {
			now += rapid.Float64Range(0, 20).Draw(t, "seconds")
			done = max(0, done+rapid.Int64Range(-10, 1<<30).Draw(t, "bytes"))
			e.note(at(now), done)
		}
		rest := rapid.Int64Range(0, 1<<40).Draw(t, "rest")
		more := rest + rapid.Int64Range(0, 1<<40).Draw(t, "more")
		later := at(now + rapid.Float64Range(0, 100).Draw(t, "later"))
		a, b := e.left(later, rest), e.left(later, more)
		if e.speed(later) < 0 || a < 0 || b < 0 || (a > b && b != 0) || len(e.seen) > 64 {
			t.Fatal(e.speed(later), a, b, len(e.seen))
		}
	})
}
