package rules

// Speeds are those that are offered.
var Speeds = []float64{0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 3, 4}

// Faster is the offered speed above, Slower the one below.
func Faster(speed float64) float64 {
	for _, s := range Speeds {
		if s > speed+0.01 {
			return s
		}
	}
	return Speeds[len(Speeds)-1]
}

// Slower is the offered speed below.
func Slower(speed float64) float64 {
	for i := len(Speeds) - 1; i >= 0; i-- {
		if Speeds[i] < speed-0.01 {
			return Speeds[i]
		}
	}
	return Speeds[0]
}

// Times is a speed multiplied, within what can be played.
func Times(speed, factor float64) float64 {
	return min(Speeds[len(Speeds)-1], max(Speeds[0], speed*factor))
}

// Loudest is the volume in percent up to which sound is amplified.
const Loudest = 130.0

// Louder is a volume turned by percent, within what can be played.
func Louder(volume, by float64) float64 { return min(Loudest, max(0, volume+by)) }
