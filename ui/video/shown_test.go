package video

import (
	"errors"
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// scenes are what the picture shows in the course of a video.
var scenes = map[string]func(v *Video, f *fake, d *day){
	"playing": func(*Video, *fake, *day) {},
	"paused": func(v *Video, f *fake, _ *day) {
		f.state.Paused = true
		f.state.Volume = 120
		f.state.Loop = playback.Loop{Begun: true, From: 20, To: 35}
		v.sync()
		v.chrome.tracks.FocusGained()
	},
	"hover": func(v *Video, _ *fake, _ *day) {
		v.SetThumbnails(&glimpses{picture: plainPicture(160, 90, color.RGBA{R: 0x20, G: 0x60, B: 0xA0, A: 0xFF})})
		point(v, 0.62)
	},
	"hover-without": func(v *Video, _ *fake, _ *day) { point(v, 0.99) },
	"waiting": func(v *Video, f *fake, d *day) {
		f.state.Waiting, f.state.Buffered = true, []playback.Range{{From: 40, To: 40.6}}
		v.sync()
		d.pass(rules.Patience)
	},
	"error": func(v *Video, f *fake, _ *day) {
		v.Focus()
		f.state.Problem = fault.Say(errors.New("x"), "The rest of the video did not arrive: it is damaged, or the connection was lost.")
		v.sync()
	},
	"resume":  func(v *Video, _ *fake, _ *day) { v.Focus(); v.PlayFrom("http://127.0.0.1:1/x", 754) },
	"keys":    func(v *Video, _ *fake, _ *day) { v.toggleKeys() },
	"figures": func(v *Video, _ *fake, _ *day) { v.toggleFigures() },
	"ended": func(v *Video, f *fake, _ *day) {
		f.state.Ended, f.state.Position = true, 100
		v.sync()
	},
	"menu-tracks": func(v *Video, f *fake, _ *day) {
		f.state.Tracks = append(f.state.Tracks, playback.Track{Kind: playback.Subtitles, ID: 3, Language: "ger", Title: "Lisbon.de.srt", Chosen: true})
		v.sync()
		v.chrome.tracks.Tapped(nil)
	},
	"menu-more": func(v *Video, f *fake, _ *day) {
		f.state.Loop = playback.Loop{Begun: true, From: 20}
		v.sync()
		v.chrome.more.Tapped(nil)
	},
	"missing": func(v *Video, _ *fake, _ *day) {
		v.SetPlayer(nil)
		v.ShowProblem(fault.Say(errors.New("x"), "To play videos here, install libmpv: sudo apt install libmpv2"))
	},
	"empty": func(v *Video, _ *fake, _ *day) { v.SetPlayer(nil); v.SetTitle("", ""); v.SetNeighbours("", "") },
}

func point(v *Video, part float32) {
	b := v.chrome.bar
	b.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(b.Size().Width*part, 4)}})
}

// glimpses are thumbnails that are all the same.
type glimpses struct {
	picture *image.RGBA
	wanted  []float64
	forgot  int
}

func (g *glimpses) Want(second float64)    { g.wanted = append(g.wanted, second) }
func (g *glimpses) Forget()                { g.forgot++ }
func (g *glimpses) At(float64) *image.RGBA { return g.picture }

// dusk is a picture with light and dark places.
func dusk() *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, 320, 180))
	for y := range 180 {
		for x := range 320 {
			p.SetRGBA(x, y, color.RGBA{R: uint8(40 + x/2), G: uint8(60 + y/3), B: uint8(200 - x/2), A: 0xFF})
		}
	}
	return p
}

// evening is a video with all that a video can have.
func evening() *fake {
	f := playing()
	f.frame = dusk()
	f.state.Chapters = []playback.Chapter{{Title: "The harbour"}, {Title: "Up the hill", At: 45}, {Title: "Night", At: 80}}
	f.state.Tracks = append([]playback.Track{{Kind: playback.Picture, ID: 1, Codec: "h264", Chosen: true}}, someTracks...)
	f.state.Rate = 30
	return f
}

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, play := range scenes {
			nothing := func() {}
			d, f := newDay(), evening()
			v := newVideo(Hooks{
				Back: nothing, Share: nothing, Save: nothing, Small: nothing, Next: nothing, Previous: nothing,
				FullScreen: func(bool) {}, PlayOn: func(bool) {}, Supply: supplied,
			}, d.clock(), false)
			w := stage(t, v, f, 960, 540)
			v.SetHooks(func(h *Hooks) { h.Elsewhere = nothing }) // after a problem is known, as pages do
			v.SetTitle("Lisbon harbour", "From your drive")
			v.SetNeighbours("Ferry", "Up to the castle")
			play(v, f, d)
			shots.Match(t, name+"-"+mode, w)
		}
	})
}

func TestSmallPicture(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		d := newDay()
		v := newVideo(Hooks{Back: func() {}, Next: func() {}}, d.clock(), true)
		w := stage(t, v, evening(), 400, 225)
		v.SetNeighbours("Ferry", "Up to the castle")
		shots.Match(t, "small-"+mode, w)
		if v.toggleKeys(); v.keys.box.Visible() {
			t.Error("the list of keys has no room here")
		}
	})
}

func TestSmallProblemPicture(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		v := newVideo(Hooks{Back: func() {}, Elsewhere: func() {}}, newDay().clock(), true)
		f := evening()
		w := stage(t, v, f, 400, 225)
		f.state.Problem = fault.Say(errors.New("x"), "The rest of the video did not arrive: it is damaged, or the connection was lost.")
		v.sync()
		shots.Match(t, "small-error-"+mode, w)
	})
}

func TestSmallLeadsBack(t *testing.T) {
	d, back := newDay(), 0
	shots.InBoth(t, func(t *testing.T, _ string) {
		v := newVideo(Hooks{Back: func() { back++ }}, d.clock(), true)
		stage(t, v, playing(), 400, 225)
		v.DoubleTapped(nil)
		v.chrome.back.Tapped(nil)
	})
	if back != 4 {
		t.Errorf("led back %d times", back)
	}
}

func TestGlimpses(t *testing.T) {
	v, _ := window(t, theme.Dark, Hooks{}, evening())
	g, source := v.chrome.bar.glimpse, &glimpses{}
	v.SetThumbnails(source)
	point(v, 0.5)
	if g.image.Visible() || g.chapter.text.Text != "Up the hill" || len(source.wanted) != 1 || source.wanted[0] != 50 {
		t.Errorf("chapter %q, asked for %v", g.chapter.text.Text, source.wanted)
	}
	source.picture = plainPicture(16, 9, red)
	v.ThumbnailReady()
	if !g.image.Visible() || !g.frame.Visible() {
		t.Error("the picture that came is not shown")
	}
	for _, part := range []float32{0, 1} {
		point(v, part)
		left, right := g.frame.Position().X, g.frame.Position().X+g.frame.Size().Width
		if left < side-3 || right > v.Size().Width-side+3 {
			t.Errorf("at %v it reaches from %.0f to %.0f", part, left, right)
		}
	}
	v.chrome.bar.MouseOut()
	v.ThumbnailReady()
	if source.forgot == 0 || g.box.Visible() {
		t.Error("it stays when nobody points any more")
	}
}

// The toolkit does not tell a bar that came up under a resting pointer when
// that leaves, so after a click there nothing may stay.
func TestNoGlimpseStaysAfterAClickOnABarThatCameUp(t *testing.T) {
	f := evening()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	b := v.chrome.bar
	press := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(b.Size().Width/2, 4)}}
	b.MouseDown(press)
	if !b.glimpse.box.Visible() {
		t.Error("nothing is shown while the knob is held")
	}
	b.MouseUp(press)
	if b.glimpse.box.Visible() || f.told() != "seek 50.0" {
		t.Error("it stays when nobody points any more")
	}
	b.MouseIn(press)
	b.MouseDown(press)
	if b.MouseUp(press); !b.glimpse.box.Visible() {
		t.Error("it goes although the pointer is there")
	}
}

func TestChaptersAndLoopOnTheBar(t *testing.T) {
	f := evening()
	f.state.Loop = playback.Loop{Begun: true, From: 20, To: 35}
	v, _ := window(t, theme.Dark, Hooks{Supply: supplied}, f)
	b := v.chrome.bar
	width := b.Size().Width
	at := func(o fyne.CanvasObject) float32 { return (o.Position().X + 1) / width }
	if marks := b.chapters.Objects; len(marks) != 3 || marks[0].Visible() || !near(at(marks[1]), 0.45) || !near(at(marks[2]), 0.8) {
		t.Errorf("%d chapters", len(marks))
	}
	if !b.from.Visible() || !near(at(b.from), 0.2) || !near(at(b.to), 0.35) {
		t.Error("the part that is repeated is not marked")
	}
	// what the player holds (30 to 60) and what lies here (55 to 70) is one
	if !near(b.held[0].Position().X/width, 0.3) || !near(b.held[0].Size().Width/width, 0.4) {
		t.Errorf("at hand: %v, %v", b.held[0].Position(), b.held[0].Size())
	}
	f.state.Chapters, f.state.Loop = nil, playback.Loop{}
	v.sync()
	if b.chapters.Objects[1].Visible() || b.from.Visible() || b.to.Visible() {
		t.Error("marks of another video stay")
	}
}

func near(a, b float32) bool { return a-b < 0.005 && b-a < 0.005 }

func TestFigures(t *testing.T) {
	f := evening()
	f.state.Stalls, f.state.Dropped = 2, 1234
	v, _ := window(t, theme.Dark, Hooks{Supply: supplied}, f)
	v.TypedRune('i')
	got := map[string]string{}
	for _, l := range figures(v.state, v.supply) {
		got[l.name] = l.value
	}
	for name, want := range map[string]string{
		"Picture": "160 x 90, 30 a second, h264", "Bit rate": "4.8 Mbit/s", "Buffered": "30 s ahead", "Comes in": "20.0 Mbit/s",
		"Fetched": "12 MB", "Of that wasted": "300 KB", "Ozone spent": "0.42", "Stood still": "2 times", "Pictures left out": "1,234",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
	if !v.figures.box.Visible() || v.chrome.used.text.Text != "0.42 ozone used" {
		t.Error("nothing is shown")
	}
	f.state.Stalls = 3
	v.StateChanged()
	if v.figures.text[1][7].Text != "3 times" && v.figures.text[1][8].Text != "3 times" && v.figures.text[1][6].Text != "3 times" {
		t.Error("the figures stand still")
	}
	if got := figures(playback.State{}, playback.Supply{}); got[0].value != "none" || got[1].name != "Buffered" {
		t.Errorf("%v", got)
	}
}
