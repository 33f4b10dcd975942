package video

import (
	"errors"
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

func TestRendersInBothThemes(t *testing.T) {
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		f := playing()
		v, w, d := windowAt(t, mode, Hooks{Back: func() {}, Share: func() {}, FullScreen: func(bool) {}}, f)
		v.SetTitle("Lisbon harbour", "Shared by Ana, plays from the network")
		v.SetHooks(func(h *Hooks) { h.Supply = supplied })
		v.sync()
		d.pass(rules.Rest)
		// 1000 x 562.5 in the middle of 700: black from 0 to 68 and from 632
		bare := w.Canvas().Capture()
		for y, want := range map[int]color.NRGBA{30: black, 100: color.NRGBA(red), 350: color.NRGBA(red), 600: color.NRGBA(red), 690: black} {
			if got := color.NRGBAModel.Convert(bare.At(500, y)); got != want {
				t.Errorf("%s: pixel in row %d is %v, want %v", mode, y, got, want)
			}
		}
		v.stir()
		shot := w.Canvas().Capture()
		for name, area := range map[string]image.Rectangle{
			"title": image.Rect(45, 20, 200, 38), "ozone": image.Rect(860, 28, 976, 50), "back": image.Rect(20, 30, 35, 48),
			"play": image.Rect(24, 660, 44, 680), "time": image.Rect(180, 660, 260, 680), "right": image.Rect(840, 660, 976, 680),
		} {
			if light := brightest(shot, area); light < 0xC0 {
				t.Errorf("%s: nothing to read at %s, brightest %x", mode, name, light)
			}
		}
		if v.Painted() != 1 {
			t.Errorf("%s: %d pictures painted", mode, v.Painted())
		}
	}
}

// brightest is the largest blue in an area: the picture has none.
func brightest(img image.Image, area image.Rectangle) (light uint8) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			light = max(light, color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA).B)
		}
	}
	return light
}

func TestPaintsEachPictureOnce(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	for range 3 {
		v.FrameReady()
		upload(v)
	}
	f.number = 7
	v.FrameReady()
	upload(v)
	if v.Painted() != 2 {
		t.Errorf("%d pictures painted, want 2", v.Painted())
	}
	if f.size.X != 1000 || f.size.Y < 560 || f.size.Y > 564 {
		t.Errorf("the player was told of %v pixels", f.size)
	}
	v.SetPlayer(nil)
	f.number = 8
	upload(v)
	if v.Painted() != 2 {
		t.Error("a player was painted that was taken away")
	}
}

// upload does what the toolkit does when it paints the picture.
func upload(v *Video) {
	size := v.picture.raster.Size()
	v.picture.raster.Generator(int(size.Width), int(size.Height))
}

func TestLetterbox(t *testing.T) {
	for _, c := range []struct {
		area          fyne.Size
		shapeX, shapY int
		want          [4]float32
	}{
		{fyne.NewSize(160, 90), 1280, 720, [4]float32{0, 0, 160, 90}},
		{fyne.NewSize(200, 90), 1280, 720, [4]float32{20, 0, 160, 90}},
		{fyne.NewSize(160, 100), 1280, 720, [4]float32{0, 5, 160, 90}},
		{fyne.NewSize(90, 160), 100, 100, [4]float32{0, 35, 90, 90}},
		{fyne.NewSize(90, 160), 0, 100, [4]float32{0, 0, 90, 160}},
		{fyne.NewSize(0, 0), 16, 9, [4]float32{}},
	} {
		x, y, width, height := letterbox(c.area, c.shapeX, c.shapY)
		if got := [4]float32{x, y, width, height}; got != c.want {
			t.Errorf("%d x %d in %v: %v, want %v", c.shapeX, c.shapY, c.area, got, c.want)
		}
	}
}

// supplied is how the bytes of a video come.
func supplied(float64) playback.Supply {
	return playback.Supply{
		Here: []playback.Range{{From: 55, To: 70}}, Fetched: 12_000_000, Wasted: 300_000, Noz: 420_000_000, Need: 600_000, Rate: 2_500_000,
	}
}

func TestShowsTheState(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	c := v.chrome
	if c.now.Text != "00:40" || c.length.Text != "/ 01:40" || c.play.icon != "pause" || c.mute.icon != "volume" || c.speed.word != "1x" {
		t.Errorf("%q %q %q %q %q", c.now.Text, c.length.Text, c.play.icon, c.mute.icon, c.speed.word)
	}
	width := c.bar.Size().Width
	if got := c.bar.played.Size().Width; got < width*0.39 || got > width*0.41 {
		t.Errorf("played %.0f of %.0f", got, width)
	}
	second := c.bar.held[1]
	if !second.Visible() || second.Position().X < width*0.79 || second.Size().Width > width*0.11 || c.bar.held[2].Visible() {
		t.Errorf("buffered stretch at %v, %v", second.Position(), second.Size())
	}
	f.state = playback.State{Shown: true, Paused: true, Muted: true, Position: 3700, Duration: 4000, Speed: 1.25}
	v.StateChanged()
	if c.now.Text != "1:01:40" || c.length.Text != "/ 1:06:40" || c.play.icon != "play" || c.mute.icon != "mute" || c.speed.word != "1.25x" || c.bar.held[0].Visible() {
		t.Errorf("%q %q %q %q %q", c.now.Text, c.length.Text, c.play.icon, c.mute.icon, c.speed.word)
	}
	f.state = playback.State{Shown: true}
	v.StateChanged()
	if c.length.Text != "" || c.bar.knob.Visible() || c.bar.played.Size().Width != 0 {
		t.Errorf("without a length: %q, knob %v", c.length.Text, c.bar.knob.Visible())
	}
}

func TestSaysWhatItWaitsFor(t *testing.T) {
	f := playing()
	v, _, d := windowAt(t, theme.Dark, Hooks{}, f)
	near := []playback.Range{{From: 40, To: 40.5}}
	for _, c := range []struct {
		want string
		s    playback.State
	}{
		{"Opening…", playback.State{}},
		{"Opening, 12 MB so far", playback.State{Open: true}},
		{"Waiting for the network, 50 %", playback.State{Shown: true, Waiting: true, Position: 40, Buffered: near}},
		{"Fetching this place, 0 %", playback.State{Shown: true, Seeking: true, Position: 90}},
	} {
		f.state = playback.State{Shown: true}
		v.StateChanged()
		if v.notice.delay.box.Visible() {
			t.Error("it says to wait for nothing")
		}
		f.state = c.s
		v.hooks.Supply = map[bool]func(float64) playback.Supply{true: supplied}[c.s.Open]
		v.supply = playback.Supply{}
		v.StateChanged()
		d.pass(rules.Patience - 1)
		if v.notice.delay.box.Visible() {
			t.Errorf("%+v: it is said too early", c.s)
		}
		d.pass(1)
		if got := v.notice.delay.text.Text; got != c.want || !v.notice.delay.box.Visible() {
			t.Errorf("%+v: %q", c.s, got)
		}
	}
}

func TestProblemsAreShownInThePicture(t *testing.T) {
	again, elsewhere := 0, 0
	f := playing()
	v, _ := window(t, theme.Light, Hooks{}, f)
	v.SetHooks(func(h *Hooks) { h.Again, h.Elsewhere = func() { again++ }, func() { elsewhere++ } })
	if v.trouble.box.Visible() {
		t.Fatal("a problem without a problem")
	}
	f.state.Problem = fault.Say(errors.New("secret cause"), "The rest of the video did not arrive: it is damaged, or the connection was lost, and this sentence is so long that it needs lines.")
	v.StateChanged()
	if !v.trouble.box.Visible() || v.trouble.lines[1].Text == "" {
		t.Fatal("no problem shown")
	}
	for _, line := range v.trouble.lines {
		if line.Text != "" && line.MinSize().Width > 520 {
			t.Errorf("line %q is too long", line.Text)
		}
	}
	if !v.trouble.elsewhere.Visible() {
		t.Error("no way to another player")
	}
	v.trouble.elsewhere.Tapped(nil)
	v.trouble.again.Tapped(nil)
	if again != 1 || elsewhere != 1 {
		t.Errorf("again %d, elsewhere %d", again, elsewhere)
	}
	f.state.Problem = nil
	v.StateChanged()
	if v.trouble.box.Visible() {
		t.Error("the problem stays")
	}
	v.ShowProblem(errors.New("x"))
	if !v.trouble.box.Visible() {
		t.Error("the page's problem is not shown")
	}
}

func TestTryAgainLoadsTheSameAddress(t *testing.T) {
	f := playing()
	f.fail = fault.Wrong(nil, "This address cannot be played.")
	v, _ := window(t, theme.Dark, Hooks{}, f)
	if v.trouble.sentence != "This address cannot be played." || v.trouble.elsewhere.Visible() {
		t.Errorf("shown %q", v.trouble.sentence)
	}
	f.fail = nil
	v.trouble.again.Tapped(nil)
	if f.told() != "load http://127.0.0.1:1/x/clip.mp4" || v.trouble.box.Visible() {
		t.Error("it was not tried again")
	}
}

func TestLongTitlesAreCut(t *testing.T) {
	v, _ := window(t, theme.Dark, Hooks{}, playing())
	long := ""
	for range 500 {
		long += "harbour "
	}
	v.SetTitle(long, long)
	v.SetHooks(func(h *Hooks) { h.Supply = supplied })
	v.sync()
	right := v.chrome.title.Position().X + v.chrome.title.MinSize().Width
	if right > v.chrome.used.box.Position().X || v.chrome.title.Text == "" {
		t.Errorf("the title ends at %.0f, the pill begins at %.0f", right, v.chrome.used.box.Position().X)
	}
}

func TestControlsWithoutAHookAreNotShown(t *testing.T) {
	v, _ := window(t, theme.Dark, Hooks{}, playing())
	c := v.chrome
	for name, b := range map[string]*control{"back": c.back, "share": c.share, "save": c.save, "small": c.small, "screen": c.screen, "next": c.next} {
		if b.Visible() {
			t.Errorf("%s is shown and does nothing", name)
		}
	}
	if !c.tracks.Visible() || !c.more.Visible() || !c.play.Visible() {
		t.Error("controls are missing")
	}
	v.Resize(fyne.NewSize(10, 10)) // smaller than it should be: no crash
	test.WidgetRenderer(v).Refresh()
}

// In narrow places what matters less is left out, and nothing lies over
// anything else.
func TestControlsFitIntoNarrowPlaces(t *testing.T) {
	nothing := func() {}
	all := Hooks{Back: nothing, Share: nothing, Save: nothing, Small: nothing, Next: nothing, Previous: nothing, FullScreen: func(bool) {}}
	v, _ := window(t, theme.Dark, all, playing())
	v.SetNeighbours("A", "B")
	for width := float32(480); width < 1400; width += 20 {
		v.Resize(fyne.NewSize(width, 400))
		c, last := v.chrome, float32(0)
		row := []fyne.CanvasObject{c.play, c.previous, c.next, c.mute, c.level, c.now, c.length, c.speed, c.tracks, c.more, c.save, c.share, c.small, c.screen}
		for i, o := range row {
			if !o.Visible() {
				continue
			}
			if o.Position().X < last {
				t.Errorf("width %.0f: control %d begins at %.0f, the one before ends at %.0f", width, i, o.Position().X, last)
			}
			last = o.Position().X + o.Size().Width
		}
		if last > width || !c.screen.Visible() {
			t.Errorf("width %.0f: the row ends at %.0f", width, last)
		}
	}
}
