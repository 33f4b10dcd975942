package video

import (
	"fmt"
	"math"
	"strconv"
)

// clock writes seconds as people read them, 04:31 or 1:04:31, in the form that
// fits the length of the whole.
func clock(seconds, whole float64) string {
	if math.IsNaN(seconds) || seconds < 0 || seconds > 1e7 {
		seconds = 0
	}
	s := int(seconds)
	if max(seconds, whole) >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

// speedName writes a speed as "1x" or "1.25x".
func speedName(speed float64) string {
	if speed <= 0 {
		speed = 1
	}
	return strconv.FormatFloat(math.Round(speed*100)/100, 'f', -1, 64) + "x"
}

// speeds are those that are offered.
var speeds = []float64{0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 3}

// nextSpeed is the offered speed above or below.
func nextSpeed(speed float64, up bool) float64 {
	if up {
		for _, s := range speeds {
			if s > speed+0.01 {
				return s
			}
		}
		return speeds[len(speeds)-1]
	}
	for i := len(speeds) - 1; i >= 0; i-- {
		if speeds[i] < speed-0.01 {
			return speeds[i]
		}
	}
	return speeds[0]
}
