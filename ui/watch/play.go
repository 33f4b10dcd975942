package watch

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video"
)

// PlayPage plays one video in the whole window.
type PlayPage struct {
	host    *page.Host
	cinema  *Cinema
	session *session
	screen  *video.Video
	full    bool
	object  fyne.CanvasObject
}

// Page returns the page that plays what is named: a path of the drive, a file
// of this computer, or a link.
func (c *Cinema) Page(what string) *PlayPage {
	p := &PlayPage{host: c.host, cinema: c}
	p.screen = video.New(video.Hooks{After: c.after})
	p.session = c.take(what, p.screen)
	p.screen.SetHooks(func(h *video.Hooks) {
		*h = p.session.hooks(video.Hooks{Back: c.host.Back, FullScreen: p.fullScreen, Small: p.float, Save: p.session.saver(), Share: p.session.sharer()})
	})
	p.object = container.NewStack(p.screen)
	return p
}

// Object is the page.
func (p *PlayPage) Object() fyne.CanvasObject { return p.object }

// Immersive tells that the page wants the whole window.
func (p *PlayPage) Immersive() bool { return true }

// Focus gives the keyboard to the picture: its keys work from the beginning,
// also before the toolkit knows in which window it is.
func (p *PlayPage) Focus() { p.host.Canvas().Focus(p.screen) }

// Leave ends playing, unless the video went on to the small window.
func (p *PlayPage) Leave() {
	if p.full {
		p.fullScreen(false)
	}
	if p.session.shows(p.screen) {
		p.cinema.end(p.session)
	}
}

func (p *PlayPage) fullScreen(on bool) {
	p.full = on
	p.host.Window.SetFullScreen(on)
	p.screen.SetFullScreen(on)
}

// float shows the video in a small window.
func (p *PlayPage) float() {
	if p.full {
		p.fullScreen(false)
	}
	p.cinema.float()
}
