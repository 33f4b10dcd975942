package watch

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video"
)

// Player plays for one page and is closed with it.
type Player interface {
	video.Player
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
// is not installed the error says what to do.
type NewPlayer func(onFrame, onChange func()) (Player, error)

// PlayPage plays one video in the whole window.
type PlayPage struct {
	host    *page.Host
	backend Backend
	tasks   *page.Tasks
	leave   func()
	start   NewPlayer
	what    string

	screen *video.Video
	player Player     // nil where none could be started
	media  *app.Media // nil until it is open
	full   bool
	object fyne.CanvasObject
}

// NewPlayPage returns the page that plays what is named: a path of the drive, a
// file of this computer, or a link.
func NewPlayPage(host *page.Host, backend Backend, start NewPlayer, what string) *PlayPage {
	p := &PlayPage{host: host, backend: backend, start: start, what: what}
	p.tasks, p.leave = host.Tasks.Scope()
	p.screen = video.New(video.Hooks{
		Back: host.Back, FullScreen: p.fullScreen, Again: p.open, Elsewhere: p.elsewhere,
	})
	p.object = container.NewStack(p.screen)
	p.prepare()
	p.open()
	return p
}

// Object is the page.
func (p *PlayPage) Object() fyne.CanvasObject { return p.object }

// Immersive tells that the page wants the whole window.
func (p *PlayPage) Immersive() bool { return true }

// Focus gives the keyboard to the picture: its keys work from the beginning.
func (p *PlayPage) Focus() { p.host.Canvas().Focus(p.screen) }

// Leave ends playing. Closing waits for the player, so it is done elsewhere.
func (p *PlayPage) Leave() {
	p.leave()
	if p.full {
		p.fullScreen(false)
	}
	p.screen.SetPlayer(nil)
	player, media := p.player, p.media
	p.player, p.media = nil, nil
	page.Do(p.host.Tasks, func(context.Context) error { return closeBoth(player, media) }, nil)
}

func closeBoth(player Player, media *app.Media) (err error) {
	if player != nil {
		err = player.Close()
	}
	if media != nil {
		err = media.Close()
	}
	return err
}

// prepare starts the player; without one the page still offers another.
func (p *PlayPage) prepare() {
	player, err := p.start(p.screen.FrameReady, p.screen.StateChanged)
	if err != nil {
		p.screen.ShowProblem(err)
		return
	}
	p.player = player
	p.screen.SetPlayer(player)
}

// open finds the video and plays it.
func (p *PlayPage) open() {
	page.Run(p.tasks, func(ctx context.Context) (*app.Media, error) {
		media, err := p.backend.OpenMedia(ctx, p.what)
		if err == nil && ctx.Err() != nil { // the page was left meanwhile
			err = media.Close()
		}
		return media, err
	}, p.opened)
}

func (p *PlayPage) opened(media *app.Media, err error) {
	if err != nil {
		p.screen.ShowProblem(err)
		return
	}
	if old := p.media; old != nil {
		page.Do(p.host.Tasks, func(context.Context) error { return old.Close() }, nil)
	}
	p.media = media
	p.screen.SetTitle(media.Title, media.Detail)
	if known, ok := p.player.(announced); ok {
		known.Announce(media.Title, nil, nil)
	}
	if p.player != nil {
		p.screen.Play(media.URL)
	}
	p.watchUse(media)
}

// watchUse says every second what was used, and what went wrong at the source.
func (p *PlayPage) watchUse(media *app.Media) {
	p.screen.SetUsed(used(media.Used()))
	p.tasks.Every(time.Second, func() { p.tell(media) })
}

func (p *PlayPage) tell(media *app.Media) {
	if p.media != media {
		return
	}
	p.screen.SetUsed(used(media.Used()))
	if media.Problem != nil {
		if err := media.Problem(); err != nil {
			p.screen.ShowProblem(err)
		}
	}
}

func (p *PlayPage) fullScreen(on bool) {
	p.full = on
	p.host.Window.SetFullScreen(on)
	p.screen.SetFullScreen(on)
}

// elsewhere opens the video in the system's player.
func (p *PlayPage) elsewhere() {
	if p.media != nil {
		p.host.Fail(p.host.Video(p.media.URL))
	}
}
