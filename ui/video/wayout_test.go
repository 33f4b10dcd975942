package video

import (
	"errors"
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

func TestTheKeyboardGoesToTheWayOut(t *testing.T) {
	for name, c := range map[string]struct {
		on   func(v *Video) fyne.Focusable // that has the keyboard before; nil for nobody
		goes bool
	}{
		"the picture": {func(v *Video) fyne.Focusable { return v }, true},
		"nobody":      {func(*Video) fyne.Focusable { return nil }, true},
		"a control":   {func(v *Video) fyne.Focusable { return v.chrome.mute }, false},
	} {
		v, f, _, _ := whole(t)
		v.canvas().Unfocus()
		if on := c.on(v); on != nil {
			v.canvas().Focus(on)
		}
		f.state.Problem = errors.New("x")
		v.sync()
		if got := v.canvas().Focused() == fyne.Focusable(v.trouble.again); got != c.goes {
			t.Errorf("%s: %v", name, got)
		}
		f.state.Problem = nil
		if v.sync(); c.goes && v.canvas().Focused() != fyne.Focusable(v) {
			t.Errorf("%s: the keyboard is lost", name)
		}
	}
}

func TestProblemsOfPageAndPlayer(t *testing.T) {
	v, f, p, _ := whole(t)
	shown := func() string {
		if !v.trouble.box.Visible() {
			return ""
		}
		return v.trouble.sentence
	}
	own, others := fault.Say(errors.New("x"), "The player cannot."), fault.Say(errors.New("y"), "The page cannot.")
	f.state.Problem = own
	v.sync()
	if shown() != "The player cannot." {
		t.Error(shown())
	}
	if v.ShowProblem(others); shown() != "The page cannot." {
		t.Error("the page's problem does not go first")
	}
	if v.ShowProblem(nil); shown() != "The player cannot." {
		t.Error(shown())
	}
	v.TypedRune(' ')
	if f.told() != "" {
		t.Error("a video that cannot play is told to")
	}
	if v.again(); p.did() != "again" {
		t.Error("the page does not try again")
	}
	v.Play("http://127.0.0.1:1/x/other.mp4")
	f.state.Problem = nil
	if v.sync(); shown() != "" {
		t.Errorf("the problem of another video stays: %s", shown())
	}
}

func TestOpenedIsToldOnce(t *testing.T) {
	f, told := playing(), 0
	f.state.Open = false
	v, _ := window(t, theme.Dark, Hooks{Opened: func() { told++ }}, f)
	v.sync()
	f.state.Open = true
	v.sync()
	if v.sync(); told != 1 {
		t.Errorf("told %d times", told)
	}
	f.state.Open = false
	v.Play(clip)
	f.state.Open = true
	if v.sync(); told != 2 {
		t.Errorf("told %d times of two videos", told)
	}
	next := playing()
	if v.Take(next, clip); told != 2 {
		t.Error("what is open already is told of again")
	}
}

func TestWhatKeepsTheControls(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(v *Video, f *fake)
		want rules.Reasons
	}{
		"nothing":  {func(*Video, *fake) {}, rules.Reasons{}},
		"paused":   {func(_ *Video, f *fake) { f.state.Paused = true }, rules.Reasons{Paused: true}},
		"ended":    {func(v *Video, f *fake) { f.state.Ended = true; v.SetNeighbours("", "") }, rules.Reasons{Ended: true}},
		"trouble":  {func(v *Video, _ *fake) { v.problem = errors.New("x") }, rules.Reasons{Trouble: true, Focused: true}},
		"held":     {func(v *Video, _ *fake) { v.chrome.bar.scrubbing = true }, rules.Reasons{Held: true}},
		"pointed":  {func(v *Video, _ *fake) { point(v, 0.5) }, rules.Reasons{Pointed: true}},
		"keys":     {func(v *Video, _ *fake) { v.toggleKeys() }, rules.Reasons{Covered: true}},
		"question": {func(v *Video, _ *fake) { v.ask.show("?", answer{}, answer{}) }, rules.Reasons{Asking: true, Focused: true}},
		"a song":   {func(_ *Video, f *fake) { f.state = song().state }, rules.Reasons{Heard: true}},
		"no player": {func(v *Video, _ *fake) {
			v.player = nil
		}, rules.Reasons{NoPlayer: true}},
	} {
		v, f, _, _ := whole(t)
		v.canvas().Unfocus()
		c.do(v, f)
		if v.sync(); v.reasons() != c.want {
			t.Errorf("%s: %+v", name, v.reasons())
		}
	}
}

func TestFramesOfAllShapes(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	if got := v.picture.paint(100, 50); got != image.Image(f.frame) || f.size != image.Pt(100, 50) {
		t.Errorf("the player was told of %v", f.size)
	}
	f.size = image.Point{}
	if v.picture.paint(100, 50); f.size != (image.Point{}) {
		t.Error("the player is told what it knows")
	}
	f.frame = nil
	if got := v.picture.paint(100, 50); got != image.Image(nothing) {
		t.Error("something is painted before there is anything")
	}
	f.state = playback.State{Width: 90, Height: 160}
	v.sync()
	if got := area(v.picture.raster); got != image.Rect(303, 0, 696, 700) {
		t.Errorf("a tall picture lies at %v", got)
	}
}

// What cannot be played does not stand before the last picture of what played
// before.
func TestThePictureOfBeforeGoes(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	paint := func() image.Image { return v.picture.paint(100, 50) }
	if paint() != image.Image(f.frame) {
		t.Fatal("there is no picture")
	}
	last := f.number
	v.Play("http://127.0.0.1:1/x/broken.mp4")
	f.number = last // nothing of it can be drawn
	f.state.Problem = errors.New("x")
	if v.sync(); paint() != image.Image(nothing) {
		t.Error("the picture of another video stands behind a problem")
	}
	f.number++
	if paint() != image.Image(f.frame) || !v.picture.fresh {
		t.Error("its own picture is not shown")
	}
	if v.SetPlayer(f); paint() != image.Image(f.frame) {
		t.Error("a player that plays already is black")
	}
}
