package video

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// flat are all items of a menu with those of the menus inside it.
func flat(items []*fyne.MenuItem) (out []*fyne.MenuItem) {
	for _, i := range items {
		out = append(out, i)
		if i.ChildMenu != nil {
			out = append(out, flat(i.ChildMenu.Items)...)
		}
	}
	return out
}

func TestEachChoiceOfTheMenus(t *testing.T) {
	v, f, p, _ := whole(t)
	for _, c := range []struct {
		menu func() []*fyne.MenuItem
		want map[string]string
	}{
		{v.speedItems, map[string]string{"0.25x": "speed 0.25", "1x": "speed 1.00", "1.75x": "speed 1.75", "4x": "speed 4.00"}},
		{v.trackItems, map[string]string{
			"Subtitles off": "choose sub 0", "Subtitles: Full (English)": "choose sub 1", "Subtitles: Signs": "choose sub 2",
			"Sound: 1": "choose audio 1", "Sound: Portuguese": "choose audio 2",
		}},
		{v.moreItems, map[string]string{
			"Repeat the video": "loop true false 0 0", "Repeat a part from here": "loop false true 40 0", "Go on with the next at the end": "on true",
			"The harbour": "chapter 0", "Up the hill": "chapter 1", "Night": "chapter 2", "Open in another player": "elsewhere",
		}},
	} {
		for label, want := range c.want {
			f.state = evening().state
			v.sync()
			found := false
			for _, i := range flat(c.menu()) {
				if i.Label == label {
					found = true
					i.Action()
				}
			}
			if got := outcome(v, f, p); !found || got != want {
				t.Errorf("%q: %q, want %q", label, got, want)
			}
		}
	}
}

func TestDelaysOfTheMenus(t *testing.T) {
	v, f, _, _ := whole(t)
	for i, want := range []string{"-0.1", "0.1", "-1.0", "1.0"} {
		f.state = evening().state
		v.sync()
		items := v.trackItems()
		items[3].ChildMenu.Items[i].Action()
		items[len(items)-1].ChildMenu.Items[i].Action()
		if got := f.told(); got != "subtitles "+want+", sound "+want {
			t.Errorf("%d: %s", i, got)
		}
	}
	f.state.SubtitleDelay, f.state.SoundDelay = 0.3, -2
	v.sync()
	if got := labels(v.trackItems()); !strings.Contains(got, "Subtitles: 0.3 s later") || !strings.Contains(got, "Sound: 2 s earlier") {
		t.Error(got)
	}
}

func TestWhatTheMenusLeaveOut(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{PlayOn: func(bool) {}}, f)
	if got := labels(v.moreItems()); got != "Repeat the video; Repeat a part from here; ; Figures; Keys; Open in another player" {
		t.Error(got)
	}
	items := v.moreItems()
	if last := items[len(items)-1]; !last.Disabled {
		t.Error("another player is offered, and nobody opens it")
	}
	for n, want := range map[int]string{
		0: "No subtitles in this video",
		1: "No subtitles in this video; ; Sound: as recorded",
		2: "No subtitles in this video; ; Sound: 1; *Sound: 2; Sound: as recorded",
	} {
		f.state.Tracks = nil
		for i := range n {
			f.state.Tracks = append(f.state.Tracks, playback.Track{Kind: playback.Sound, ID: i + 1, Chosen: i == 1})
		}
		v.sync()
		if got := labels(v.trackItems()); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
	f.state.Chapters = make([]playback.Chapter, 3*maxChapters)
	v.sync()
	if list := v.chapterItems()[0].ChildMenu.Items; len(list) != maxChapters {
		t.Errorf("%d chapters in a menu", len(list))
	}
}

// Choices of a menu that is still open when the player is gone do nothing.
func TestMenusWithoutAPlayer(t *testing.T) {
	v, f, _, _ := whole(t)
	var items []*fyne.MenuItem
	for _, menu := range []func() []*fyne.MenuItem{v.speedItems, v.trackItems, v.moreItems} {
		items = append(items, flat(menu())...)
	}
	v.SetPlayer(nil)
	f.told()
	for _, i := range items {
		if i.Action != nil {
			i.Action()
		}
	}
	if got := f.told(); got != "" {
		t.Errorf("the player was told %q", got)
	}
}

// shownMenu is the menu over the video, with what holds it.
func shownMenu(v *Video) (overlay fyne.CanvasObject, menu *widget.Menu) {
	overlay = v.canvas().Overlays().Top()
	if overlay == nil {
		return nil, nil
	}
	for _, o := range test.LaidOutObjects(overlay) {
		switch m := o.(type) {
		case *widget.PopUpMenu:
			menu = m.Menu
		case *widget.Menu:
			menu = m
		}
	}
	return overlay, menu
}

func TestMenusLieInsideTheVideo(t *testing.T) {
	v, _, _, d := whole(t)
	for _, size := range []fyne.Size{{Width: 1000, Height: 700}, {Width: 480, Height: 270}, {Width: 560, Height: 300}} {
		v.Resize(size)
		for _, b := range []*control{v.chrome.speed, v.chrome.tracks, v.chrome.more} {
			if !b.Visible() {
				continue
			}
			b.do()
			overlay, menu := shownMenu(v)
			if menu == nil {
				t.Fatal("no menu")
			}
			frame := overlay.(*widgets.Menu).Frame()
			at, right := frame.Position(), frame.Position().X+frame.Size().Width
			if at.X < 0 || at.Y < 0 || right > size.Width {
				t.Errorf("in %v: at %v to %v", size, at, right)
			}
			if d.pass(3 * rules.Rest); !v.awake {
				t.Error("the controls go under an open menu")
			}
			overlay.(fyne.Tappable).Tapped(nil)
			if d.pass(3 * rules.Rest); v.awake {
				t.Error("the controls stay after the menu")
			}
			v.stir()
		}
	}
	alone := newVideo(Hooks{}, newDay().clock(), false) // in no window
	alone.showMenu(alone.chrome.more, alone.moreItems())
}

func TestGoingOnIsRemembered(t *testing.T) {
	v, _, p, _ := whole(t)
	v.togglePlayOn()
	v.togglePlayOn()
	if got := p.did(); got != "on true, on false" {
		t.Error(got)
	}
	v.SetPlayOn(true)
	if got := labels(v.moreItems()); !strings.Contains(got, "*Go on with the next at the end") {
		t.Error(got)
	}
}
