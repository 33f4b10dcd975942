package video

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

const clip = "http://127.0.0.1:1/x/clip.mp4"

// left is a video that is loaded at a place where it was left. It is not open
// yet.
func left(t *testing.T) (*Video, *fake) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	v.Focus()
	f.state = playback.State{Speed: 1}
	v.PlayFrom(clip, 62)
	return v, f
}

func TestResuming(t *testing.T) {
	v, f := left(t)
	if got := f.told(); got != "load "+clip+", pause true" || !v.ask.open() || v.ask.words[0].text != "Resume at 01:02" {
		t.Fatalf("%s, asked %q", got, v.ask.words[0].text)
	}
	if v.TypedRune(' '); f.told() != "" {
		t.Error("it plays from somewhere else than was asked")
	}
	f.state.Open, f.state.Duration, f.state.Paused = true, 100, true
	v.sync()
	v.sync()
	if got := f.told(); got != "seek 62.0" {
		t.Errorf("jumped: %q", got)
	}
	if v.canvas().Focused() != fyne.Focusable(v.ask.words[0]) {
		t.Error("Enter does not answer")
	}
	v.ask.words[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if f.told() != "pause false" || v.ask.open() || v.canvas().Focused() != fyne.Focusable(v) {
		t.Error("it does not go on, or the keyboard is lost")
	}
}

func TestFromTheStart(t *testing.T) {
	v, f := left(t)
	f.told()
	v.ask.words[1].Tapped(nil)
	f.state.Open, f.state.Duration = true, 100
	v.sync()
	if got := f.told(); got != "pause false" {
		t.Errorf("before it was open: %q", got)
	}
	v, f = left(t)
	f.state.Open, f.state.Duration = true, 100
	v.sync()
	f.told()
	v.ask.words[1].Tapped(nil)
	if got := f.told(); got != "seek 0.0, pause false" {
		t.Errorf("after the jump: %q", got)
	}
}

func TestAVideoThatBecameShorter(t *testing.T) {
	v, f := left(t)
	f.told()
	f.state.Open, f.state.Duration = true, 30
	v.sync()
	if got := f.told(); got != "seek 29.5" {
		t.Error(got)
	}
}

func TestAProblemTakesTheQuestionAway(t *testing.T) {
	v, f := left(t)
	f.state.Problem = errors.New("x")
	v.sync()
	if v.ask.open() || v.canvas().Focused() != fyne.Focusable(v.trouble.again) {
		t.Error("the question lies under the problem, or Enter does not try again")
	}
	f.state.Problem = nil
	v.sync()
	if v.canvas().Focused() != fyne.Focusable(v) {
		t.Error("the keyboard is lost")
	}
}

func TestWhatComesNext(t *testing.T) {
	f, next := playing(), 0
	v, _, d := windowAt(t, theme.Dark, Hooks{Next: func() { next++ }}, f)
	end := func(ended bool) { f.state.Ended = ended; v.sync(); v.sync() }
	if end(true); v.ask.open() {
		t.Fatal("nothing comes next")
	}
	v.SetNeighbours("", "Second part")
	if end(true); !v.ask.open() || v.ask.text.Text != "Next: Second part" {
		t.Fatal("what comes next is not offered")
	}
	if end(false); v.ask.open() {
		t.Error("the offer stays although the video plays")
	}
	end(true)
	v.ask.words[1].Tapped(nil)
	if end(true); v.ask.open() {
		t.Error("it is offered again and again")
	}
	d.pass(10 * rules.BeforeNext)
	if next != 0 {
		t.Error("it went on although nobody wanted")
	}
	end(false)
	end(true)
	v.ask.words[0].Tapped(nil)
	if next != 1 {
		t.Error("it does not go on")
	}
}

func TestGoingOnByItself(t *testing.T) {
	f, next := playing(), 0
	v, _, d := windowAt(t, theme.Dark, Hooks{Next: func() { next++ }}, f)
	v.SetNeighbours("", "Second part")
	v.SetPlayOn(true)
	f.state.Ended = true
	v.sync()
	if d.pass(rules.BeforeNext - 1); next != 0 {
		t.Error("it goes on at once")
	}
	if d.pass(1); next != 1 || v.ask.open() {
		t.Errorf("went on %d times", next)
	}
	f.state.Ended = false
	v.sync()
	f.state.Ended = true
	v.sync()
	v.ask.words[1].Tapped(nil)
	if d.pass(rules.BeforeNext); next != 1 {
		t.Error("it goes on although somebody stayed")
	}
}

func TestTakingAPlayerThatPlays(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, nil)
	v.Take(f, clip)
	if f.told() != "" || v.chrome.now.Text != "00:40" {
		t.Error("it was loaded again")
	}
	v.again()
	if f.told() != "load "+clip {
		t.Error("what plays is not known")
	}
}
