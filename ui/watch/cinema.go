package watch

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// Player plays for one session and is closed with it.
type Player interface {
	video.Player
	// AddSubtitles adds a file of subtitles to the video that is open.
	AddSubtitles(address, title, language string, choose bool) error
	Close() error
}

// announced is a player that the desktop knows: it shows what plays, and its
// keys lead to the videos before and after it. The functions are called on other
// goroutines; nil where there is no such video.
type announced interface {
	Announce(title string, previous, next func())
}

// NewPlayer starts a player. It calls onFrame for every new picture and
// onChange for every other change, from its own goroutines. Where the player
// is not installed the error says what to do. It may take its time.
type NewPlayer func(onFrame, onChange func()) (Player, error)

// Thumbnails are small pictures of a video; Close waits for what is going on.
type Thumbnails interface {
	Want(seconds float64)
	Forget()
	At(seconds float64) *image.RGBA
	Close() error
}

// NewThumbnails makes small pictures of what an address gives, and calls ready
// from another goroutine whenever there is a new one.
type NewThumbnails func(address string, ready func()) (Thumbnails, error)

// Cinema shows one video at a time: on a page of the window, or in a small
// window that stays while other pages are shown.
type Cinema struct {
	// Screen is the part of the screen that windows may take, in the system's
	// own units; nil where that is not known, empty where it cannot be told.
	Screen func() image.Rectangle

	host    *page.Host
	backend Backend
	start   NewPlayer
	glimpse NewThumbnails // nil: no thumbnails

	session *session
	small   *smallWindow
	list    []rules.Item // what the next video is chosen from
	playOn  bool
	volume  float64 // percent, 0 = not set yet
	muted   bool
	after   func(time.Duration, func()) (stop func()) // nil: by the system's clock
	begun   unfinished                                // what must not be cut off at the end
}

// NewCinema returns a cinema that shows nothing yet.
func NewCinema(host *page.Host, backend Backend, start NewPlayer, glimpse NewThumbnails) *Cinema {
	return &Cinema{host: host, backend: backend, start: start, glimpse: glimpse}
}

// Follow says what list the next video is chosen from: then the ones before and
// after it are those of the list, not of its folder.
func (c *Cinema) Follow(list []rules.Item) { c.list = list }

// Open tells whether something plays, or would if it were not paused.
func (c *Cinema) Open() bool { return c.session != nil }

// Close ends what plays, wherever it is shown.
func (c *Cinema) Close() {
	c.closeSmall()
	c.end(c.session)
}

// lastWords is how long a window that is closed waits for what was begun.
const lastWords = 3 * time.Second

// Finish is Close, and waits until it is noted where what played was left: the
// program is about to end.
func (c *Cinema) Finish() {
	c.Close()
	c.begun.wait(lastWords)
}

// Settle waits until it is noted where what played before was left; it belongs
// beside the window.
func (c *Cinema) Settle() { c.begun.wait(lastWords) }

// later does something beside the window, also while that is closed.
func (c *Cinema) later(work func(ctx context.Context) error) {
	c.begun.begin()
	page.Do(c.host.Tasks, func(ctx context.Context) error {
		defer c.begun.end()
		return work(context.WithoutCancel(ctx))
	}, nil)
}

// take is the session of what is named: the one in the small window if it is
// that, else a new one.
func (c *Cinema) take(what string, screen *video.Video) *session {
	if c.small != nil && c.session != nil && c.session.what == what {
		s := c.session
		s.show(screen)
		c.closeSmall()
		return s
	}
	c.Close()
	list := c.list
	c.list = nil
	c.session = newSession(c, list, screen)
	c.session.open(what, true)
	return c.session
}

// end ends a session, if it is still the one that plays.
func (c *Cinema) end(s *session) {
	if s != nil && c.session == s {
		c.session = nil
		s.finish()
	}
}

// float shows what plays in a small window, and the page of before in the large
// one.
func (c *Cinema) float() {
	if c.session == nil || c.small != nil {
		return
	}
	c.small = newSmallWindow(c, c.session)
	c.session.show(c.small.screen)
	c.host.Back()
}

// enlarge shows what plays in the large window again.
func (c *Cinema) enlarge() {
	if c.session != nil {
		c.host.Window.RequestFocus()
		c.host.Go(page.Route{Page: page.Play, Arg: c.session.what})
	}
}

func (c *Cinema) closeSmall() {
	if small := c.small; small != nil {
		c.small = nil
		small.window.Close()
	}
}

// corner is where a window of a size lies in the lower right of the screen,
// where it covers least; ok is false where the screen is not known.
func (c *Cinema) corner(size fyne.Size) (at image.Point, ok bool) {
	if c.Screen == nil {
		return at, false
	}
	screen, scale := c.Screen(), c.host.Canvas().Scale()
	at = screen.Max.Sub(image.Pt(int((size.Width+toEdge)*scale), int((size.Height+toEdge)*scale)))
	return at, at.In(screen)
}

// smallWindow floats over other windows, where the system lets it.
type smallWindow struct {
	window fyne.Window
	screen *video.Video
}

// The small window in device-independent pixels; its height follows the
// picture.
const (
	smallWidth float32 = 400
	leastTall  float32 = 0.5 // of its width
	mostTall   float32 = 1.2
	toEdge     float32 = 24 // of the screen
)

func newSmallWindow(c *Cinema, s *session) *smallWindow {
	w := &smallWindow{window: fyne.CurrentApp().NewWindow(s.title())}
	w.screen = video.NewSmall(s.hooks(video.Hooks{Back: c.enlarge, After: c.after}))
	w.window.SetPadded(false)
	w.window.SetContent(w.screen)
	size := fyne.NewSize(smallWidth, smallWidth*min(mostTall, max(leastTall, s.tall())))
	w.window.Resize(size)
	if d, ok := w.window.(desktop.Window); ok {
		d.RequestAlwaysOnTop()
		if at, ok := c.corner(size); ok {
			d.RequestPosition(at.X, at.Y)
		}
	}
	w.window.SetOnClosed(func() {
		if c.small == w {
			c.small = nil
			c.end(s)
		}
	})
	w.window.Show()
	w.window.Canvas().Focus(w.screen)
	return w
}
