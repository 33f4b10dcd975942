package video

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// page writes down what a page around a video is asked for.
type page struct{ asked []string }

func (p *page) ask(what string) func() { return func() { p.asked = append(p.asked, what) } }

func (p *page) hooks() Hooks {
	return Hooks{
		Back: p.ask("back"), Share: p.ask("share"), Save: p.ask("save"), Small: p.ask("small"), Next: p.ask("next"), Previous: p.ask("previous"),
		Again: p.ask("again"), Elsewhere: p.ask("elsewhere"), Opened: p.ask("opened"),
		FullScreen: func(on bool) { p.ask(fmt.Sprintf("full %v", on))() }, PlayOn: func(on bool) { p.ask(fmt.Sprintf("on %v", on))() },
	}
}

// did is what was asked for since the last call.
func (p *page) did() string {
	asked := strings.Join(p.asked, ", ")
	p.asked = nil
	return asked
}

// whole is a video with everything around it.
func whole(t *testing.T) (*Video, *fake, *page, *day) {
	t.Helper()
	p, f := &page{}, evening()
	v, _, d := windowAt(t, theme.Dark, p.hooks(), f)
	v.SetNeighbours("Ferry", "Up to the castle")
	p.did()
	return v, f, p, d
}

// named are all controls, with what each does to the player or asks of the
// page, and what it says of itself.
func (c *chrome) named() map[string]struct {
	b        *control
	do, says string
} {
	return map[string]struct {
		b        *control
		do, says string
	}{
		"back":     {c.back, "back", "Back"},
		"play":     {c.play, "pause true", "Pause"},
		"previous": {c.previous, "previous", "Before: Ferry"},
		"next":     {c.next, "next", "Next: Up to the castle"},
		"mute":     {c.mute, "mute true", "Sound off"},
		"speed":    {c.speed, "menu", "Speed"},
		"tracks":   {c.tracks, "menu", "Subtitles and sound"},
		"more":     {c.more, "menu", "More"},
		"save":     {c.save, "save", "Save into my drive"},
		"share":    {c.share, "share", "Share"},
		"small":    {c.small, "small", "Small window on top"},
		"screen":   {c.screen, "full true", "Full screen"},
	}
}

// outcome is what happened: to the player, at the page, or a menu.
func outcome(v *Video, f *fake, p *page) string {
	out := strings.Join(slices.DeleteFunc([]string{f.told(), p.did()}, func(s string) bool { return s == "" }), ", ")
	if menu := v.canvas().Overlays().Top(); menu != nil {
		v.canvas().Overlays().Remove(menu)
		out += "menu"
	}
	return out
}

func TestEachControl(t *testing.T) {
	for how, press := range map[string]func(*control){
		"pointer": func(b *control) { test.Tap(b) },
		"Space":   func(b *control) { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) },
		"Return":  func(b *control) { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) },
		"Enter":   func(b *control) { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter}) },
	} {
		v, f, p, _ := whole(t)
		for name, c := range v.chrome.named() {
			if v.SetFullScreen(false); !c.b.Visible() {
				t.Errorf("%s is not shown", name)
			}
			if press(c.b); outcome(v, f, p) != c.do {
				t.Errorf("%s by %s does not do %q", name, how, c.do)
			}
		}
	}
}

func TestEachControlSaysWhatItDoes(t *testing.T) {
	v, _, _, d := whole(t)
	tip := v.chrome.tip
	for name, c := range v.chrome.named() {
		for how, on := range map[string][2]func(){
			"pointer":  {func() { c.b.MouseIn(nil) }, c.b.MouseOut},
			"keyboard": {c.b.FocusGained, c.b.FocusLost},
		} {
			if on[0](); tip.text.Text != c.says || !tip.box.Visible() {
				t.Errorf("%s, %s: says %q, want %q", name, how, tip.text.Text, c.says)
			}
			left, right := tip.box.Position().X, tip.box.Position().X+tip.box.Size().Width
			if left < 0 || right > v.Size().Width {
				t.Errorf("%s: what it says reaches from %v to %v", name, left, right)
			}
			if on[1](); tip.box.Visible() {
				t.Errorf("%s, %s: it says so for ever", name, how)
			}
		}
	}
	v.chrome.play.MouseIn(nil)
	v.chrome.play.MouseMoved(nil)
	if d.pass(rules.Rest - 1); !v.awake {
		t.Error("the controls go under a pointer that moves")
	}
}

func TestWhatControlsSayFollowsTheState(t *testing.T) {
	v, f, _, _ := whole(t)
	c := v.chrome
	for _, each := range []struct {
		change             func(*playback.State)
		full               bool
		play, mute, screen string // words
		icons              string
	}{
		{func(*playback.State) {}, false, "Pause", "Sound off", "Full screen", "pause volume fullscreen"},
		{func(s *playback.State) { s.Paused = true }, true, "Play", "Sound off", "Leave full screen", "play volume fullscreen-exit"},
		{func(s *playback.State) { s.Ended = true }, false, "Play again", "Sound off", "Full screen", "play volume fullscreen"},
		{func(s *playback.State) { s.Muted = true }, false, "Pause", "Sound on", "Full screen", "pause mute fullscreen"},
		{func(s *playback.State) { s.Volume = 0 }, false, "Pause", "Sound off", "Full screen", "pause mute fullscreen"},
	} {
		f.state = evening().state
		each.change(&f.state)
		v.SetFullScreen(each.full)
		v.sync()
		icons := strings.Join([]string{c.play.icon, c.mute.icon, c.screen.icon}, " ")
		if c.sayPlay() != each.play || c.sayMute() != each.mute || c.sayScreen() != each.screen || icons != each.icons {
			t.Errorf("%q %q %q, %s; want %+v", c.sayPlay(), c.sayMute(), c.sayScreen(), icons, each)
		}
	}
	v.SetPlayer(nil)
	if c.play.icon != "play" || c.mute.icon != "volume" {
		t.Errorf("without a player: %s, %s", c.play.icon, c.mute.icon)
	}
}

// Keys that a control does not know are the video's.
func TestOtherKeysReachTheVideo(t *testing.T) {
	v, f, p, _ := whole(t)
	targets := []fyne.Focusable{v.chrome.play, v.chrome.bar, v.chrome.level, v.trouble.again, v.ask.words[0]}
	for i, target := range targets {
		for key, want := range map[fyne.KeyName]string{fyne.KeyUp: "volume 85, mute false", fyne.KeyHome: "seek 0.0", fyne.KeyEnd: "seek 99.5", fyne.KeyF5: ""} {
			f.state = evening().state
			v.sync()
			if target.TypedKey(&fyne.KeyEvent{Name: key}); f.told() != want {
				t.Errorf("%d: %s does not do %q", i, key, want)
			}
		}
		for r, want := range map[rune]string{'j': "skip -10", 'm': "mute true", 'é': "", '5': "seek 50.0"} {
			if target.TypedRune(r); f.told() != want {
				t.Errorf("%d: %q does not do %q", i, r, want)
			}
		}
		v.canvas().Focus(target)
		if target.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}); v.canvas().Focused() != fyne.Focusable(v) || p.did() != "" {
			t.Errorf("%d: Escape does not give the keyboard back", i)
		}
	}
}

// A space presses once: the toolkit tells it as a key and as a letter.
func TestASpaceIsOnePress(t *testing.T) {
	v, f, _, _ := whole(t)
	for _, target := range []fyne.Focusable{v.chrome.mute, v.chrome.bar} {
		target.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		target.TypedRune(' ')
	}
	if got := f.told(); got != "mute true, pause true" {
		t.Error(got)
	}
}

func TestRingsFollowTheKeyboard(t *testing.T) {
	v, _, _, _ := whole(t)
	ring := func(o fyne.Widget) bool {
		return test.WidgetRenderer(o).Objects()[len(test.WidgetRenderer(o).Objects())-1].Visible()
	}
	for name, target := range map[string]interface {
		fyne.Widget
		fyne.Focusable
	}{"play": v.chrome.play, "bar": v.chrome.bar, "level": v.chrome.level, "answer": v.ask.words[0], "again": v.trouble.again} {
		if target.FocusGained(); !ring(target) || !v.focused || !v.reasons().Focused {
			t.Errorf("%s: nobody sees the keyboard", name)
		}
		if target.FocusLost(); ring(target) || v.focused {
			t.Errorf("%s: the ring stays", name)
		}
	}
}
