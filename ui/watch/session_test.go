package watch

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

const harbour = "Work/Portugal/Lisbon harbour.mp4"

func TestPlaying(t *testing.T) {
	th := newTheatre(t)
	p := th.page("Holiday.mp4")
	if !th.backend.Asked("open Holiday.mp4") || th.player.told() != "load http://127.0.0.1:1/x" || !p.Immersive() {
		t.Errorf("%v", th.backend.Calls)
	}
	if th.player.announced != "Lisbon harbour" || th.host.Canvas().Focused() != fyne.Focusable(p.screen) {
		t.Error("the desktop, or the keyboard, knows nothing of it")
	}
	th.player.state.Position = 42
	p.fullScreen(true)
	p.Leave()
	p.Leave()
	if !th.player.closed || !th.backend.Asked("closed") || th.thumbs.closed != 1 {
		t.Error("the player, the video or its small pictures are still open")
	}
	if !th.backend.Asked("watched Holiday.mp4 42s of 1m40s last true") {
		t.Errorf("nobody remembers where it was left: %v", th.backend.Calls)
	}
	if th.host.Window.FullScreen() {
		t.Error("the window still fills the screen")
	}
}

func TestTryingAgainClosesTheFirst(t *testing.T) {
	th := newTheatre(t)
	p := th.page("Holiday.mp4")
	first := p.session.media
	p.session.again()
	if !th.backend.Asked("closed") || p.session.media == first || th.started != 1 {
		t.Error("the first opening is still there, or there are two players")
	}
	asked := false
	p.session.media.Problem = func() error { asked = true; return fault.Say(nil, "The network does not answer.") }
	p.session.tick()
	if !asked || p.session.blamed {
		t.Error("nobody asked what went wrong, or a picture that moves is covered")
	}
	th.player.state.Waiting = true
	if p.session.tick(); !p.session.blamed {
		t.Error("the picture stands still, and nobody says why")
	}
	th.player.state.Waiting = false
	if p.session.tick(); p.session.blamed {
		t.Error("it goes on, and the problem stays")
	}
}

func TestWithoutAPlayer(t *testing.T) {
	th := newTheatre(t)
	th.fail = fault.Say(nil, "Install mpv to watch videos here.")
	p := th.page("Holiday.mp4")
	p.session.elsewhere()
	if len(th.told.Opened) != 1 || th.told.Opened[0] != "http://127.0.0.1:1/x" {
		t.Errorf("opened %q", th.told.Opened)
	}
	th.fail = nil
	p.session.again() // it was installed meanwhile
	if th.player.told() != "load http://127.0.0.1:1/x, load http://127.0.0.1:1/x" || th.started != 2 {
		t.Errorf("started %d times", th.started)
	}
	p.Leave()
}

func TestWhatCannotBeOpened(t *testing.T) {
	th := newTheatre(t)
	p := th.page("nonsense")
	p.session.elsewhere()
	if p.session.media != nil || len(th.told.Opened) != 0 {
		t.Error("nonsense was opened")
	}
	p.session.tick()
	p.Leave()
}

// What comes when nobody watches any more is closed.
func TestLateAnswersAreClosed(t *testing.T) {
	th := newTheatre(t)
	p := th.page("Holiday.mp4")
	s := p.session
	p.Leave()
	th.player.closed, th.thumbs.closed, th.backend.Calls = false, 0, nil
	s.startPlayer()
	if !th.player.closed || s.player != nil {
		t.Error("a late player stays")
	}
	s.tasks = page.InlineTasks(t.Context())
	s.open("Holiday.mp4", true)
	if !th.backend.Asked("closed") || s.media != nil {
		t.Error("a late video stays")
	}
}

func TestNextInTheFolder(t *testing.T) {
	th := newTheatre(t)
	p := th.page(harbour)
	if p.session.queue.At != 1 || th.player.next != nil || th.player.previous == nil {
		t.Fatalf("%+v", p.session.queue)
	}
	th.player.told()
	th.player.state.Position = 50
	p.session.next()
	if th.player.told() != "" {
		t.Error("something came after the last")
	}
	p.session.previous()
	if p.session.what != "Work/Portugal/Interview cut 3.mov" || th.player.told() != "load http://127.0.0.1:1/x" || th.started != 1 {
		t.Errorf("went to %s", p.session.what)
	}
	if !th.backend.Asked("watched "+harbour+" 50s of 1m40s last true") || th.player.previous != nil || th.player.next == nil {
		t.Error("the first was not remembered, or the desktop does not know")
	}
	p.Leave()
}

func TestNextInTheWatchList(t *testing.T) {
	th := newTheatre(t)
	w := New(th.host, th.backend, th.Cinema)
	stage.Put(th.host, w)
	w.views.Choose(int(inDrive))
	w.list.OnOpen(0)
	p := th.page(th.told.Routes[0].Arg)
	if p.session.next(); p.session.what != "Holiday.mp4" || th.list != nil {
		t.Errorf("went on to %s", p.session.what)
	}
	p.Leave()
	p = th.page(harbour) // now of its folder
	if len(p.session.queue.Items) != 2 {
		t.Errorf("%d in its folder", len(p.session.queue.Items))
	}
	p.Leave()
}

func TestResuming(t *testing.T) {
	th := newTheatre(t)
	th.backend.Places = map[string]app.Place{harbour: {At: 40 * time.Second, Length: 100 * time.Second}}
	p := th.page(harbour)
	if got := th.player.told(); got != "load http://127.0.0.1:1/x, pause true, seek 40" {
		t.Error(got)
	}
	p.session.previous()
	th.player.told()
	p.session.next() // who goes on does not ask for the middle
	if got := th.player.told(); got != "load http://127.0.0.1:1/x" {
		t.Error(got)
	}
	p.Leave()
}

func TestSubtitlesBesideTheVideo(t *testing.T) {
	th := newTheatre(t)
	th.player.state.Open = false
	p := th.page(harbour)
	p.session.media.Subtitles = func(context.Context) ([]app.Subtitles, error) {
		return []app.Subtitles{{URL: "http://127.0.0.1:1/s", Title: "forced", Language: "por", Choose: true}}, nil
	}
	p.screen.StateChanged()
	th.player.told()
	th.player.state.Open = true
	p.screen.StateChanged()
	p.screen.StateChanged()
	if got := th.player.told(); got != "subtitles http://127.0.0.1:1/s forced por true" {
		t.Errorf("%q", got)
	}
	p.float()
	th.small.screen.StateChanged()
	if got := th.player.told(); got != "" {
		t.Errorf("added again: %q", got)
	}
	th.Close()
}

func TestVolumeStaysForTheNext(t *testing.T) {
	th := newTheatre(t)
	p := th.page("Holiday.mp4")
	th.player.state.Volume = 35
	p.Leave()
	th.player.told()
	p = th.page("Holiday.mp4")
	if got := th.player.told(); !strings.HasPrefix(got, "volume 35, ") {
		t.Error(got)
	}
	p.Leave()
}
