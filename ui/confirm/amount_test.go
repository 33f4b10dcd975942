package confirm

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestTypedAmounts(t *testing.T) {
	for text, want := range map[string]struct{ wrong, enough bool }{
		"": {}, "0": {}, ".": {}, "12.": {}, "0.00": {}, "12 s": {}, "5 gw": {},
		"12.5": {enough: true}, " 1 ": {enough: true}, "0.000000000000000001": {enough: true},
		"10 gwei": {enough: true}, "10gwei": {enough: true}, "7 wei": {enough: true}, "1.5 STOS": {enough: true},
		"max": {enough: true}, "All of it": {enough: true}, "all of it ": {enough: true},
		"1,284.5": {wrong: true}, "-1": {wrong: true}, "1e5": {wrong: true}, "twelve": {wrong: true}, ".5": {wrong: true},
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
