package rules

import "github.com/stratosdrive/stratosdrive/internal/playback"

// backToStart is how far into a chapter going back leads to its own beginning,
// in seconds, as music players do it.
const backToStart = 3

// ChapterAt is the index of the chapter that a second belongs to, -1 before
// the first.
func ChapterAt(chapters []playback.Chapter, second float64) int {
	at := -1
	for i, c := range chapters {
		if c.At <= second {
			at = i
		}
	}
	return at
}

// ChapterJump is where the chapter before or after begins; ok is false when
// there is none.
func ChapterJump(chapters []playback.Chapter, second float64, forward bool) (to int, ok bool) {
	at := ChapterAt(chapters, second)
	switch {
	case forward:
		to = at + 1
	case at >= 0 && second-chapters[at].At > backToStart:
		to = at
	default:
		to = at - 1
	}
	return to, to >= 0 && to < len(chapters)
}
