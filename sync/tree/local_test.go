package tree

import (
	"math"
	"testing"
	"time"
)

// Files may be dated where nanoseconds cannot be counted any more.
func TestTimesOfOddFiles(t *testing.T) {
	for at, want := range map[time.Time]int64{
		time.Unix(10_000_000_000, 0):     math.MaxInt64,
		time.Unix(-10_000_000_000, 0):    math.MinInt64,
		time.Unix(-1, 5):                 -999_999_995,
		time.Unix(0, math.MaxInt64):      math.MaxInt64,
		time.Unix(0, math.MaxInt64-1):    math.MaxInt64 - 1,
		time.Unix(1_700_000_000, 123456): 1_700_000_000_000_123_456,
	} {
		if got := Nanos(at); got != want {
			t.Errorf("%v is %d, want %d", at, got, want)
		}
	}
}
