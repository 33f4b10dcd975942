package rules

import "github.com/stratosdrive/stratosdrive/internal/playback"

// shortest is the shortest part that is repeated, in seconds.
const shortest = 0.2

// Mark marks the beginning of the part that is repeated, then its end, then
// takes both away. An end before the beginning becomes the beginning.
func Mark(l playback.Loop, at float64) playback.Loop {
	switch {
	case !l.Begun:
		l.Begun, l.From, l.To = true, at, 0
	case l.To > 0:
		l.Begun, l.From, l.To = false, 0, 0
	case at < l.From:
		l.From, l.To = at, max(l.From, at+shortest)
	default:
		l.To = max(at, l.From+shortest)
	}
	return l
}
