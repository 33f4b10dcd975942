package playback

// Supply is one moment of what brings a video to the player. It is a value:
// nothing in it changes afterwards.
type Supply struct {
	Here []Range // what lies on this computer already, in seconds of the video, in order; approximate where no index tells

	Fetched int64 // bytes that came from the network
	Wasted  int64 // of them, bytes that no player was given
	Noz     int64 // ozone spent, in nano-ozone

	Rate int64 // bytes per second that come while something is fetched; 0 = not measured yet
	Need int64 // bytes per second that the video takes on average; 0 = not known
	Slow bool  // the network brings less than the video takes

	Hedged int // times that something was asked for twice, because the first answer was slow to come
	Moved  int // times that another gateway had to take over
}

// At tells whether the second of the video lies on this computer, with so many
// seconds around it on both sides.
func (s Supply) At(second, around float64) bool {
	for _, r := range s.Here {
		if r.From <= max(0, second-around) && second+around <= r.To {
			return true
		}
	}
	return false
}
