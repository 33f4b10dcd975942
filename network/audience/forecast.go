package audience

import (
	"math"
	"time"
)

const (
	day = 24 * time.Hour
	// memory is how many days a forecast looks back, and half after how many of
	// them a day counts half as much.
	memory = 28
	half   = 7.0
	// leastDays must be over before anything can be said about the next ones.
	leastDays = 3
	// tenth is how many standard deviations leave a tenth on each side.
	tenth = 1.2816
)

// Range is what may come: Low and High hold four times in five, if things go on
// as they did.
type Range struct{ Low, Likely, High float64 }

// Forecast tells what the next days may bring of something, from what whole days
// brought. The last weeks count most; a day without an entry brought nothing. ok
// is false as long as too few days are over.
func Forecast(days []Day, now time.Time, next int, of func(Count) int64) (r Range, ok bool) {
	values := lately(days, now, of)
	if len(values) < leastDays {
		return r, false
	}
	var weights, squares, mean float64
	for i, v := range values {
		w := weight(len(values) - 1 - i)
		weights, squares, mean = weights+w, squares+w*w, mean+w*v
	}
	mean /= weights
	var spread float64
	for i, v := range values {
		spread += weight(len(values)-1-i) * (v - mean) * (v - mean)
	}
	independent := weights * weights / squares // so many equal days would tell as much
	spread = spread / weights * independent / max(1, independent-1)
	n := float64(next)
	off := tenth * math.Sqrt(spread*n+spread/independent*n*n) // chance of each day, and not knowing the mean
	return Range{max(0, n*mean-off), n * mean, n*mean + off}, true
}

func weight(age int) float64 { return math.Exp2(-float64(age) / half) }

// lately are the values of the whole days before now, the oldest first, since
// the first one that brought something.
func lately(days []Day, now time.Time, of func(Count) int64) []float64 {
	today := now.UTC().Truncate(day)
	from := today.Add(-memory * day)
	by := map[time.Time]float64{}
	first := today
	for _, d := range days {
		if d.At.Before(today) && of(d.Count) > 0 {
			by[d.At] = float64(of(d.Count))
			if d.At.Before(first) {
				first = d.At
			}
		}
	}
	if first.Before(from) {
		first = from
	}
	var values []float64
	for at := first; at.Before(today); at = at.Add(day) {
		values = append(values, by[at])
	}
	return values
}
