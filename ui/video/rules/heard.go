package rules

import (
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// Heard tells whether what plays is for hearing: it has no picture, or only one
// that stands still.
func Heard(s playback.State) bool {
	moves := func(t playback.Track) bool { return !t.Cover }
	return s.Open && len(s.Of(playback.Sound)) > 0 && !slices.ContainsFunc(s.Of(playback.Picture), moves)
}

// Awaited tells whether the picture is still to come. painted says whether one
// of this video is on the screen.
func Awaited(s playback.State, painted bool) bool {
	if Heard(s) {
		return !s.Shown
	}
	return !s.Shown || s.Width > 0 && !painted
}
