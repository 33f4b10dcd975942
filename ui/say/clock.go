package say

import (
	"fmt"
	"math"
)

// Clock writes a length in seconds as players show it: "4:31", "1:04:31".
// A length that is not known is none.
func Clock(seconds float64) string {
	if !(seconds > 0 && seconds < math.MaxInt32) {
		seconds = 0
	}
	s := int(math.Round(seconds))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
