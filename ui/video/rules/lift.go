package rules

// Lift is which part of a picture lies under the controls, 0 to a half: so much
// what is written into its lower edge has to go up to stay in sight. bottom is
// where the picture ends in the window, tall its height, controls where they
// begin.
func Lift(bottom, tall, controls float32) float64 {
	if tall <= 0 {
		return 0
	}
	return float64(min(0.5, max(0, (bottom-controls)/tall)))
}
