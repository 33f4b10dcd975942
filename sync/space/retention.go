package space

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// Retention says how long the past of a drive is kept, in days of age: every
// state up to All, then the last of each day up to Daily, then the last of each
// week up to Weekly. What is in the drive now is kept in any case.
type Retention struct {
	All, Daily, Weekly int
}

// SettingRetention is the key of the setting that holds a [Retention].
const SettingRetention = "retention"

// maxDays is a hundred years.
const maxDays = 36500

// DefaultRetention is what holds until a person chooses something else.
func DefaultRetention() Retention { return Retention{All: 30, Daily: 90, Weekly: 365} }

// Encode returns the value of the setting.
func (r Retention) Encode() []byte {
	var w codec.Writer
	w.Head('T', 1)
	for _, days := range []int{r.All, r.Daily, r.Weekly} {
		w.Uint(uint64(days))
	}
	return w.Bytes()
}

// DecodeRetention reads the value of the setting.
func DecodeRetention(p []byte) (Retention, error) {
	d := codec.NewReader(p)
	d.Head('T', 1)
	r := Retention{int(d.UintMax(maxDays)), int(d.UintMax(maxDays)), int(d.UintMax(maxDays))}
	if err := d.End(); err != nil {
		return Retention{}, fmt.Errorf("retention: %w", err)
	}
	return r, nil
}

// State is a commit as retention sees it.
type State struct {
	ID      pack.ID
	Time    time.Time
	Parents []pack.ID
}

const day = 24 * time.Hour

// Keep returns the states that are kept at a time. The states that were the
// newest just before the edge of All are kept too, so that going back by that
// much is always possible.
func (r Retention) Keep(all []State, now time.Time) map[pack.ID]bool {
	out := map[pack.ID]bool{}
	edge := now.Add(-time.Duration(r.All) * day)
	for _, s := range frontier(all, edge) {
		out[s] = true
	}
	days, weeks := lastOf(all, day), lastOf(all, 7*day)
	for _, s := range all {
		age := now.Sub(s.Time)
		if !s.Time.Before(edge) || age <= time.Duration(r.Daily)*day && days[s.ID] || age <= time.Duration(r.Weekly)*day && weeks[s.ID] {
			out[s.ID] = true
		}
	}
	return out
}

// lastOf returns the last states of each day, or of each week.
func lastOf(all []State, length time.Duration) map[pack.ID]bool {
	last := map[int64]State{}
	for _, s := range all {
		n := s.Time.Unix() / int64(length.Seconds())
		last[n] = later(last[n], s)
	}
	out := map[pack.ID]bool{}
	for _, s := range last {
		out[s.ID] = true
	}
	return out
}

func later(a, b State) State {
	if cmp.Or(a.Time.Compare(b.Time), bytes.Compare(a.ID[:], b.ID[:])) > 0 {
		return a
	}
	return b
}

// frontier returns the states that were the newest at a time.
func frontier(all []State, at time.Time) []pack.ID {
	followed := map[pack.ID]bool{}
	for _, s := range all {
		if s.Time.After(at) {
			continue
		}
		for _, p := range s.Parents {
			followed[p] = true
		}
	}
	var out []pack.ID
	for _, s := range all {
		if !s.Time.After(at) && !followed[s.ID] {
			out = append(out, s.ID)
		}
	}
	slices.SortFunc(out, func(a, b pack.ID) int { return bytes.Compare(a[:], b[:]) })
	return out
}
