package video

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// area is where something lies, in whole units.
func area(o fyne.CanvasObject) image.Rectangle {
	at, size := o.Position(), o.Size()
	return image.Rect(int(at.X), int(at.Y), int(at.X+size.Width), int(at.Y+size.Height))
}

func TestTheGroundLeavesThePictureFree(t *testing.T) {
	g := newGround()
	for _, c := range []struct {
		name          string
		size          fyne.Size
		at            fyne.Position
		first, second image.Rectangle
	}{
		{"all of it", fyne.NewSize(160, 90), fyne.NewPos(0, 0), image.Rectangle{}, image.Rectangle{}},
		{"beside", fyne.NewSize(200, 90), fyne.NewPos(20, 0), image.Rect(0, 0, 22, 90), image.Rect(178, 0, 200, 90)},
		{"above and below", fyne.NewSize(160, 100), fyne.NewPos(0, 5), image.Rect(0, 0, 160, 7), image.Rect(0, 93, 160, 100)},
		{"in the middle", fyne.NewSize(160, 100), fyne.NewPos(5, 5), image.Rect(0, 0, 160, 100), image.Rectangle{}},
	} {
		g.frame(c.size, c.at)
		if area(g.first) != c.first || area(g.second) != c.second {
			t.Errorf("%s: %v and %v", c.name, area(g.first), area(g.second))
		}
	}
	if g.fill(fyne.NewSize(30, 40)); area(g.first) != image.Rect(0, 0, 30, 40) || !area(g.second).Empty() {
		t.Errorf("filled: %v and %v", area(g.first), area(g.second))
	}
}

// Whatever the shapes, everything is covered, and the middle of the picture by
// nothing else.
func TestNothingShowsAroundThePicture(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Light, Hooks{}, f)
	for _, shape := range []image.Point{{160, 90}, {90, 160}, {100, 100}, {1920, 800}, {0, 0}} {
		f.state.Width, f.state.Height = shape.X, shape.Y
		v.StateChanged()
		for _, size := range []fyne.Size{{Width: 1000, Height: 700}, {Width: 480, Height: 900}, {Width: 1600, Height: 900}} {
			v.Resize(size)
			bars, picture := []image.Rectangle{area(v.ground.first), area(v.ground.second)}, area(v.picture.raster)
			for x := 1; x < int(size.Width); x += 7 {
				for _, y := range []int{1, int(size.Height) / 2, int(size.Height) - 2} {
					at := image.Pt(x, y)
					if !at.In(picture) && !at.In(bars[0]) && !at.In(bars[1]) {
						t.Fatalf("%v in %v: nothing is drawn at %v", shape, size, at)
					}
				}
			}
			if middle := image.Pt(int(size.Width)/2, int(size.Height)/2); middle.In(bars[0]) || middle.In(bars[1]) {
				t.Errorf("%v in %v: something lies below the picture", shape, size)
			}
		}
	}
}

func TestSongsStandOnBlack(t *testing.T) {
	f := song()
	v, _ := window(t, theme.Light, Hooks{}, f)
	if area(v.ground.first) != image.Rect(0, 0, 1000, 700) {
		t.Errorf("behind a song: %v", area(v.ground.first))
	}
	f.state = playing().state
	if v.StateChanged(); area(v.ground.first) == image.Rect(0, 0, 1000, 700) {
		t.Error("the ground of a song stays behind a video")
	}
}

// Subtitles go up while the controls lie over them.
func TestSubtitlesMakeRoomForTheControls(t *testing.T) {
	f := playing()
	v, _, d := windowAt(t, theme.Dark, Hooks{}, f)
	// the picture ends at 631 of 700, the controls begin at 628
	if f.raised < 0.005 || f.raised > 0.007 {
		t.Errorf("raised by %v", f.raised)
	}
	v.Resize(fyne.NewSize(1000, 562))
	if f.raised < 0.12 || f.raised > 0.13 {
		t.Errorf("raised by %v where the picture ends with the window", f.raised)
	}
	if d.pass(2 * rules.Rest); f.raised != 0 {
		t.Errorf("raised by %v when the controls are gone", f.raised)
	}
	if v.MouseMoved(nil); f.raised < 0.12 {
		t.Errorf("raised by %v when the controls come back", f.raised)
	}
	f.raised = 7
	if v.StateChanged(); f.raised != 7 {
		t.Error("the player is told what it knows")
	}
	next := playing()
	if v.SetPlayer(next); next.raised < 0.12 {
		t.Error("another player is not told")
	}
}
