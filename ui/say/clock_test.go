package say

import "testing"

func TestClock(t *testing.T) {
	for seconds, want := range map[float64]string{
		0: "0:00", -3: "0:00", 9: "0:09", 59.6: "1:00", 61.4: "1:01", 754: "12:34", 3599.7: "1:00:00", 3600: "1:00:00", 36_125: "10:02:05",
	} {
		if got := Clock(seconds); got != want {
			t.Errorf("%v is %s, want %s", seconds, got, want)
		}
	}
}
