package walletpage

import (
	"math/big"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

const (
	courseDays   = 30
	coursePoints = 61 // two for each day, and the end
)

// course is how much there was over the last days, read backwards from what
// there is now: what came is taken off, what went and its fee is put back. It
// knows nothing of rewards of the stake, which come without an entry. Fewer than two
// payments are no course; then it is nil. The numbers are for drawing only.
func course(now time.Time, total *big.Int, entries []app.HistoryEntry, self string) []float64 {
	from, moves := now.AddDate(0, 0, -courseDays), 0
	for _, h := range entries {
		if h.Time.After(from) && moved(h, self).Sign() != 0 {
			moves++
		}
	}
	if moves < 2 {
		return nil
	}
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b app.HistoryEntry) int { return b.Time.Compare(a.Time) })
	if oldest := entries[len(entries)-1].Time; oldest.After(from) {
		from = oldest.Add(-now.Sub(oldest) / 20) // nothing is known of what was before
	}
	values, have, next := make([]float64, coursePoints), new(big.Int).Set(total), 0
	for i := coursePoints - 1; i >= 0; i-- {
		at := from.Add(now.Sub(from) * time.Duration(i) / (coursePoints - 1))
		for next < len(entries) && entries[next].Time.After(at) {
			have.Sub(have, moved(entries[next], self))
			next++
		}
		values[i] = stosOf(have)
	}
	return values
}

// moved is by how much an entry changed the money of the wallet, in wei. What
// is staked stays one's own, and so does what one sends to oneself.
func moved(h app.HistoryEntry, self string) *big.Int {
	change := new(big.Int)
	if h.State == "waiting" || h.State == "unknown" {
		return change
	}
	if !h.Incoming {
		change.Sub(change, h.Fee.Wei())
	}
	switch {
	case h.State == "failed" || h.Kind == "stake" || h.With == self:
	case h.Incoming && h.Kind == "ozone": // somebody else paid
	case h.Incoming:
		change.Add(change, h.Amount.Wei())
	default:
		change.Sub(change, h.Amount.Wei())
	}
	return change
}

func stosOf(wei *big.Int) float64 {
	value, _ := new(big.Float).Quo(new(big.Float).SetInt(wei), big.NewFloat(1e18)).Float64()
	return max(value, 0)
}
