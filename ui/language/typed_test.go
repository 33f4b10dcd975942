package language

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const (
	unclear = "may be either"
	wrong   = "no number"
)

// readAs is what a language reads, or says of what it does not read.
func readAs(code, text string) string {
	got, err := forms[code].Read(text)
	switch {
	case errors.Is(err, ErrUnclear):
		return unclear
	case err != nil:
		return wrong
	}
	return got
}

// TestTypedNumbers: English and Chinese, German and Spanish, French.
func TestTypedNumbers(t *testing.T) {
	for text, want := range map[string][3]string{
		"":                    {"", "", ""},
		"0":                   {"0", "0", "0"},
		"1000":                {"1000", "1000", "1000"},
		"12.5":                {"12.5", "12.5", "12.5"},
		"12,5":                {"12.5", "12.5", "12.5"},
		" 12,25 ":             {"12.25", "12.25", "12.25"},
		"0,125":               {"0.125", "0.125", "0.125"},
		"0.125":               {"0.125", "0.125", "0.125"},
		"12.":                 {"12.", "12.", "12."},
		"12,":                 {"12.", "12.", "12."},
		".":                   {".", ".", "."},
		",":                   {".", ".", "."},
		"1,000":               {unclear, unclear, unclear},
		"1.000":               {unclear, unclear, unclear},
		"12,345":              {unclear, "12.345", "12.345"},
		"12.345":              {"12.345", unclear, unclear},
		"999.250":             {unclear, unclear, unclear},
		"1234,567":            {"1234.567", "1234.567", "1234.567"},
		"1,2345":              {"1.2345", "1.2345", "1.2345"},
		"1,284.372":           {"1284.372", "1284.372", "1284.372"},
		"1.284,372":           {"1284.372", "1284.372", "1284.372"},
		"1,234,567":           {"1234567", "1234567", "1234567"},
		"1.234.567":           {"1234567", "1234567", "1234567"},
		"1.234.567,8":         {"1234567.8", "1234567.8", "1234567.8"},
		"1 284,372":           {"1284.372", "1284.372", "1284.372"},
		"1\u00a0284\u00a0000": {"1284000", "1284000", "1284000"},
		"1\u202f284,5":        {"1284.5", "1284.5", "1284.5"},
		"12’345.6":            {"12345.6", "12345.6", "12345.6"},
		"1 2":                 {wrong, wrong, wrong},
		"1 23,4":              {wrong, wrong, wrong},
		"1,23,456":            {wrong, wrong, wrong},
		"0,000,001":           {wrong, wrong, wrong},
		"1,234.567.8":         {wrong, wrong, wrong},
		"1.2.3":               {wrong, wrong, wrong},
		"1..2":                {wrong, wrong, wrong},
		"1,.2":                {wrong, wrong, wrong},
		".5":                  {wrong, wrong, wrong},
		",5":                  {wrong, wrong, wrong},
		"-1":                  {wrong, wrong, wrong},
		"1e5":                 {wrong, wrong, wrong},
		"١٢":                  {wrong, wrong, wrong},
		"twelve":              {wrong, wrong, wrong},
		"1 000.5.5":           {wrong, wrong, wrong},
		"1.5 2":               {wrong, wrong, wrong},
		"1 234.567":           {"1234.567", "1234.567", "1234.567"},
	} {
		for code, i := range map[string]int{"en": 0, "zh": 0, "de": 1, "es": 1, "fr": 2} {
			if got := readAs(code, text); got != want[i] {
				t.Errorf("%s: %q is read as %q, want %q", code, text, got, want[i])
			}
		}
	}
}

// amount draws a number as it is kept: no needless zeros.
func amount(t *rapid.T) string {
	text := rapid.StringMatching(`(0|[1-9][0-9]{0,8})(\.[0-9]{0,17}[1-9])?`).Draw(t, "amount")
	return text
}

// What is shown is read back as the same amount in the same language. Only a
// whole number of thousands with a single mark is asked about.
func TestWhatIsShownIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := amount(t)
		f := forms[rapid.SampledFrom(Names()).Draw(t, "language").Code]
		shown := f.Number(plain)
		got, err := f.Read(shown)
		if errors.Is(err, ErrUnclear) && !strings.Contains(plain, ".") && strings.Count(shown, f.Group) == 1 {
			return
		}
		if err != nil || got != plain {
			t.Fatalf("%s: %s is shown as %q and read as %q (%v)", f.Code, plain, shown, got, err)
		}
	})
}

// Shown in one language and typed into a window in another, an amount is the
// same or it is asked about; it is never another one.
func TestNoLanguageReadsAnotherAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := amount(t)
		from := forms[rapid.SampledFrom(Names()).Draw(t, "shown in").Code]
		to := forms[rapid.SampledFrom(Names()).Draw(t, "read in").Code]
		got, err := to.Read(from.Number(plain))
		if err == nil && got != plain && !(thousandth(plain) && from.Decimal != to.Decimal) {
			t.Fatalf("%s in %s is %q, which %s reads as %s", plain, from.Code, from.Number(plain), to.Code, got)
		}
	})
}

// thousandth tells whether a number looks the same as a decimal of another: only
// those that end a group of three without a zero, as 12,345, which German reads
// as its own 12.345.
func thousandth(plain string) bool {
	return !strings.Contains(plain, ".") && len(plain) >= 4 && len(plain) <= 6 && !strings.HasSuffix(plain, "0")
}

// A reading never holds anything but digits and one point.
func FuzzTyped(f *testing.F) {
	for _, s := range []string{"1.5", "", "1,000", "1 000", "١", "1..2", "99999999999999999999", "1'000", ",", "0,0,0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, form := range forms {
			got, err := form.Read(text)
			if err == nil && (strings.Trim(got, "0123456789.") != "" || strings.Count(got, ".") > 1) {
				t.Fatalf("%s: %q is read as %q", form.Code, text, got)
			}
			if err != nil && got != "" {
				t.Fatalf("%s: %q is %q and wrong", form.Code, text, got)
			}
		}
	})
}
