package audience

import (
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// Count is what came of one or more files.
type Count struct {
	Plays int64 // began
	Ends  int64 // came to the last part
	Bytes int64 // that others paid for
}

func (c Count) plus(d Count) Count {
	return Count{c.Plays + d.Plays, c.Ends + d.Ends, c.Bytes + d.Bytes}
}

// Day is the count of one day in UTC.
type Day struct {
	At time.Time // its start
	Count
}

// Sum is the count of several days.
func Sum(days []Day) (sum Count) {
	for _, d := range days {
		sum = sum.plus(d.Count)
	}
	return sum
}

// Days are the days of files together, oldest first.
func Days(files ...network.AudienceFile) []Day {
	var all []Day
	for _, f := range files {
		for _, d := range f.Days {
			all = append(all, Day{d.Day.UTC().Truncate(day), Count{d.Plays, d.Ends, d.Bytes}})
		}
	}
	slices.SortFunc(all, func(a, b Day) int { return a.At.Compare(b.At) })
	var out []Day
	for _, d := range all {
		if n := len(out); n > 0 && out[n-1].At.Equal(d.At) {
			out[n-1].Count = out[n-1].plus(d.Count)
		} else {
			out = append(out, d)
		}
	}
	return out
}

// Retention is the part of all plays, 0 to 1, that were given each part of a
// file. It is empty for a file that nobody played.
func Retention(parts []int64) []float64 {
	most := int64(0)
	for _, p := range parts {
		most = max(most, p)
	}
	if most == 0 {
		return nil
	}
	out := make([]float64, len(parts))
	for i, p := range parts {
		out[i] = float64(p) / float64(most)
	}
	return out
}
