package watch

import (
	"fmt"
	"image"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

// player is a player that plays nothing and remembers what it was told.
type player struct {
	state          playback.State
	orders         []string
	frame          *image.RGBA
	loads          uint64 // each draws one picture
	closed         bool
	announced      string
	previous, next func()
}

func (p *player) note(format string, args ...any) {
	p.orders = append(p.orders, fmt.Sprintf(format, args...))
}
func (p *player) State() playback.State        { return p.state }
func (p *player) Frame() (*image.RGBA, uint64) { return p.frame, p.loads }
func (*player) SetSize(int, int)               {}
func (p *player) Load(address string) error {
	p.loads++
	p.note("load %s", address)
	return nil
}
func (p *player) Pause(on bool)           { p.note("pause %v", on) }
func (p *player) Seek(second float64)     { p.note("seek %.0f", second) }
func (*player) Skip(float64)              {}
func (*player) Step(bool)                 {}
func (p *player) SetVolume(v float64)     { p.note("volume %.0f", v) }
func (*player) Mute(bool)                 {}
func (*player) SetSpeed(float64)          {}
func (*player) Choose(playback.Kind, int) {}
func (*player) SetLoop(playback.Loop)     {}
func (*player) GoToChapter(int)           {}
func (*player) SetSoundDelay(float64)     {}
func (*player) SetSubtitleDelay(float64)  {}
func (*player) RaiseSubtitles(float64)    {}
func (p *player) AddSubtitles(url, title, language string, choose bool) error {
	p.note("subtitles %s %s %s %v", url, title, language, choose)
	return nil
}
func (p *player) Close() error                       { p.closed = true; return nil }
func (p *player) Announce(title string, a, b func()) { p.announced, p.previous, p.next = title, a, b }

func (p *player) told() string {
	orders := strings.Join(p.orders, ", ")
	p.orders = nil
	return orders
}

// thumbs are thumbnails that show nothing.
type thumbs struct{ closed int }

func (*thumbs) Want(float64)           {}
func (*thumbs) Forget()                {}
func (*thumbs) At(float64) *image.RGBA { return nil }
func (t *thumbs) Close() error         { t.closed++; return nil }

// theatre is a cinema in a test window.
type theatre struct {
	*Cinema
	t       *testing.T
	host    *page.Host
	told    *stage.Told
	backend *fake.Backend
	player  *player
	thumbs  *thumbs
	fail    error // of starting a player
	started int
}

func newTheatre(t *testing.T) *theatre {
	th := &theatre{t: t, backend: fake.Full(), player: &player{state: playback.State{Shown: true, Open: true, Duration: 100, Speed: 1}}, thumbs: &thumbs{}}
	th.host, th.told = stage.Host(t, 900, 500)
	th.Cinema = NewCinema(th.host, th.backend, func(_, _ func()) (Player, error) {
		th.started++
		if th.fail != nil {
			return nil, th.fail
		}
		return th.player, nil
	}, func(string, func()) (Thumbnails, error) { return th.thumbs, nil })
	// Tests are over before anything of that kind is due, and have one goroutine.
	th.after = func(time.Duration, func()) func() { return func() {} }
	return th
}

// page shows the page that plays something.
func (th *theatre) page(what string) *PlayPage {
	p := th.Page(what)
	stage.Put(th.host, p)
	p.Focus()
	return p
}
