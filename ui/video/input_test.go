package video

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// typed is what the player is told after a letter or a key, each time in the
// middle of the same video.
func typed(v *Video, f *fake, key string) string {
	f.state = playing().state
	f.state.Chapters = []playback.Chapter{{At: 0}, {At: 30}, {At: 70}}
	v.sync()
	if len([]rune(key)) == 1 {
		test.Type(v, key)
	} else {
		v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(key)})
	}
	return f.told()
}

func TestKeys(t *testing.T) {
	f := playing()
	v, w := window(t, theme.Dark, Hooks{}, f)
	v.Focus()
	if w.Canvas().Focused() != v {
		t.Fatal("no focus")
	}
	for key, want := range map[string]string{
		" ": "pause true", "k": "pause true", "K": "pause true", "j": "skip -10", "l": "skip 10", "m": "mute true",
		"0": "seek 0.0", "5": "seek 50.0", "9": "seek 90.0", ",": "step true", ".": "step false",
		"]": "speed 1.25", "[": "speed 0.75", "}": "speed 2.00", "{": "speed 0.50", "BackSpace": "speed 1.00",
		"w": "", "c": "", "v": "", "#": "", "f": "", "t": "", "n": "", "<": "",
		"z": "subtitles -0.1", "x": "subtitles 0.1", "-": "sound -0.1", "+": "sound 0.1",
		"L": "loop true false 0 0", "a": "loop false true 40 0",
		"Left": "skip -5", "Right": "skip 5", "Up": "volume 85, mute false", "Down": "volume 75, mute false",
		"Home": "seek 0.0", "End": "seek 99.5", "F5": "", "Prior": "chapter 1", "Next": "chapter 2",
	} {
		if got := typed(v, f, key); got != want {
			t.Errorf("%q: %q, want %q", key, got, want)
		}
	}
}

func TestEveryOrderIsCarriedOut(t *testing.T) {
	for _, k := range rules.Keys {
		if _, ok := orders[k.Order]; !ok && k.Order != rules.ToPart {
			t.Errorf("nothing is done for %q %q", k.Runes, k.Names)
		}
		if sayOrder(k.Order) == "" || keyName(k) == "" {
			t.Errorf("the list of keys says nothing of %q %q", k.Runes, k.Names)
		}
	}
}

func TestKeysWithoutAPlayerDoNothing(t *testing.T) {
	v, _ := window(t, theme.Dark, Hooks{}, nil)
	for _, k := range rules.Keys {
		for _, r := range k.Runes {
			v.TypedRune(r)
		}
		for _, name := range k.Names {
			v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(name)})
		}
	}
	v.Tapped(nil)
	v.chrome.bar.MouseDown(&desktop.MouseEvent{})
	v.chrome.bar.MouseUp(nil)
	v.chrome.level.MouseDown(&desktop.MouseEvent{})
	v.chrome.play.Tapped(nil)
	v.chrome.more.Tapped(nil)
}

func TestFullScreenAndEscape(t *testing.T) {
	var asked []bool
	back := 0
	v, _ := window(t, theme.Dark, Hooks{FullScreen: func(on bool) { asked = append(asked, on) }, Back: func() { back++ }}, playing())
	escape := func() { v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) }
	v.TypedRune('f')
	if v.chrome.screen.icon != "fullscreen-exit" {
		t.Error("the control does not say how to leave")
	}
	escape()
	v.DoubleTapped(nil)
	v.chrome.screen.Tapped(nil)
	if len(asked) != 4 || !asked[0] || asked[1] || !asked[2] || asked[3] || back != 0 {
		t.Errorf("asked for %v, went back %d times", asked, back)
	}
	v.TypedRune('?')
	escape()
	if back != 0 || v.keys.box.Visible() {
		t.Error("Escape does not take the list of keys away first")
	}
	escape()
	if back != 1 {
		t.Error("Escape does not lead back")
	}
}

func TestPointer(t *testing.T) {
	f := playing()
	v, w := window(t, theme.Dark, Hooks{}, f)
	test.Tap(v)
	if f.told() != "pause true" || w.Canvas().Focused() != v {
		t.Error("a tap on the picture does not stop it")
	}
	v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 10}})
	v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 10}})
	v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -1}})
	if f.told() != "volume 85, mute false, volume 90, mute false, volume 85, mute false" || v.notice.word.text.Text != "Volume 85 %" {
		t.Error("the wheel does not turn the volume")
	}
	test.Tap(v.chrome.play)
	test.Tap(v.chrome.mute)
	if f.told() != "pause true, mute true" || w.Canvas().Focused() != v {
		t.Error("the controls do not work, or keep the keyboard")
	}
	level := v.chrome.level
	level.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(levelWidth/2, 0)}})
	level.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(-50, 0)}})
	level.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(900, 0)}})
	level.DragEnd()
	if got := f.told(); got != "volume 65, mute false, volume 0, mute false, volume 130, mute false" {
		t.Errorf("the volume cannot be dragged: %s", got)
	}
}

func TestTheListOfKeysLiesOverThePicture(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	v.TypedRune('?')
	if !v.keys.box.Visible() {
		t.Fatal("no list")
	}
	test.Tap(v)
	if v.keys.box.Visible() || f.told() != "" {
		t.Error("a tap does not take the list away, or stops the video")
	}
}

func TestEndedVideosStartAgain(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	f.state.Ended = true
	v.sync()
	v.TypedRune(' ')
	if f.told() != "pause false" || v.chrome.sayPlay() != "Play again" {
		t.Error("an ended video does not start again")
	}
}

func TestBarJumps(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	bar := v.chrome.bar
	width := bar.Size().Width
	mouse := func(part float32) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(width*part, 4)}}
	}
	bar.MouseMoved(mouse(0.25))
	if bar.glimpse.time.text.Text != "00:25" || !bar.glimpse.box.Visible() {
		t.Errorf("above the bar stands %q", bar.glimpse.time.text.Text)
	}
	bar.MouseOut()
	if bar.glimpse.box.Visible() {
		t.Error("the time stays above the bar")
	}
	bar.MouseDown(mouse(0.25))
	bar.Dragged(&fyne.DragEvent{PointEvent: mouse(0.75).PointEvent})
	if f.told() != "" || v.chrome.now.Text != "01:15" {
		t.Errorf("while it is held it shows %q", v.chrome.now.Text)
	}
	if !v.reasons().Held {
		t.Error("the controls go while the bar is held")
	}
	bar.DragEnd()
	bar.MouseUp(mouse(0.75))
	if f.told() != "seek 75.0" {
		t.Error("letting go does not jump once")
	}
	bar.MouseDown(mouse(2))
	bar.MouseUp(mouse(2))
	if f.told() != "seek 100.0" {
		t.Error("beyond the end is not the end")
	}
}

func TestTheKeyboardGoesRound(t *testing.T) {
	f := playing()
	pressed := ""
	v, w, d := windowAt(t, theme.Dark, Hooks{Back: func() { pressed += "back " }, Share: func() {}, Small: func() { pressed += "small " }}, f)
	v.Focus()
	for range 4 { // back, bar, play, mute
		w.Canvas().(interface{ FocusNext() }).FocusNext()
	}
	if w.Canvas().Focused() != fyne.Focusable(v.chrome.mute) || !v.chrome.mute.focused || v.chrome.tip.text.Text != "Sound off" {
		t.Fatalf("the keyboard is on %T", w.Canvas().Focused())
	}
	d.pass(rules.Rest * 2)
	if !v.chrome.box.Visible() {
		t.Error("the controls went from under the keyboard")
	}
	v.chrome.mute.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	v.chrome.mute.TypedRune(' ')
	v.chrome.mute.TypedRune('j')
	v.chrome.mute.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if got := f.told(); got != "mute true, skip -10, skip -5" {
		t.Error(got)
	}
	w.Canvas().Focus(v.chrome.level)
	v.chrome.level.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	v.chrome.level.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if got := f.told(); got != "volume 75, mute false, volume 80, mute false" {
		t.Error(got)
	}
	v.chrome.level.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Canvas().Focused() != fyne.Focusable(v) || pressed != "" {
		t.Error("Escape does not give the keyboard back to the picture")
	}
	v.chrome.small.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if pressed != "small " {
		t.Errorf("pressed %q", pressed)
	}
}
