package video

import (
	"image"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// Player is what plays. No method may wait: orders are carried out later, and
// State tells what came of them.
type Player interface {
	// State is what the player does now.
	State() playback.State
	// Frame is the newest picture and its number, nil before the first. The
	// picture stays as it is until the next call.
	Frame() (*image.RGBA, uint64)
	// SetSize tells how many pixels of the screen the picture has.
	SetSize(width, height int)

	Load(address string) error
	Pause(paused bool)
	Seek(seconds float64)      // to a second of the video
	Skip(seconds float64)      // by seconds, back where negative
	Step(back bool)            // one picture
	SetVolume(percent float64) // 0 to 130
	Mute(muted bool)
	SetSpeed(speed float64)            // 1 = as recorded
	Choose(kind playback.Kind, id int) // a track, 0 = none

	SetLoop(playback.Loop)            // what is played again and again
	GoToChapter(index int)            // of State
	SetSoundDelay(seconds float64)    // later than recorded; negative = earlier
	SetSubtitleDelay(seconds float64) // later than written; negative = earlier
	RaiseSubtitles(part float64)      // by a part of the height of the picture
}

// Hooks are what the page around the video does. A control whose hook is nil
// is not shown.
type Hooks struct {
	Back       func()
	Share      func()
	Save       func() // what is behind a link, into the drive
	FullScreen func(on bool)
	Small      func() // show the picture in a small window instead
	Next       func()
	Previous   func()
	PlayOn     func(on bool) // go on with the next at the end
	Again      func()        // open the video anew after a problem; nil: load the same address
	Elsewhere  func()        // open it in another player, offered when this one cannot
	Opened     func()        // length and tracks of what was loaded are known

	// Supply tells how the bytes come, for a video of so many seconds; nil
	// where nothing is fetched.
	Supply func(duration float64) playback.Supply

	// After calls f later on the goroutine of the window; nil for the system's
	// clock. It counts only when the widget is made.
	After func(d time.Duration, f func()) (stop func())
}

// Thumbnails are small pictures of places in the video. No method may wait.
type Thumbnails interface {
	Want(seconds float64) // asks for a picture; only the newest wish counts
	Forget()              // takes the wish back
	At(seconds float64) *image.RGBA
}
