package audience

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

var noon = time.Date(2026, 5, 30, 12, 0, 0, 0, time.UTC)

func ago(days int) time.Time { return noon.Truncate(day).Add(-time.Duration(days) * day) }

func plays(c Count) int64 { return c.Plays }

func TestDaysOfSeveralFilesAreAdded(t *testing.T) {
	file := func(days ...network.AudienceDay) network.AudienceFile { return network.AudienceFile{Days: days} }
	got := Days(
		file(network.AudienceDay{Day: ago(1), Plays: 1, Ends: 1, Bytes: 10}, network.AudienceDay{Day: ago(3), Plays: 2}),
		file(network.AudienceDay{Day: ago(1), Plays: 4, Bytes: 5}),
	)
	want := []Day{{ago(3), Count{Plays: 2}}, {ago(1), Count{5, 1, 15}}}
	if !slices.Equal(got, want) || Sum(got) != (Count{7, 1, 15}) {
		t.Errorf("%v", got)
	}
}

func TestRetention(t *testing.T) {
	if got := Retention([]int64{10, 5, 0}); !slices.Equal(got, []float64{1, 0.5, 0}) {
		t.Error(got)
	}
	if got := Retention([]int64{2, 4}); !slices.Equal(got, []float64{0.5, 1}) {
		t.Errorf("who began in the middle: %v", got)
	}
	if Retention(nil) != nil || Retention([]int64{0}) != nil {
		t.Error("nobody played, and still somebody stays")
	}
}

// series is some days that end yesterday, the oldest first.
func series(values ...int64) []Day {
	var days []Day
	for i, v := range values {
		if v > 0 {
			days = append(days, Day{ago(len(values) - i), Count{Plays: v}})
		}
	}
	return days
}

func TestForecastOfEqualDays(t *testing.T) {
	r, ok := Forecast(series(5, 5, 5, 5), noon, 30, plays)
	if want := (Range{150, 150, 150}); !ok || math.Abs(r.Low-want.Low)+math.Abs(r.Likely-want.Likely)+math.Abs(r.High-want.High) > 1e-6 {
		t.Errorf("%v %v", r, ok)
	}
}

func TestForecastNeedsWholeDays(t *testing.T) {
	today := Day{noon.Truncate(day), Count{Plays: 1000}}
	if _, ok := Forecast(append(series(5, 5), today), noon, 30, plays); ok {
		t.Error("two days and a half tell what comes")
	}
	r, ok := Forecast(append(series(5, 5, 5), today), noon, 30, plays)
	if !ok || math.Abs(r.Likely-150) > 1e-6 {
		t.Errorf("a day that is not over counts: %v", r)
	}
}

// A day without plays is a day too, but not those before the first play.
func TestForecastCountsDaysWithoutPlays(t *testing.T) {
	r, _ := Forecast(series(0, 0, 0, 8, 0, 0), noon, 1, plays)
	if r.Likely <= 2 || r.Likely >= 3 {
		t.Errorf("%v", r)
	}
}

func TestForecastFollowsTheLastWeeks(t *testing.T) {
	rising := series(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 10, 10, 10, 10, 10, 10, 10)
	r, _ := Forecast(rising, noon, 1, plays)
	if r.Likely < 5.5 {
		t.Errorf("%v", r)
	}
	old := []Day{{ago(300), Count{Plays: 1e6}}}
	if r, ok := Forecast(append(old, series(2, 2, 2)...), noon, 1, plays); !ok || r.Likely > 2 {
		t.Errorf("what was long ago counts: %v", r)
	}
}

// Of many series that go on as they began, about four in five end in the range.
func TestForecastHoldsFourTimesInFive(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const worlds, next = 2000, 7
	within := 0
	for range worlds {
		mean := 5 + 50*random.Float64()
		draw := func() int64 { return int64(max(0, math.Round(mean+random.NormFloat64()*mean/3))) }
		var past []int64
		for range 10 + random.IntN(18) {
			past = append(past, draw())
		}
		var came int64
		for range next {
			came += draw()
		}
		if r, ok := Forecast(series(past...), noon, next, plays); ok && r.Low <= float64(came) && float64(came) <= r.High {
			within++
		}
	}
	if part := float64(within) / worlds; part < 0.74 || part > 0.86 {
		t.Errorf("%.3f of them hold", part)
	}
}

func TestForecastIsARange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, 1e12), 0, 60).Draw(t, "days")
		r, ok := Forecast(series(values...), noon, rapid.IntRange(1, 365).Draw(t, "next"), plays)
		if ok && (r.Low < 0 || r.Low > r.Likely || r.Likely > r.High || math.IsNaN(r.High) || math.IsInf(r.High, 0)) {
			t.Fatalf("%v", r)
		}
		if !ok && len(slices.DeleteFunc(slices.Clone(values), func(v int64) bool { return v == 0 })) >= leastDays {
			t.Fatal("enough days, and no forecast")
		}
	})
}

func TestAdvice(t *testing.T) {
	lately := func(n, ends int64) []Day { return []Day{{ago(1), Count{Plays: n, Ends: ends}}} }
	for name, c := range map[string]struct {
		days  []Day
		stay  []float64
		want  Advice
		where float64
	}{
		"nobody came":         {nil, nil, Share, 0},
		"bytes without plays": {[]Day{{ago(1), Count{Bytes: 9}}}, nil, Share, 0},
		"a few":               {lately(9, 9), []float64{1, 1}, Wait, 0},
		"long ago":            {[]Day{{ago(20), Count{Plays: 50, Ends: 50}}}, []float64{1, 1}, Revive, 0},
		"the beginning":       {lately(50, 10), []float64{1, 0.5, 0.45, 0.4, 0.4, 0.3, 0.3, 0.3, 0.2, 0.2}, Beginning, 0},
		"a place":             {lately(50, 10), []float64{1, 1, 0.9, 0.9, 0.9, 0.9, 0.4, 0.4, 0.3, 0.3}, Middle, 0.4},
		"to the end":          {lately(50, 40), []float64{1, 0.9, 0.9, 0.8}, More, 0},
		"as usual":            {lately(50, 20), []float64{1, 0.8, 0.6, 0.5, 0.4}, Nothing, 0},
		"one part":            {lately(50, 50), []float64{1}, More, 0},
	} {
		if got, at := Advise(c.days, c.stay, noon); got != c.want || math.Abs(at-c.where) > 0.11 {
			t.Errorf("%s: %q at %.2f", name, got, at)
		}
	}
}
