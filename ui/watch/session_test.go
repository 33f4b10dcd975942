package watch

import (
	"context"
	"errors"
	"image"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
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
	p.session.media.Problem = func() error { asked = true; return errors.New("The network does not answer.") }
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
	th.fail = errors.New("Install mpv to watch videos here.")
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

func TestSmallWindow(t *testing.T) {
	th := newTheatre(t)
	p := th.page(harbour)
	th.player.told()
	p.fullScreen(true)
	p.float()
	if th.small == nil || th.told.Backs != 1 || p.full || !p.session.shows(th.small.screen) {
		t.Fatal("there is no small window, or the large one does not go back")
	}
	p.Leave()
	p.float()
	if th.player.closed || th.player.told() != "" {
		t.Error("it does not simply go on")
	}
	th.enlarge()
	if len(th.told.Routes) != 1 || th.told.Routes[0] != (page.Route{Page: page.Play, Arg: harbour}) {
		t.Fatalf("%v", th.told.Routes)
	}
	large := th.page(harbour)
	if th.small != nil || large.session != p.session || th.started != 1 || th.player.told() != "" {
		t.Error("it does not simply go on in the large window")
	}
	large.Leave()
	if !th.player.closed || th.session != nil {
		t.Error("it still plays")
	}
}

func TestClosingTheSmallWindowEndsTheVideo(t *testing.T) {
	th := newTheatre(t)
	th.page(harbour).float()
	th.small.window.Close()
	if !th.player.closed || th.small != nil || th.session != nil {
		t.Error("it still plays")
	}
}

func TestAnotherVideoEndsTheSmallWindow(t *testing.T) {
	th := newTheatre(t)
	first := th.page(harbour)
	first.float()
	small := th.small
	second := th.page("Holiday.mp4")
	first.Leave()
	if th.small != nil || small == nil || second.session == first.session || th.session != second.session {
		t.Error("two videos play")
	}
	th.Close()
	th.Close()
	if th.session != nil {
		t.Error("it still plays")
	}
}

func TestSavingWhatPlays(t *testing.T) {
	th := newTheatre(t)
	p := th.page("stos://abc#key")
	p.session.saver()()
	if !th.backend.Asked("save stos://abc#key to ") {
		t.Errorf("%v", th.backend.Calls)
	}
	p.Leave()
	p = th.page(harbour)
	if p.session.saver() != nil {
		t.Error("a file of the drive can be saved into the drive")
	}
	p.Leave()
}

func TestTheShapeOfTheSmallWindow(t *testing.T) {
	th := newTheatre(t)
	p := th.page(harbour)
	if p.session.tall() != 9.0/16 {
		t.Error("an unknown shape is not 16 to 9")
	}
	th.player.state.Width, th.player.state.Height = 1000, 500
	if p.session.tall() != 0.5 {
		t.Error("wrong shape")
	}
	p.Leave()
	if p.session.title() != "Watch" {
		t.Error("a title of nothing")
	}
}

func TestOrderOfAFolder(t *testing.T) {
	list := inOrder([]app.Entry{{Name: "Part 10.mp4", Path: "b"}, {Name: "part 2.mkv", Path: "a"}})
	if want := []rules.Item{{Name: "part 2", What: "a"}, {Name: "Part 10", What: "b"}}; list[0] != want[0] || list[1] != want[1] {
		t.Errorf("%v", list)
	}
}

func TestTheSmallWindowLiesInTheCorner(t *testing.T) {
	th := newTheatre(t)
	if _, ok := th.corner(fyne.NewSize(400, 225)); ok {
		t.Error("a place on a screen that is not known")
	}
	scale := th.host.Canvas().Scale()
	area := image.Rect(100, 50, 100+int(1280*scale), 50+int(800*scale))
	th.Screen = func() image.Rectangle { return area }
	at, ok := th.corner(fyne.NewSize(400, 225))
	if want := area.Max.Sub(image.Pt(int(424*scale), int(249*scale))); !ok || at != want {
		t.Errorf("%v, want %v", at, want)
	}
	for _, small := range []image.Rectangle{{}, image.Rect(0, 0, 300, 200)} {
		area = small
		if at, ok := th.corner(fyne.NewSize(400, 225)); ok {
			t.Errorf("at %v of %v", at, small)
		}
	}
	p := th.page(harbour)
	p.float() // in the test window that has no place
	if th.small == nil {
		t.Error("no window")
	}
	th.Close()
}

// What is noted at the end is not cut off because the window is gone.
func TestTheLastWordsAreHeard(t *testing.T) {
	th := newTheatre(t)
	ctx, cancel := context.WithCancel(t.Context())
	th.host.Tasks = page.NewTasks(ctx, func(f func()) { f() })
	begun, end := make(chan struct{}), make(chan struct{})
	th.later(func(ctx context.Context) error {
		close(begun)
		<-end
		if ctx.Err() != nil {
			t.Error("it was cut off")
		}
		return nil
	})
	<-begun
	cancel()
	close(end)
	th.Settle()
	th.Finish()
}

func TestWaitingForWhatWasBegun(t *testing.T) {
	var u unfinished
	u.wait(time.Hour) // nothing was
	u.begin()
	u.begin()
	u.end()
	u.wait(time.Millisecond) // it takes too long
	done := make(chan struct{})
	go func() { u.wait(time.Hour); close(done) }()
	u.end()
	<-done
	u.begin() // once more
	u.end()
	u.wait(time.Hour)
}
