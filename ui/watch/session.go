package watch

import (
	"context"
	"image"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// session is one person watching: a player and what it plays, one video after
// the other, whichever window shows it.
type session struct {
	c     *Cinema
	tasks *page.Tasks // end with the session
	leave func()
	over  bool

	screen   atomic.Pointer[video.Video]
	player   Player // nil until it has started
	starting bool
	problem  error // why there is no player

	what   string
	opened int        // videos so far; answers about an earlier one are late
	media  *app.Media // nil until it is open
	place  app.Place  // where to go on, asked when it is loaded
	thumbs Thumbnails // nil: none
	given  []rules.Item
	queue  rules.Queue
	notes  notes
	blamed bool        // the source is shown as what went wrong
	carded bool        // the publisher's title and poster are shown
	poster image.Image // until there is a picture; nil: none
	cover  image.Image // of something to hear, that lies beside it; nil: none
}

func newSession(c *Cinema, list []rules.Item, screen *video.Video) *session {
	s := &session{c: c, given: list}
	s.tasks, s.leave = c.host.Tasks.Scope()
	s.screen.Store(screen)
	s.tasks.Every(time.Second, s.tick)
	s.tasks.Every(time.Second/5, s.takeCard)
	s.startPlayer()
	return s
}

// now is the widget that shows the video.
func (s *session) now() *video.Video { return s.screen.Load() }

func (s *session) shows(screen *video.Video) bool { return s.now() == screen }

// show moves the video to another widget.
func (s *session) show(screen *video.Video) {
	old := s.screen.Swap(screen)
	old.SetThumbnails(nil)
	old.SetPlayer(nil)
	if s.media != nil {
		s.sayTitle()
	}
	if s.player != nil && s.media != nil {
		screen.Take(s.player, s.media.URL)
	}
	screen.ShowProblem(s.problem)
	screen.SetPoster(s.poster)
	screen.SetCover(s.cover)
	s.sayNeighbours()
	if s.thumbs != nil {
		screen.SetThumbnails(s.thumbs)
	}
}

// hooks adds to what a window does what the session does.
func (s *session) hooks(h video.Hooks) video.Hooks {
	h.Next, h.Previous, h.PlayOn = s.next, s.previous, s.setPlayOn
	h.Again, h.Elsewhere, h.Supply, h.Opened = s.again, s.elsewhere, s.supply, s.known
	return h
}

// startPlayer starts the player beside the window. One that comes when nobody
// watches any more is closed.
func (s *session) startPlayer() {
	s.starting = true
	page.Run(s.c.host.Tasks, func(context.Context) (Player, error) {
		return s.c.start(func() { s.now().FrameReady() }, func() { s.now().StateChanged() })
	}, func(player Player, err error) {
		s.starting, s.problem = false, err
		if s.over {
			s.closeLater(player, nil, nil)
			return
		}
		if err != nil {
			s.now().ShowProblem(err)
			return
		}
		s.player = player
		if s.c.volume > 0 {
			player.SetVolume(s.c.volume)
			player.Mute(s.c.muted)
		}
		s.now().SetPlayer(player)
		s.load()
	})
}

// opening is what there is to know before something is loaded.
type opening struct {
	media *app.Media
	place app.Place
}

// placeTime is how long the picture waits for the place where the person
// stopped last.
const placeTime = time.Second

// open finds the video; the place where it was left is only of interest if
// somebody chose it.
func (s *session) open(what string, chosen bool) {
	s.what = what
	s.opened++
	mine := s.opened
	s.sayNeighbours()
	s.findNeighbours()
	s.findPoster()
	page.Run(s.c.host.Tasks, func(context.Context) (opening, error) {
		ctx := s.tasks.Context()
		places := make(chan app.Place, 1)
		go func() {
			within, cancel := context.WithTimeout(ctx, placeTime)
			defer cancel()
			place, err := s.c.backend.Watched(within, what)
			if err != nil || !chosen {
				place = app.Place{} // then it begins at the beginning
			}
			places <- place
		}()
		media, err := s.c.backend.OpenMedia(ctx, what)
		return opening{media, <-places}, err
	}, func(f opening, err error) {
		if s.over || mine != s.opened {
			s.closeLater(nil, f.media, nil)
			return
		}
		s.ready(f, err)
	})
}

// ready takes what was opened, in place of what was open before.
func (s *session) ready(f opening, err error) {
	if err != nil {
		s.now().ShowProblem(err)
		return
	}
	old, thumbs := s.media, s.thumbs
	s.now().SetThumbnails(nil)
	s.media, s.place, s.thumbs, s.carded = f.media, f.place, nil, false
	s.closeLater(nil, old, thumbs)
	s.setCover(nil)
	s.sayTitle()
	s.takeCard()
	s.makeThumbnails()
	s.load()
}

// load plays what is open, once there is a player.
func (s *session) load() {
	if s.player == nil || s.media == nil {
		return
	}
	s.announce()
	if s.place.At > 0 {
		s.now().PlayFrom(s.media.URL, s.place.At.Seconds())
		return
	}
	s.now().Play(s.media.URL)
}

// again is "Try again": also the player may have been installed meanwhile.
func (s *session) again() {
	s.now().ShowProblem(nil)
	if s.player == nil && !s.starting {
		s.startPlayer()
	}
	s.open(s.what, true)
}

// elsewhere opens the video in the system's player.
func (s *session) elsewhere() {
	if s.media == nil {
		return
	}
	if s.player != nil {
		s.player.Pause(true)
	}
	s.c.host.Fail(s.c.host.Video(s.media.URL))
}

func (s *session) supply(duration float64) playback.Supply {
	if s.media == nil || s.media.Supply == nil {
		return playback.Supply{}
	}
	return s.media.Supply(duration)
}

// tall is the height of the picture as a part of its width.
func (s *session) tall() float32 {
	if s.player != nil {
		if state := s.player.State(); state.Width > 0 && state.Height > 0 {
			return float32(state.Height) / float32(state.Width)
		}
	}
	return 9.0 / 16
}

// onWindow is f for other goroutines.
func onWindow(f func()) func() { return func() { fyne.Do(f) } }
