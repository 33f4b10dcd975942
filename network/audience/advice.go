package audience

import "time"

// Advice is the one thing that is most worth doing.
type Advice string

// The advice there is.
const (
	Nothing   Advice = ""          // nothing stands out
	Share     Advice = "share"     // nobody has played anything yet
	Wait      Advice = "wait"      // too little is known
	Beginning Advice = "beginning" // many leave in the first fifth
	Middle    Advice = "middle"    // many leave at one place later on
	More      Advice = "more"      // most see it to the end: they want more of it
	Revive    Advice = "revive"    // it was played, and lately is not
)

const (
	leastPlays = 10 // fewer tell nothing about people
	manyLeave  = 0.4
	mostStay   = 0.6
	quiet      = 14 * day
)

// Advise tells what to do about one thing that was published, and at which part
// of it, 0 to 1, where that matters.
func Advise(days []Day, retention []float64, now time.Time) (a Advice, at float64) {
	sum := Sum(days)
	switch {
	case sum.Plays == 0:
		return Share, 0
	case sum.Plays < leastPlays:
		return Wait, 0
	case now.Sub(lastPlayed(days)) > quiet:
		return Revive, 0
	}
	where, drop := steepest(retention)
	switch {
	case drop >= manyLeave && where < 0.2:
		return Beginning, where
	case drop >= manyLeave:
		return Middle, where
	case float64(sum.Ends) >= mostStay*float64(sum.Plays):
		return More, 0
	}
	return Nothing, 0
}

func lastPlayed(days []Day) (at time.Time) {
	for _, d := range days {
		if d.Plays > 0 && d.At.After(at) {
			at = d.At
		}
	}
	return at
}

// steepest is where most leave, as a part of the whole, and which part of all
// plays does so there: within a fifth of it, so that long videos with many small
// parts are seen like short ones.
func steepest(retention []float64) (where, drop float64) {
	n := len(retention)
	width := max(1, n/5)
	for i := 0; i+width < n; i++ {
		if d := retention[i] - retention[i+width]; d > drop {
			where, drop = float64(i)/float64(n), d
		}
	}
	return where, drop
}
