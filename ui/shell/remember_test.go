package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

// framed is a window system that knows where the window lies.
type framed struct {
	x, y          int
	ok            bool
	back, forward func()
}

func (f *framed) Position() (x, y int, ok bool) { return f.x, f.y, f.ok }

func (f *framed) Follow(back, forward func()) { f.back, f.forward = back, forward }

// How the window was left is kept, and a failure to keep it is said.
func TestHowTheWindowWasLeft(t *testing.T) {
	for name, c := range map[string]struct {
		frame *framed
		full  bool
		want  app.WindowPlace
	}{
		"nobody knows where": {nil, false, app.WindowPlace{Page: page.Wallet, Width: 1280, Height: 800}},
		"at a place":         {&framed{x: 5, y: -7, ok: true}, false, app.WindowPlace{Page: page.Wallet, Width: 1280, Height: 800, X: 5, Y: -7, Placed: true}},
		"nobody may know":    {&framed{}, false, app.WindowPlace{Page: page.Wallet, Width: 1280, Height: 800}},
		"all of the screen":  {&framed{x: 1, y: 1, ok: true}, true, app.WindowPlace{Page: page.Wallet, Width: 900, Height: 620}},
	} {
		backend := fake.Full()
		backend.Place = app.WindowPlace{Width: 900, Height: 620}
		s, _ := begun(t, backend)
		if c.frame != nil {
			s.Frame = c.frame
		}
		s.Go(page.Route{Page: page.Wallet, Arg: "ozone"})
		s.Host.Window.SetFullScreen(c.full)
		if s.Remember(); backend.Place != c.want {
			t.Errorf("%s: %+v", name, backend.Place)
		}
	}
	backend := fake.Full()
	s, _ := begun(t, backend)
	backend.Err = fake.ErrOffline
	if s.Remember(); !strings.HasPrefix(s.Said(), "The network does not answer") {
		t.Errorf("said %q", s.Said())
	}
}

// The buttons at the side of the mouse lead back and forward.
func TestButtonsAtTheSideOfTheMouse(t *testing.T) {
	s, _, sys := living(t, fake.Full(), false, false)
	sys.life.front() // nobody knows the window system
	f := &framed{}
	s.Frame = f
	sys.life.front()
	s.Go(page.Route{Page: page.Wallet})
	f.back()
	was := s.Route().Page
	f.forward()
	if was != page.Drive || s.Route().Page != page.Wallet {
		t.Errorf("back to %s, forward to %s", was, s.Route().Page)
	}
}

// placed is a window that can be asked to lie somewhere.
type placed struct {
	fyne.Window
	x, y, asked int
}

func (p *placed) RequestFullScreenSecondary() {}

func (p *placed) RequestAlwaysOnTop() {}

func (p *placed) RequestPosition(x, y int) { p.x, p.y, p.asked = x, y, p.asked+1 }

func TestTheWindowIsPutBack(t *testing.T) {
	s, _ := begun(t, fake.Full())
	w := &placed{Window: s.Host.Window}
	PutBack(w, app.WindowPlace{X: 3, Y: 4})
	if w.asked != 0 {
		t.Error("a place that nobody knows is asked for")
	}
	PutBack(s.Host.Window, app.WindowPlace{Placed: true}) // which cannot be put anywhere
	if PutBack(w, app.WindowPlace{X: 3, Y: 4, Placed: true}); w.x != 3 || w.y != 4 || w.asked != 1 {
		t.Errorf("%d times, at %d, %d", w.asked, w.x, w.y)
	}
}
