package app

import (
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestOzoneLasts(t *testing.T) {
	for name, c := range map[string]struct {
		left  []float64 // every six hours
		days  float64
		known bool
	}{
		"nothing spent":           {[]float64{100, 100, 100}, 0, false},
		"only bought":             {[]float64{100, 200, 300}, 0, false},
		"a busy first hour":       {[]float64{100, 90}, 9, true},
		"ten a day for two days":  {[]float64{100, 97.5, 95, 92.5, 90, 87.5, 85, 82.5, 80}, 8, true},
		"bought in between":       {[]float64{50, 40, 140, 130}, 6.5, true},
		"all of it":               {[]float64{100, 0}, 0, true},
		"a week without spending": {append([]float64{100, 30}, make30(40)...), 0, false},
	} {
		var l ledger
		now := noon
		for i, noz := range c.left {
			now = noon.Add(time.Duration(i) * 6 * time.Hour)
			l.note(now, noz)
		}
		left, known := l.lasts(now)
		if got := float64(left) / float64(oneDay); known != c.known || got < c.days-0.01 || got > c.days+0.01 {
			t.Errorf("%s: %.2f days, known %v; want %.2f, %v", name, got, known, c.days, c.known)
		}
	}
}

func make30(n int) (out []float64) {
	for range n {
		out = append(out, 30)
	}
	return out
}

// Nobody is told of days that never were, whatever is noted when; and the
// ledger stays small.
func TestLedgerStaysSane(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l ledger
		now := noon
		for range rapid.IntRange(1, 60).Draw(t, "notes") {
			now = now.Add(time.Duration(rapid.IntRange(-48, 96).Draw(t, "hours")) * time.Hour)
			l.note(now, rapid.Float64Range(0, 1e12).Draw(t, "noz"))
			if left, known := l.lasts(now); left < 0 || known && l.rate(now) <= 0 || len(l.Days) > ledgerDays+3 {
				t.Fatalf("%v %v %+v", left, known, l)
			}
		}
	})
}

func TestLedgerIsKept(t *testing.T) {
	home := t.TempDir()
	var l ledger
	l.note(noon, 100)
	l.note(noon.Add(time.Hour), 60)
	if err := writeJSON(filepath.Join(home, ledgerName), l); err != nil {
		t.Fatal(err)
	}
	if got := readLedger(home); got.rate(noon) != 40 || got.Noz != 60 || !got.Since.Equal(noon) {
		t.Errorf("%+v", got)
	}
	for _, text := range []string{"", "{", `{"version":2,"days":{}}`, `{"version":1}`} {
		if err := os.WriteFile(filepath.Join(home, ledgerName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := readLedger(home); got.Version != 0 {
			t.Errorf("%q: %+v", text, got)
		}
	}
	if huge := new(big.Int).Exp(big.NewInt(10), big.NewInt(400), nil); nozNumber(huge) <= 0 || nozNumber(big.NewInt(7)) != 7 {
		t.Error("numbers")
	}
}
