package watch

import (
	"context"
	"errors"
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

// What is decoded for a video that was left is not shown for the next.
func TestLatePicturesAreDropped(t *testing.T) {
	th := newTheatre(t)
	p := th.page(harbour)
	raw, shown := still(t, 64, 36), 0
	p.session.decode(func(context.Context) ([]byte, error) { return raw, nil }, func(image.Image) { shown++ })
	p.session.decode(func(context.Context) ([]byte, error) { p.session.opened++; return raw, nil }, func(image.Image) { shown++ })
	p.session.decode(func(context.Context) ([]byte, error) { return nil, errors.New("away") }, func(image.Image) { shown++ })
	if shown != 1 {
		t.Errorf("shown %d times", shown)
	}
	p.Leave()
}

func TestFullScreenEndsWithThePage(t *testing.T) {
	for name, leave := range map[string]func(p *PlayPage){"the page is left": (*PlayPage).Leave, "it goes to the small window": (*PlayPage).float} {
		th := newTheatre(t)
		p := th.page(harbour)
		p.fullScreen(true)
		if !th.host.Window.FullScreen() {
			t.Fatal("the window does not fill the screen")
		}
		if leave(p); th.host.Window.FullScreen() || p.full {
			t.Errorf("%s: the window still fills the screen", name)
		}
		th.Close()
	}
}

func TestTheSmallWindowKeepsToItsShape(t *testing.T) {
	for shape, want := range map[image.Point]float32{
		{1920, 1080}: 0.5625, {1000, 100}: leastTall, {100, 1000}: mostTall, {}: 0.5625, {500, 500}: 1,
	} {
		th := newTheatre(t)
		p := th.page(harbour)
		th.player.state.Width, th.player.state.Height = shape.X, shape.Y
		p.float()
		size := th.small.window.Canvas().Size()
		if got := size.Height / size.Width; got < want-0.01 || got > want+0.01 {
			t.Errorf("%v: %v, want %v", shape, got, want)
		}
		if th.small.window.Canvas().Focused() != fyne.Focusable(th.small.screen) {
			t.Error("its keys do not work")
		}
		th.Close()
	}
}

func TestNothingFloatsWithoutAVideo(t *testing.T) {
	th := newTheatre(t)
	th.float()
	th.enlarge()
	th.Close()
	if th.Open() || th.small != nil || len(th.told.Routes) != 0 || th.told.Backs != 0 {
		t.Error("something happened")
	}
	p := th.page(harbour)
	p.float()
	first := th.small
	p.float()
	if th.small != first || !th.Open() {
		t.Error("there are two small windows")
	}
	th.Close()
}

func TestSavingALinkTellsHowItEnded(t *testing.T) {
	for _, c := range []struct {
		err  error
		last string
	}{{nil, "Saved in your drive: Lisbon harbour.mp4"}, {fake.ErrOffline, fault.Sentence(fake.ErrOffline)}} {
		th := newTheatre(t)
		th.backend.Err = c.err
		saveLink(th.host, th.backend, "stos://a#k")
		if said := th.told.Said; len(said) != 2 || said[0] != "Saving it into your drive…" || said[1] != c.last {
			t.Errorf("%v: %q", c.err, said)
		}
	}
}

func TestSubtitlesThatDoNotCome(t *testing.T) {
	for name, found := range map[string]func(context.Context) ([]app.Subtitles, error){
		"none":    func(context.Context) ([]app.Subtitles, error) { return nil, nil },
		"trouble": func(context.Context) ([]app.Subtitles, error) { return nil, fake.ErrOffline },
	} {
		th := newTheatre(t)
		p := th.page(harbour)
		th.player.told()
		p.session.media.Subtitles = found
		if p.session.addSubtitles(); th.player.told() != "" || len(th.told.Said) != 0 {
			t.Errorf("%s: said %q", name, th.told.Said)
		}
		p.Leave()
		p.session.addSubtitles() // nothing plays any more
	}
}
