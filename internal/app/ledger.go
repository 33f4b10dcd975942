package app

import (
	"encoding/json"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"time"
)

// ledgerName is the file beside the state of a drive that says what ozone was
// spent when (docs/profile.md).
const ledgerName = "ozone.json"

const (
	ledgerVersion = 1
	ledgerDays    = 14 // are kept
	rateDays      = 7  // count for the present rate
	oneDay        = 24 * time.Hour
	// lowOzone is how long ozone must last at the present rate for nobody to be
	// told.
	lowOzone = 7 * oneDay
)

// ledger is what ozone an account spent lately, day by day, whichever device
// spent it: what is left was less than before. What was bought is no spending.
type ledger struct {
	Version int                `json:"version"`
	Since   time.Time          `json:"since"` // of the first entry
	Noz     float64            `json:"noz"`   // left when it was asked last
	Days    map[string]float64 `json:"days"`  // noz by day of UTC, "2026-11-23"
}

func dayOf(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// note enters what is left now.
func (l *ledger) note(now time.Time, noz float64) {
	if l.Since.IsZero() || now.Before(l.Since) { // new, or the clock was set back
		*l = ledger{Version: ledgerVersion, Since: now.UTC().Round(time.Second), Days: map[string]float64{}}
	} else if spent := l.Noz - noz; spent > 0 {
		l.Days[dayOf(now)] += spent
	}
	l.Noz = noz
	for each := range l.Days {
		if each <= dayOf(now.Add(-ledgerDays*oneDay)) {
			delete(l.Days, each)
		}
	}
}

// rate is what is spent a day at present. Less than a day counts as one, so that
// one busy hour is not taken for a day's worth of them.
func (l ledger) rate(now time.Time) float64 {
	sum := 0.0
	for each, noz := range l.Days {
		if each > dayOf(now.Add(-rateDays*oneDay)) {
			sum += noz
		}
	}
	known := float64(now.Sub(l.Since)) / float64(oneDay)
	return sum / min(max(known, 1), rateDays)
}

// lasts tells for how long what is left is enough at the present rate; known is
// false while nothing is spent.
func (l ledger) lasts(now time.Time) (left time.Duration, known bool) {
	rate := l.rate(now)
	if rate <= 0 {
		return 0, false
	}
	return time.Duration(min(max(l.Noz, 0)/rate, 36500) * float64(oneDay)), true
}

// readLedger reads the ledger of a drive; one that cannot be read begins anew.
func readLedger(home string) ledger {
	var l ledger
	raw, err := os.ReadFile(filepath.Join(home, ledgerName))
	if err != nil || json.Unmarshal(raw, &l) != nil || l.Version != ledgerVersion || l.Days == nil {
		return ledger{}
	}
	return l
}

// nozNumber is an amount of noz as a number, good to 15 digits.
func nozNumber(noz *big.Int) float64 {
	f, _ := new(big.Float).SetInt(noz).Float64()
	if math.IsInf(f, 0) {
		return math.MaxFloat64
	}
	return f
}
