package update

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWhatIsNotOfToday(t *testing.T) {
	seen, err := Memory{}.Admit(sample(), now)
	if err != nil || seen.Sequence != 7 || !seen.Time.Equal(now) {
		t.Fatalf("%+v, %v", seen, err)
	}
	day := 24 * time.Hour
	for name, c := range map[string]struct {
		change func(*Index)
		at     time.Time
		want   error
	}{
		"the same again":         {func(*Index) {}, now.Add(day), nil},
		"a newer one":            {func(i *Index) { i.Sequence++; i.Release.Version = "v1.3.0" }, now, nil},
		"an older one":           {func(i *Index) { i.Sequence-- }, now, ErrRolledBack},
		"another of that number": {func(i *Index) { i.Release.Notes = "Slower." }, now, ErrRolledBack},
		"expired":                {func(*Index) {}, now.Add(30 * day), ErrExpired},
		"the clock went back":    {func(*Index) {}, now.Add(-2 * day), ErrClock},
		"the clock is behind":    {func(i *Index) { i.Sequence++; i.Time = now.Add(3 * day) }, now, ErrClock},
		"clocks differ a little": {func(i *Index) { i.Sequence++; i.Time = now.Add(time.Hour) }, now, nil},
	} {
		i := sample()
		c.change(&i)
		after, err := seen.Admit(i, c.at)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && after != seen {
			t.Errorf("%s is refused and remembered: %+v", name, after)
		}
	}
}

// TestNothingGoesBack: whatever indexes are shown at whatever moments, the number
// and the time that are remembered only grow, and never beyond what was signed.
func TestNothingGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Memory{}
		for range rapid.IntRange(1, 20).Draw(t, "indexes") {
			i := sample()
			i.Sequence = rapid.Int64Range(1, 5).Draw(t, "sequence")
			i.Time = now.Add(time.Duration(rapid.IntRange(-99, 99).Draw(t, "signed")) * time.Hour)
			i.Expires = i.Time.Add(time.Duration(rapid.IntRange(1, 99).Draw(t, "life")) * time.Hour)
			at := now.Add(time.Duration(rapid.IntRange(-99, 99).Draw(t, "now")) * time.Hour)
			next, err := m.Admit(i, at)
			if next.Sequence < m.Sequence || next.Time.Before(m.Time) {
				t.Fatalf("%+v after %+v", next, m)
			}
			if err == nil && (!at.Before(i.Expires) || next.Sequence != i.Sequence || next.Time.After(m.Time) && !next.Time.Before(i.Expires)) {
				t.Fatalf("%+v is believed at %s", i, at)
			}
			m = next
		}
	})
}
