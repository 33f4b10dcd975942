package video

import (
	"errors"
	"image"
	"testing"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// opening is a player that has got an address and nothing else.
func opening() *fake {
	f := playing()
	f.state.Open, f.state.Shown, f.state.Width, f.state.Height, f.state.Duration = false, false, 0, 0, 0
	f.state.Buffered, f.frame, f.number = nil, nil, 0
	return f
}

func TestOpeningPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, poster := range map[string]image.Image{"opening": nil, "poster": dusk()} {
			d := newDay()
			v := newVideo(Hooks{Back: func() {}, FullScreen: func(bool) {}}, d.clock(), false)
			w := stage(t, v, opening(), 960, 540)
			v.SetTitle("Lisbon harbour", "Plays from the network")
			v.SetPoster(poster)
			d.pass(rules.Patience)
			shots.Match(t, name+"-"+mode, w)
		}
	})
}

// The poster goes when a picture of the video is on the screen, not when the
// player says that there is one: in between it would be black.
func TestThePosterStaysUntilThePictureIsPainted(t *testing.T) {
	f := opening()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	v.SetPoster(dusk())
	if !v.still.box.Visible() || !v.still.poster.Visible() {
		t.Fatal("there is no poster")
	}
	f.state = playing().state
	v.StateChanged()
	if !v.still.box.Visible() {
		t.Error("it goes before there is a picture")
	}
	f.frame, f.number = plainPicture(160, 90, red), 1
	upload(v)
	if v.still.box.Visible() {
		t.Error("it stays over the picture")
	}
	v.Play("http://127.0.0.1:1/x/next.mp4")
	if !v.still.box.Visible() {
		t.Error("the last picture of another video stands for this one")
	}
}

func TestProblemsAreNotHiddenByThePoster(t *testing.T) {
	f := opening()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	v.SetPoster(dusk())
	if v.ShowProblem(errors.New("x")); v.still.box.Visible() {
		t.Error("the poster stays behind a problem")
	}
	if v.ShowProblem(nil); !v.still.box.Visible() {
		t.Error("no poster at the next try")
	}
}

func TestSongsNeedNoPicture(t *testing.T) {
	f := song()
	f.state.Shown = false
	v, _ := window(t, theme.Dark, Hooks{}, f)
	if !v.still.box.Visible() {
		t.Error("nothing stands for what is still to come")
	}
	f.state.Shown = true
	if v.StateChanged(); v.still.box.Visible() {
		t.Error("it waits for a picture that never comes")
	}
}

func TestThePosterHasThePlaceOfThePicture(t *testing.T) {
	v, _ := window(t, theme.Dark, Hooks{}, opening())
	v.SetPoster(plainPicture(100, 100, red))
	if at, size := v.still.poster.Position(), v.still.poster.Size(); at.X != 150 || at.Y != 0 || size.Width != 700 || size.Height != 700 {
		t.Errorf("%v, %v", at, size)
	}
	if v.SetPoster(nil); v.still.poster.Visible() || !v.still.icon.Visible() || v.still.ground.Size().Width != 1000 {
		t.Error("a poster that was taken away stays")
	}
}
