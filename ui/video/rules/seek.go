package rules

import (
	"cmp"
	"math"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// lastMoment is how far before the end a jump to the end leads, in seconds: so
// there is something to see.
const lastMoment = 0.5

// Part is the place of x on a bar of a width, 0 to 1.
func Part(x, width float32) float64 {
	if width <= 0 || x != x {
		return 0
	}
	return float64(min(1, max(0, x/width)))
}

// PartOf is where a second lies in a whole, 0 to 1; 0 when the whole is not
// known.
func PartOf(second, whole float64) float64 {
	if whole <= 0 || math.IsNaN(second) {
		return 0
	}
	return min(1, max(0, second/whole))
}

// SecondAt is the second at a part of a whole.
func SecondAt(part, whole float64) float64 { return max(0, min(part*whole, whole-lastMoment)) }

// Stretch is a part of a bar, both ends 0 to 1.
type Stretch struct{ From, To float64 }

// Stretches puts ranges of seconds on a bar: in order, those that touch made
// one, and no more than most of them, the shortest left out.
func Stretches(ranges []playback.Range, whole float64, most int) []Stretch {
	if whole <= 0 {
		return nil
	}
	var out []Stretch
	for _, r := range Merge(ranges, nil) {
		if s := (Stretch{PartOf(r.From, whole), PartOf(r.To, whole)}); s.To > s.From {
			out = append(out, s)
		}
	}
	for len(out) > most {
		shortest := slices.MinFunc(out, func(a, b Stretch) int { return cmp.Compare(a.To-a.From, b.To-b.From) })
		out = slices.DeleteFunc(out, func(s Stretch) bool { return s == shortest })
	}
	return out
}

// Ahead is how many seconds can be played from a second on without fetching.
func Ahead(ranges []playback.Range, position float64) float64 {
	const slack = 0.5 // ranges and position are not of the same moment
	for _, r := range ranges {
		if position >= r.From-slack && position < r.To {
			return r.To - position
		}
	}
	return 0
}

// Merge is what lies in one of two lists of ranges, in order.
func Merge(a, b []playback.Range) []playback.Range {
	var out []playback.Range
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(a, b playback.Range) int { return cmp.Compare(a.From, b.From) })
	for _, r := range all {
		switch last := len(out) - 1; {
		case r.To <= r.From:
		case last >= 0 && r.From <= out[last].To:
			out[last].To = max(out[last].To, r.To)
		default:
			out = append(out, r)
		}
	}
	return out
}
