package video

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// A host may give the widget its clock; the time of day stays the system's.
func TestTheClockOfTheHost(t *testing.T) {
	asked := time.Duration(0)
	c := clockOf(Hooks{After: func(d time.Duration, _ func()) func() { asked = d; return func() {} }})
	c.after(time.Minute, nil)()
	if asked != time.Minute || time.Since(c.now()) > time.Hour {
		t.Errorf("asked for %v", asked)
	}
	if clockOf(Hooks{}).after == nil {
		t.Error("without a host there is no clock")
	}
}

// A call that was put off does nothing, and neither does one that was stopped.
func TestAlarmsRingOnce(t *testing.T) {
	d, rang := newDay(), 0
	c := d.clock()
	a := alarm{clock: &c}
	a.stop() // nothing was set
	a.in(time.Second, func() { rang++ })
	a.in(2*time.Second, func() { rang += 10 })
	if d.pass(time.Minute); rang != 10 {
		t.Errorf("rang %d", rang)
	}
	a.in(time.Second, func() { rang++ })
	a.stop()
	if d.pass(time.Minute); rang != 10 {
		t.Errorf("rang %d after it was stopped", rang)
	}
}

// Both kinds of the widget are made by what a page calls, and have their least
// size.
func TestWidgetsAsPagesMakeThem(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Dark))
	still := Hooks{After: func(time.Duration, func()) func() { return func() {} }, Back: func() {}, Share: func() {}}
	for name, c := range map[string]struct {
		v     *Video
		least fyne.Size
		share bool
	}{"large": {New(still), fyne.NewSize(480, 270), true}, "small": {NewSmall(still), fyne.NewSize(200, 112), false}} {
		stage(t, c.v, playing(), 700, 400)
		if got := c.v.MinSize(); got != c.least || test.WidgetRenderer(c.v).MinSize() != c.least {
			t.Errorf("%s wants %v", name, got)
		}
		if c.v.chrome.share.Visible() != c.share || !c.v.chrome.back.Visible() {
			t.Errorf("%s: share is shown: %v", name, c.v.chrome.share.Visible())
		}
	}
}

// The share button comes and goes with what the page does for it, and the title
// that is set again changes nothing.
func TestTheHookOfSharing(t *testing.T) {
	v, _ := window(t, theme.Light, Hooks{}, playing())
	shared := 0
	for _, on := range []bool{true, false, true} {
		v.SetHooks(func(h *Hooks) {
			h.Share = nil
			if on {
				h.Share = func() { shared++ }
			}
		})
		if v.chrome.share.Visible() != on {
			t.Errorf("shown %v, want %v", !on, on)
		}
	}
	if test.Tap(v.chrome.share); shared != 1 {
		t.Errorf("shared %d times", shared)
	}
	v.SetTitle("A", "B")
	at := v.chrome.title.Position()
	if v.SetTitle("A", "B"); v.chrome.title.Text != "A" || v.chrome.title.Position() != at {
		t.Error("the same title moves")
	}
}

// The pointer wakes the controls wherever it comes in, and leaving a part of
// them changes neither sound nor place.
func TestThePointerOverThePicture(t *testing.T) {
	f := playing()
	v, _, d := windowAt(t, theme.Dark, Hooks{}, f)
	for name, move := range map[string]func(){
		"in": func() { v.MouseIn(nil) }, "moved": func() { v.MouseMoved(nil) }, "over the volume": func() { v.chrome.level.MouseIn(nil) },
		"along the volume": func() { v.chrome.level.MouseMoved(nil) }, "along the bar": func() { v.chrome.bar.MouseMoved(&desktop.MouseEvent{}); v.chrome.bar.MouseOut() },
	} {
		if d.pass(time.Minute); v.awake || v.Cursor() != desktop.HiddenCursor {
			t.Fatalf("before %s: the controls are there", name)
		}
		if move(); !v.awake || v.Cursor() != desktop.DefaultCursor {
			t.Errorf("%s: the controls do not come", name)
		}
	}
	f.told()
	v.MouseOut()
	v.FocusGained()
	v.FocusLost()
	v.chrome.level.MouseOut()
	v.chrome.level.DragEnd()
	if got := f.told(); got != "" {
		t.Errorf("the player is told %q", got)
	}
}

// Without a player, or while something is wrong, nothing is asked about a place
// that was left.
func TestGoingOnNeedsAPlayer(t *testing.T) {
	v, _ := window(t, theme.Dark, Hooks{}, nil)
	if v.PlayFrom("http://127.0.0.1:1/x", 40); v.ask.open() {
		t.Error("it asks without a player")
	}
	f := playing()
	f.state = playback.State{Problem: errBroken}
	v, _ = window(t, theme.Dark, Hooks{}, f)
	if v.PlayFrom("http://127.0.0.1:1/x", 40); v.ask.open() || !v.trouble.box.Visible() {
		t.Error("it asks over what went wrong")
	}
}

var errBroken = errors.New("it cannot be played")
