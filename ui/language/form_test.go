package language

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNumbers(t *testing.T) {
	for code, want := range map[string][5]string{
		"en": {"0", "999", "1,234.5", "-1,234,567", "0.0001"},
		"zh": {"0", "999", "1,234.5", "-1,234,567", "0.0001"},
		"fr": {"0", "999", "1\u00a0234,5", "-1\u00a0234\u00a0567", "0,0001"},
		"de": {"0", "999", "1.234,5", "-1.234.567", "0,0001"},
		"es": {"0", "999", "1234,5", "-1.234.567", "0,0001"}, // four digits stay together
	} {
		for i, plain := range []string{"0", "999", "1234.5", "-1234567", "0.0001"} {
			if got := forms[code].Number(plain); got != want[i] {
				t.Errorf("%s: %s is written %q", code, plain, got)
			}
		}
	}
}

// Whatever is written in a language can be read back as the same number.
func TestNumbersLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.StringMatching(`-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,9})?`).Draw(t, "number")
		f := forms[rapid.SampledFrom(Names()).Draw(t, "language").Code]
		back := strings.ReplaceAll(strings.ReplaceAll(f.Number(plain), f.Group, ""), f.Decimal, ".")
		if back != plain {
			t.Fatalf("%s in %s: %q", plain, f.Code, f.Number(plain))
		}
	})
}

func TestDays(t *testing.T) {
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) // a Monday
	for code, want := range map[string][3]string{
		"en": {"2 Mar", "2 Mar 2026", "Monday"}, "zh": {"3月2日", "2026年3月2日", "星期一"},
		"fr": {"2 mars", "2 mars 2026", "lundi"}, "de": {"2. März", "2. März 2026", "Montag"}, "es": {"2 mar", "2 mar 2026", "lunes"},
	} {
		f := forms[code]
		if got := [3]string{f.Day(day, false), f.Day(day, true), f.Weekday(day.Weekday())}; got != want {
			t.Errorf("%s: %q", code, got)
		}
	}
}

// TestFormsAreWhole: each month and weekday has a name of its own, and no name
// holds a letter that a date would replace.
func TestFormsAreWhole(t *testing.T) {
	if len(forms) != len(Names()) {
		t.Errorf("%d forms for %d languages", len(forms), len(Names()))
	}
	for _, n := range Names() {
		f, seen := forms[n.Code], map[string]bool{}
		for _, name := range append(f.Months[:], f.Weekdays[:]...) {
			if name == "" || seen[name] {
				t.Errorf("%s: the name %q is there twice, or empty", n.Code, name)
			}
			seen[name] = true
		}
		if f.Code != n.Code || f.Decimal == f.Group || f.Single == nil {
			t.Errorf("%s: %+v", n.Code, f)
		}
	}
}

func TestOneThing(t *testing.T) {
	for code, want := range map[string][3]bool{
		"en": {false, true, false}, "zh": {false, false, false}, "fr": {true, true, false}, "de": {false, true, false}, "es": {false, true, false},
	} {
		single := forms[code].Single
		if got := [3]bool{single(0), single(1), single(2)}; got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}
