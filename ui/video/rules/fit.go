package rules

// Fit tells which of some things, the most important first, find room beside
// each other. What does not fit is left out, and so is all that matters less.
func Fit(widths []float32, gap, room float32) (n int) {
	used := float32(0)
	for i, w := range widths {
		if i > 0 {
			used += gap
		}
		if used += w; used > room {
			return i
		}
	}
	return len(widths)
}
