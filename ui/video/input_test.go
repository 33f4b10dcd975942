package video

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

func TestKeys(t *testing.T) {
	f := playing()
	v, w := window(t, theme.Dark, Hooks{}, f)
	v.Focus()
	if w.Canvas().Focused() != v {
		t.Fatal("no focus")
	}
	for typed, want := range map[string]string{
		" ": "pause true", "k": "pause true", "K": "pause true", "j": "skip -10", "l": "skip 10", "m": "mute true",
		"0": "seek 0.0", "5": "seek 50.0", "9": "seek 90.0", ",": "step true", ".": "step false",
		"]": "speed 1.25", "[": "speed 0.75", "x": "", "c": "", "f": "",
	} {
		f.state = playing().state
		v.sync()
		test.Type(v, typed)
		if got := f.told(); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	for key, want := range map[fyne.KeyName]string{
		fyne.KeyLeft: "skip -5", fyne.KeyRight: "skip 5", fyne.KeyUp: "volume 85, mute false", fyne.KeyDown: "volume 75, mute false",
		fyne.KeyHome: "seek 0.0", fyne.KeyEnd: "seek 99.5", fyne.KeyF5: "",
	} {
		f.state = playing().state
		v.sync()
		v.TypedKey(&fyne.KeyEvent{Name: key})
		if got := f.told(); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}

func TestKeysWithoutAPlayerDoNothing(t *testing.T) {
	v, _ := window(t, theme.Dark, Hooks{}, nil)
	for r := range letters {
		v.TypedRune(r)
	}
	for k := range keys {
		v.TypedKey(&fyne.KeyEvent{Name: k})
	}
	v.TypedRune('5')
	v.Tapped(nil)
	v.chrome.bar.MouseDown(&desktop.MouseEvent{})
	v.chrome.bar.MouseUp(nil)
	v.chrome.level.MouseDown(&desktop.MouseEvent{})
	v.chrome.play.Tapped(nil)
}

func TestFullScreenAndEscape(t *testing.T) {
	var asked []bool
	back := 0
	v, _ := window(t, theme.Dark, Hooks{FullScreen: func(on bool) { asked = append(asked, on) }, Back: func() { back++ }}, playing())
	v.TypedRune('f')
	if v.chrome.screen.icon != "fullscreen-exit" {
		t.Error("the control does not say how to leave")
	}
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	v.DoubleTapped(nil)
	v.chrome.screen.Tapped(nil)
	if len(asked) != 4 || !asked[0] || asked[1] || !asked[2] || asked[3] || back != 0 {
		t.Errorf("asked for %v, went back %d times", asked, back)
	}
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
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
	if f.told() != "volume 85, mute false, volume 90, mute false" || v.notice.word.text.Text != "Volume 90 %" {
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
	level.DragEnd()
	if f.told() != "volume 50, mute false, volume 0, mute false" {
		t.Error("the volume cannot be dragged")
	}
}

func TestEndedVideosStartAgain(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	f.state.Ended = true
	v.sync()
	v.TypedRune(' ')
	if f.told() != "pause false" {
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
	if bar.bubble.text.Text != "00:25" || !bar.bubble.box.Visible() {
		t.Errorf("above the bar stands %q", bar.bubble.text.Text)
	}
	bar.MouseOut()
	if bar.bubble.box.Visible() {
		t.Error("the time stays above the bar")
	}
	bar.MouseDown(mouse(0.25))
	bar.Dragged(&fyne.DragEvent{PointEvent: mouse(0.75).PointEvent})
	if f.told() != "" || v.chrome.now.Text != "01:15" {
		t.Errorf("while it is held it shows %q", v.chrome.now.Text)
	}
	v.settle()
	if !v.chrome.box.Visible() {
		t.Error("the controls went while the bar was held")
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

func TestTracks(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	if items := v.trackItems(); len(items) != 1 || !items[0].Disabled {
		t.Errorf("%d items without tracks", len(items))
	}
	f.state.Tracks = []playback.Track{
		{Kind: playback.Sound, ID: 1, Chosen: true},
		{Kind: playback.Sound, ID: 2, Language: "por"},
		{Kind: playback.Subtitles, ID: 1, Title: "Full", Language: "en"},
		{Kind: playback.Subtitles, ID: 2, Title: "Signs"},
	}
	v.sync()
	var names, checked string
	for _, i := range v.trackItems() {
		names += i.Label + "; "
		if i.Checked {
			checked += i.Label + "; "
		}
	}
	if names != "Subtitles off; Subtitles: Full (en); Subtitles: Signs; ; Sound: 1; Sound: por; " || checked != "Subtitles off; Sound: 1; " {
		t.Errorf("%s checked %s", names, checked)
	}
	v.trackItems()[5].Action()
	for range 3 {
		v.TypedRune('c')
		for i := range f.state.Tracks {
			track := &f.state.Tracks[i]
			track.Chosen = track.Kind == playback.Subtitles && f.orders[len(f.orders)-1] == "choose sub "+trackNumber(track.ID)
		}
		v.sync()
	}
	if got := f.told(); got != "choose audio 2, choose sub 1, choose sub 2, choose sub 0" {
		t.Error(got)
	}
}

func trackNumber(id int) string { return trackName(playback.Track{ID: id}) }

func TestClock(t *testing.T) {
	for want, c := range map[string][2]float64{
		"00:00": {-3, 0}, "04:31": {271.9, 728}, "0:04:31": {271, 3600}, "1:00:00": {3600, 0}, "59:59": {3599.9, 3599.9}, "27:46:40": {100000, 100000},
	} {
		if got := clock(c[0], c[1]); got != want {
			t.Errorf("%v: %s, want %s", c, got, want)
		}
	}
	if nextSpeed(1, true) != 1.25 || nextSpeed(3, true) != 3 || nextSpeed(0.25, false) != 0.25 || nextSpeed(1.1, false) != 1 {
		t.Error("wrong speeds")
	}
}
