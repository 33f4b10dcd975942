package confirm

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

func TestTypedAmounts(t *testing.T) {
	for text, want := range map[string]struct{ wrong, enough bool }{
		"": {}, "0": {}, ".": {}, "12.": {}, "0.00": {}, "12 s": {}, "5 gw": {},
		"12.5": {enough: true}, " 1 ": {enough: true}, "0.000000000000000001": {enough: true},
		"10 gwei": {enough: true}, "10gwei": {enough: true}, "7 wei": {enough: true}, "1.5 STOS": {enough: true},
		"max": {enough: true}, "All of it": {enough: true}, "all of it ": {enough: true},
		"1,284.5": {enough: true}, "12,5": {enough: true}, "1.284,5 stos": {enough: true}, "1,000": {wrong: true}, "999,250": {wrong: true}, "-1": {wrong: true}, "1e5": {wrong: true}, "twelve": {wrong: true}, ".5": {wrong: true},
		"1.0000000000000000001": {wrong: true}, "1.2.3": {wrong: true}, "1.5 wei": {wrong: true}, "5 euro": {wrong: true},
		"0.0000000001 gwei": {wrong: true}, "gwei": {wrong: true},
	} {
		problem, enough := AmountProblem(text)
		if (problem != "") != want.wrong || enough != want.enough {
			t.Errorf("%q: %q, enough %v", text, problem, enough)
		}
	}
}

func FuzzTypedAmounts(f *testing.F) {
	for _, s := range []string{"1.5", "", "1,0", "١", "1..2", "9999999999999999999999", "5 gwei", "max"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		problem, enough := AmountProblem(text)
		if enough && problem != "" {
			t.Fatalf("%q is enough and wrong", text)
		}
		if enough && amountOf(text) != everything && strings.Trim(strings.ToLower(amountOf(text)), "0123456789. gweisto") != "" {
			t.Fatalf("%q is taken for a number", text)
		}
	})
}

// spoken speaks a language for a test.
func spoken(t *testing.T, code string) {
	t.Helper()
	if err := language.Use(code); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = language.Use("en") })
}

// TestAmountsAreTypedInAnyLanguage: what package app is given has a point, and
// what may mean two amounts is asked about with both of them.
func TestAmountsAreTypedInAnyLanguage(t *testing.T) {
	for code, want := range map[string]struct{ decimal, asks string }{
		"en": {"1284.5", "That may mean 1250 or 1.25. Write one of these."},
		"de": {"1284.5", "Das kann 1250 oder 1,25 heißen. Schreib eines davon."},
		"fr": {"1284.5", "Cela peut être 1250 ou 1,25. Écrivez l’un des deux."},
		"es": {"1284.5", "Eso puede ser 1250 o 1,25. Escribe uno de los dos."},
		"zh": {"1284.5", "这可能是 1250 或 1.25。请写其中一个。"},
	} {
		spoken(t, code)
		for _, text := range []string{"1284.5", "1284,5", "1,284.5", "1.284,5", "1 284,5", " 1284,50 "} {
			if got := amountOf(text); strings.TrimSuffix(got, "0") != want.decimal {
				t.Errorf("%s: %q is %q", code, text, got)
			}
		}
		for _, text := range []string{"1,250", "1.250"} {
			if problem, enough := AmountProblem(text); enough || problem != want.asks {
				t.Errorf("%s: %q: %q", code, text, problem)
			}
		}
		if got := amountOf("12,5 gwei"); got != "12.5 gwei" {
			t.Errorf("%s: %q", code, got)
		}
	}
}

// TestTheAnswersAreClear: both amounts that are offered can be typed.
func TestTheAnswersAreClear(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		code := rapid.SampledFrom(language.Names()).Draw(r, "language").Code
		spoken(t, code)
		typed := rapid.StringMatching(`[1-9][0-9]{0,2}[.,][0-9]{3}`).Draw(r, "typed")
		if _, err := language.Now().Read(typed); err == nil {
			return
		}
		words := strings.Fields(eitherOf(typed))
		seen := 0
		for _, word := range words {
			word = strings.Trim(word, ".。请写其中一个")
			if word != "" && strings.Trim(word, "0123456789.,") == "" {
				if _, err := language.Now().Read(word); err != nil {
					r.Fatalf("%s: %q is answered with %q, which is asked about too", code, typed, word)
				}
				seen++
			}
		}
		if seen != 2 {
			r.Fatalf("%s: %q is answered with %q", code, typed, words)
		}
	})
}

// exact is an amount as its exact decimal number of STOS.
type exact string

func (e exact) Format(string) string { return string(e) }

// What the window shows of an amount can be pasted into the field for one.
func TestShownAmountsCanBePasted(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		spoken(t, rapid.SampledFrom(language.Names()).Draw(r, "language").Code)
		plain := rapid.StringMatching(`[1-9][0-9]{3,8}\.[0-9]{0,17}[1-9]`).Draw(r, "amount")
		shown := say.STOS(exact(plain))
		if problem, enough := AmountProblem(shown); !enough || amountOf(shown) != plain+" stos" {
			r.Fatalf("%s is shown as %q and read as %q: %s", plain, shown, amountOf(shown), problem)
		}
	})
}

func TestTakingAll(t *testing.T) {
	test.NewTempApp(t)
	a, told := NewAmount("Amount"), 0
	a.OnChanged = func() { told++ }
	a.Field.SetText("12.5.")
	if a.Enough() || a.problem.Text() == "" {
		t.Error("what is wrong must be told")
	}
	a.TakeAll()
	if a.Field.Text != "All of it" || a.Text() != "max" || !a.Enough() || told != 2 || a.problem.Text() != "" {
		t.Errorf("%q is %q, told %d times", a.Field.Text, a.Text(), told)
	}
	if a.Field.SetText(" 10 gwei"); a.Text() != "10 gwei" {
		t.Error(a.Text())
	}
}
