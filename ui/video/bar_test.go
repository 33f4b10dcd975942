package video

import (
	"image"
	"math"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// mouse is the pointer at a part of the bar.
func (b *bar) mouse(part float32) *desktop.MouseEvent {
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(b.Size().Width*part, 4)}}
}

func TestJumpsOnTheBar(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(b *bar)
		want string
	}{
		{"a click", func(b *bar) { b.MouseDown(b.mouse(0.25)); b.MouseUp(nil) }, "seek 25.0"},
		{"a drag", func(b *bar) {
			b.MouseDown(b.mouse(0.1))
			b.Dragged(&fyne.DragEvent{PointEvent: b.mouse(0.5).PointEvent})
			b.DragEnd()
			b.MouseUp(nil)
		}, "seek 50.0"},
		{"beyond the start", func(b *bar) { b.MouseDown(b.mouse(-1)); b.MouseUp(nil) }, "seek 0.0"},
		{"beyond the end", func(b *bar) { b.MouseDown(b.mouse(3)); b.MouseUp(nil) }, "seek 100.0"},
		{"a drag without a press", func(b *bar) { b.Dragged(&fyne.DragEvent{PointEvent: b.mouse(0.5).PointEvent}); b.DragEnd() }, "seek 50.0"},
		{"letting go of nothing", func(b *bar) { b.MouseUp(nil); b.DragEnd() }, ""},
		{"pointing", func(b *bar) { b.MouseIn(b.mouse(0.5)); b.MouseMoved(b.mouse(0.6)); b.MouseOut() }, ""},
	} {
		f := playing()
		v, _ := window(t, theme.Dark, Hooks{}, f)
		if c.do(v.chrome.bar); f.told() != c.want {
			t.Errorf("%s does not do %q", c.name, c.want)
		}
		f.state.Duration = 0
		v.sync()
		if c.do(v.chrome.bar); f.told() != "" || v.chrome.bar.glimpse.box.Visible() {
			t.Errorf("%s: a jump in a video of unknown length", c.name)
		}
	}
}

// While the knob is held the bar shows where it is held, and not what plays.
func TestAHeldKnobStaysInTheHand(t *testing.T) {
	f := playing()
	v, _, d := windowAt(t, theme.Dark, Hooks{}, f)
	b := v.chrome.bar
	b.MouseDown(b.mouse(0.8))
	f.state.Position = 41
	v.sync()
	if v.chrome.now.Text != "01:20" || b.played.Size().Width < b.Size().Width*0.79 {
		t.Errorf("it shows %s", v.chrome.now.Text)
	}
	if d.pass(3 * rules.Rest); !v.awake {
		t.Error("the controls go out of the hand")
	}
	b.MouseUp(nil)
	f.told()
	if v.sync(); v.chrome.now.Text != "00:41" {
		t.Errorf("it shows %s", v.chrome.now.Text)
	}
	if d.pass(3 * rules.Rest); v.awake {
		t.Error("the controls stay after the knob was let go")
	}
}

// Whatever the player says, nothing of the bar is drawn outside of it.
func TestEverythingIsDrawnOnTheBar(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	b := v.chrome.bar
	rapid.Check(t, func(t *rapid.T) {
		second := rapid.Float64Range(-20, 300)
		s := playing().state
		s.Duration = rapid.SampledFrom([]float64{0, 1, 100, 250}).Draw(t, "duration")
		s.Position = second.Draw(t, "position")
		s.Loop = playback.Loop{Begun: true, From: second.Draw(t, "from"), To: second.Draw(t, "to")}
		s.Buffered = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) playback.Range {
			return playback.Range{From: second.Draw(t, "begins"), To: second.Draw(t, "ends")}
		}), 0, 20).Draw(t, "buffered")
		s.Chapters = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) playback.Chapter {
			return playback.Chapter{At: second.Draw(t, "chapter")}
		}), 0, maxChapters+3).Draw(t, "chapters")
		f.state = s
		v.sync()
		objects := []fyne.CanvasObject{b.track, b.played, b.from, b.to}
		for _, h := range b.held {
			objects = append(objects, h)
		}
		for _, o := range append(objects, b.chapters.Objects...) {
			if !o.Visible() {
				continue
			}
			if left, right := o.Position().X, o.Position().X+o.Size().Width; left < -2 || right > b.Size().Width+2 {
				t.Fatalf("%+v: something from %v to %v of %v", s, left, right, b.Size().Width)
			}
		}
	})
}

func TestMarksOfChapters(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	shown := func() (n int) {
		for _, o := range v.chrome.bar.chapters.Objects {
			if o.Visible() {
				n++
			}
		}
		return n
	}
	chapters := func(n int) (out []playback.Chapter) {
		for i := range n {
			out = append(out, playback.Chapter{Title: strconv.Itoa(i), At: float64(i)})
		}
		return out
	}
	for _, c := range []struct{ chapters, want int }{{0, 0}, {1, 0}, {3, 2}, {maxChapters, maxChapters - 1}, {maxChapters + 1, 0}, {5, 4}, {0, 0}} {
		f.state.Chapters = chapters(c.chapters)
		if v.sync(); shown() != c.want {
			t.Errorf("%d chapters: %d marks, want %d", c.chapters, shown(), c.want)
		}
	}
}

func TestMarksOfARepeatedPart(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	for _, c := range []struct {
		loop     playback.Loop
		duration float64
		from, to bool
	}{
		{playback.Loop{}, 100, false, false},
		{playback.Loop{Whole: true}, 100, false, false},
		{playback.Loop{Begun: true, From: 5}, 100, true, false},
		{playback.Loop{Begun: true, From: 5, To: 9}, 100, true, true},
		{playback.Loop{Begun: true, From: 5, To: 9}, 0, false, false},
	} {
		f.state.Loop, f.state.Duration = c.loop, c.duration
		v.sync()
		if b := v.chrome.bar; b.from.Visible() != c.from || b.to.Visible() != c.to {
			t.Errorf("%+v of %v: %v, %v", c.loop, c.duration, b.from.Visible(), b.to.Visible())
		}
	}
}

func TestWhatIsUnderThePointer(t *testing.T) {
	f := evening()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	for _, c := range []struct {
		part          float32
		time, chapter string
	}{{0, "00:00", "The harbour"}, {0.2, "00:20", "The harbour"}, {0.5, "00:50", "Up the hill"}, {1, "01:40", "Night"}, {7, "01:40", "Night"}, {-7, "00:00", "The harbour"}} {
		point(v, c.part)
		if g := v.chrome.bar.glimpse; g.time.text.Text != c.time || g.chapter.text.Text != c.chapter {
			t.Errorf("at %v: %q, %q", c.part, g.time.text.Text, g.chapter.text.Text)
		}
	}
	f.state.Chapters = nil
	v.sync()
	if point(v, 0.5); v.chrome.bar.glimpse.chapter.box.Visible() {
		t.Error("a chapter of a video without")
	}
}

// The small picture has the shape of the video, and stays over the bar.
func TestTheShapeOfGlimpses(t *testing.T) {
	f := evening()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	v.SetThumbnails(&glimpses{picture: plainPicture(16, 9, red)})
	for shape, want := range map[image.Point]fyne.Size{
		{1920, 1080}: {Width: 179.6, Height: glimpseHeight}, {1080, 1920}: {Width: 56.8, Height: glimpseHeight},
		{2400, 1000}: {Width: glimpseWidth, Height: 75}, {}: {Width: glimpseWidth, Height: glimpseHeight}, {100, 100}: {Width: glimpseHeight, Height: glimpseHeight},
	} {
		f.state.Width, f.state.Height = shape.X, shape.Y
		v.sync()
		point(v, 0.5)
		g := v.chrome.bar.glimpse
		if got := g.image.Size(); math.Abs(float64(got.Width-want.Width)) > 1 || math.Abs(float64(got.Height-want.Height)) > 1 {
			t.Errorf("%v: %v, want %v", shape, got, want)
		}
		if foot := g.image.Position().Y + g.image.Size().Height; foot > v.chrome.bar.Position().Y {
			t.Errorf("%v: it lies over the bar", shape)
		}
	}
}

func TestGlimpsesOfNothing(t *testing.T) {
	v, _ := window(t, theme.Dark, Hooks{}, playing())
	g := v.chrome.bar.glimpse
	point(v, 0.5) // without thumbnails
	if g.image.Visible() || g.frame.Visible() || g.foot.Visible() || !g.time.box.Visible() {
		t.Error("a picture of nothing, or no time")
	}
	source := &glimpses{picture: plainPicture(4, 4, red)}
	v.SetThumbnails(source)
	v.ThumbnailReady() // nobody asked for it, but it is there
	if !g.image.Visible() {
		t.Error("what is there is not shown")
	}
	v.SetThumbnails(nil)
	if v.ThumbnailReady(); g.image.Visible() {
		t.Error("a picture of a source that was taken away")
	}
	v.chrome.bar.MouseOut()
}
