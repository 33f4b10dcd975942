package video

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

func TestControlsGoAndComeBack(t *testing.T) {
	f := playing()
	v, w, d := windowAt(t, theme.Dark, Hooks{}, f)
	gone := func() bool { d.pass(2 * rules.Rest); return !v.chrome.box.Visible() }
	if d.pass(rules.Rest - 1); !v.chrome.box.Visible() {
		t.Fatal("the controls go at once")
	}
	if !gone() {
		t.Fatal("the controls stay over a playing video")
	}
	if v.Cursor() != desktop.HiddenCursor {
		t.Error("the pointer is shown without controls")
	}
	v.MouseMoved(nil)
	if !v.chrome.box.Visible() || v.Cursor() != desktop.DefaultCursor {
		t.Fatal("the pointer moved, and no controls came")
	}
	for name, change := range map[string]func(*playback.State){
		"paused":  func(s *playback.State) { s.Paused = true },
		"ended":   func(s *playback.State) { s.Ended = true },
		"problem": func(s *playback.State) { s.Problem = errors.New("x") },
	} {
		f.state = playing().state
		v.StateChanged()
		v.Focus()
		v.stir()
		if !gone() {
			t.Fatalf("before %s: the controls stay", name)
		}
		change(&f.state)
		v.StateChanged()
		if !v.chrome.box.Visible() || gone() {
			t.Errorf("%s: the controls are gone", name)
		}
	}
	f.state = playing().state
	v.StateChanged()
	v.chrome.speed.Tapped(nil)
	if gone() {
		t.Error("the controls are gone under an open menu")
	}
	w.Canvas().Overlays().Top().Hide()
	v.SetPlayer(nil)
	if gone() {
		t.Error("the controls are gone without a player")
	}
}
