package video

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

func TestVolume(t *testing.T) {
	v, f, _, _ := whole(t)
	l := v.chrome.level
	at := func(x float32) fyne.PointEvent { return fyne.PointEvent{Position: fyne.NewPos(x, 5)} }
	for _, c := range []struct {
		x    float32
		want string
	}{{-9, "volume 0, mute false"}, {0, "volume 0, mute false"}, {levelWidth / 2, "volume 65, mute false"}, {levelWidth, "volume 130, mute false"}, {999, "volume 130, mute false"}} {
		if l.MouseDown(&desktop.MouseEvent{PointEvent: at(c.x)}); f.told() != c.want {
			t.Errorf("at %v it is not %s", c.x, c.want)
		}
		if l.Dragged(&fyne.DragEvent{PointEvent: at(c.x)}); f.told() != c.want {
			t.Errorf("dragged to %v it is not %s", c.x, c.want)
		}
	}
	l.DragEnd()
	if l.MouseUp(nil); v.canvas().Focused() != fyne.Focusable(v) {
		t.Error("the keyboard does not go back")
	}
	l.MouseIn(nil)
	l.MouseMoved(nil)
	l.MouseOut()
	for key, want := range map[fyne.KeyName]string{fyne.KeyLeft: "volume 75, mute false", fyne.KeyRight: "volume 85, mute false", fyne.KeyUp: "volume 85, mute false"} {
		f.state.Volume = 80
		v.sync()
		if l.TypedKey(&fyne.KeyEvent{Name: key}); f.told() != want {
			t.Errorf("%s does not do %s", key, want)
		}
	}
}

func TestHowTheVolumeIsDrawn(t *testing.T) {
	v, f, _, _ := whole(t)
	l := v.chrome.level
	plain := levelWidth * 100 / 130
	for _, c := range []struct {
		volume      float64
		muted       bool
		loud, boost float32
	}{
		{0, false, 0, 0},
		{50, false, plain / 2, 0},
		{100, false, plain, 0},
		{130, false, plain, levelWidth - plain},
		{115, false, plain, (levelWidth - plain) / 2},
		{100, true, 0, 0},
		{500, false, plain, levelWidth - plain},
	} {
		f.state.Volume, f.state.Muted = c.volume, c.muted
		v.sync()
		if loud, boost := l.loud.Size().Width, l.boost.Size().Width; loud-c.loud > 1 || c.loud-loud > 1 || boost-c.boost > 1 || c.boost-boost > 1 {
			t.Errorf("%v, muted %v: %v and %v, want %v and %v", c.volume, c.muted, loud, boost, c.loud, c.boost)
		}
	}
}

// The wheel turns from where it is, although the player answers later.
func TestTheWheelTurnsOn(t *testing.T) {
	v, f, _, _ := whole(t)
	for range 12 {
		v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 3}})
	}
	v.Scrolled(&fyne.ScrollEvent{}) // sideways
	if got := f.told(); !strings.HasSuffix(got, "volume 130, mute false, volume 130, mute false, volume 130, mute false") {
		t.Error(got)
	}
}

func TestSmallWindowsHaveFewControls(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Dark))
	p := &page{}
	v := newVideo(p.hooks(), newDay().clock(), true)
	f := evening()
	stage(t, v, f, 400, 225)
	v.SetNeighbours("A", "B")
	shown := map[*control]bool{v.chrome.back: true, v.chrome.play: true}
	for name, c := range v.chrome.named() {
		if c.b.Visible() != shown[c.b] {
			t.Errorf("%s: shown %v", name, c.b.Visible())
		}
	}
	if v.chrome.level.Visible() || v.chrome.title.Visible() || !v.chrome.bar.Visible() {
		t.Error("too much is shown, or too little")
	}
	if v.chrome.play.MouseIn(nil); v.chrome.tip.box.Visible() {
		t.Error("a word lies over so small a picture")
	}
	if v.chrome.sayBack() != "Back to the large window" || v.chrome.back.icon != "large-window" {
		t.Error("the way back is not told from that of a page")
	}
	p.did()
	if v.DoubleTapped(nil); p.did() != "back" {
		t.Error("two taps do not lead back")
	}
	if min := v.MinSize(); min.Width > 200 || min.Height > 120 {
		t.Errorf("it cannot be made smaller than %v", min)
	}
}

func TestHooksThatComeLater(t *testing.T) {
	v, _ := window(t, theme.Dark, Hooks{}, playing())
	p := &page{}
	v.SetHooks(func(h *Hooks) { *h = p.hooks() })
	v.SetNeighbours("", "B")
	for _, b := range []*control{v.chrome.back, v.chrome.share, v.chrome.save, v.chrome.small, v.chrome.screen, v.chrome.next, v.chrome.previous} {
		if !b.Visible() {
			t.Errorf("%s is not shown", b.icon)
		}
		test.Tap(b)
	}
	if got := p.did(); got != "back, share, save, small, full true, next, previous" {
		t.Error(got)
	}
	v.SetHooks(func(h *Hooks) { *h = Hooks{} })
	for _, b := range []*control{v.chrome.back, v.chrome.share, v.chrome.screen, v.chrome.next} {
		if b.Visible() {
			t.Errorf("%s is shown and does nothing", b.icon)
		}
		b.do() // and nothing happens
	}
}
