package watch

import (
	"context"
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

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
