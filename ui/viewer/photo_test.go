package viewer

import (
	"image"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"
)

// hung is a photo of a size in a place of another.
func hung(width, height int, place fyne.Size) *photo {
	p := newPhoto(image.NewRGBA(image.Rect(0, 0, width, height)))
	test.WidgetRenderer(p)
	p.Resize(place)
	return p
}

func same(a, b float32) bool { return math.Abs(float64(a-b)) < 0.01 }

func TestPhotosAreFitted(t *testing.T) {
	for _, c := range []struct {
		width, height int
		place         fyne.Size
		at            fyne.Position
		size          fyne.Size
	}{
		{600, 400, fyne.NewSize(300, 300), fyne.NewPos(0, 50), fyne.NewSize(300, 200)},
		{400, 600, fyne.NewSize(300, 300), fyne.NewPos(50, 0), fyne.NewSize(200, 300)},
		{100, 50, fyne.NewSize(300, 300), fyne.NewPos(100, 125), fyne.NewSize(100, 50)}, // never larger than it is
		{300, 300, fyne.NewSize(300, 300), fyne.NewPos(0, 0), fyne.NewSize(300, 300)},
		{1, 9000, fyne.NewSize(300, 300), fyne.NewPos(149.983, 0), fyne.NewSize(0.0333, 300)},
	} {
		p := hung(c.width, c.height, c.place)
		at, size := p.shown.Position(), p.shown.Size()
		if !same(at.X, c.at.X) || !same(at.Y, c.at.Y) || !same(size.Width, c.size.Width) || !same(size.Height, c.size.Height) {
			t.Errorf("%d x %d: %v at %v, want %v at %v", c.width, c.height, size, at, c.size, c.at)
		}
	}
}

func TestZooming(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(p *photo)
		want float32
	}{
		{"nothing", func(*photo) {}, noZoom},
		{"once in", func(p *photo) { p.Zoom(zoomStep) }, zoomStep},
		{"in and out", func(p *photo) { p.Zoom(zoomStep); p.Zoom(1 / zoomStep) }, noZoom},
		{"out of what is fitted", func(p *photo) { p.Zoom(0.1) }, noZoom},
		{"far too much", func(p *photo) { p.Zoom(1e9) }, mostZoom},
		{"fitted again", func(p *photo) { p.Zoom(3); p.Zoom(noZoom) }, noZoom},
		{"two taps", func(p *photo) { p.DoubleTapped(nil) }, 2},
		{"two taps twice", func(p *photo) { p.DoubleTapped(nil); p.DoubleTapped(nil) }, noZoom},
		{"the wheel", func(p *photo) { p.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, wheelUnit)}) }, zoomStep},
		{"half a turn", func(p *photo) { p.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, wheelUnit/2)}) }, 1 + (zoomStep-1)/2},
		{"a wild turn", func(p *photo) { p.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 1000*wheelUnit)}) }, zoomStep},
		{"sideways", func(p *photo) { p.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(9, 0)}) }, noZoom},
		{"there and back", func(p *photo) {
			p.Zoom(4)
			p.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -wheelUnit)})
		}, 4 / zoomStep},
	} {
		p := hung(600, 400, fyne.NewSize(300, 300))
		if c.do(p); !same(p.zoom, c.want) {
			t.Errorf("%s: %v, want %v", c.name, p.zoom, c.want)
		}
	}
}

func TestDraggingMovesThePicture(t *testing.T) {
	p := hung(600, 400, fyne.NewSize(300, 300))
	before := p.shown.Position()
	if p.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(30, 30)}); p.shown.Position() != before {
		t.Error("a picture that is wholly there moves")
	}
	p.Zoom(noZoom)
	p.Zoom(4) // 1200 x 800 of 300 x 300
	before = p.shown.Position()
	p.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(30, -20)})
	p.DragEnd()
	if at := p.shown.Position(); !same(at.X-before.X, 30) || !same(at.Y-before.Y, -20) {
		t.Errorf("from %v to %v", before, at)
	}
	none := newPhoto(image.NewRGBA(image.Rect(0, 0, 4, 4))) // in no place at all
	none.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(1, 1)})
	if none.centre != fyne.NewPos(0.5, 0.5) {
		t.Errorf("%v", none.centre)
	}
}

// Whatever somebody does, a picture that is larger than its place fills it, and
// one that is smaller stands in its middle.
func TestPhotosStayInTheirPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.IntRange(1, 3000)
		length := rapid.Float32Range(1, 2000)
		p := hung(side.Draw(t, "width"), side.Draw(t, "height"), fyne.NewSize(length.Draw(t, "place x"), length.Draw(t, "place y")))
		for range rapid.IntRange(1, 12).Draw(t, "moves") {
			switch rapid.IntRange(0, 3).Draw(t, "move") {
			case 0:
				p.Zoom(rapid.Float32Range(0.1, 5).Draw(t, "zoom"))
			case 1:
				far := rapid.Float32Range(-5000, 5000)
				p.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(far.Draw(t, "x"), far.Draw(t, "y"))})
			case 2:
				p.DoubleTapped(nil)
			case 3:
				p.Resize(fyne.NewSize(length.Draw(t, "new x"), length.Draw(t, "new y")))
			}
			at, size, place := p.shown.Position(), p.shown.Size(), p.Size()
			for _, axis := range [][3]float32{{at.X, size.Width, place.Width}, {at.Y, size.Height, place.Height}} {
				start, length, room := axis[0], axis[1], axis[2]
				if length <= room && math.Abs(float64(start-(room-length)/2)) > 0.5 {
					t.Fatalf("%v of %v does not stand in the middle: %v", length, room, start)
				}
				if length > room && (start > 0.5 || start+length < room-0.5) {
					t.Fatalf("%v at %v leaves room in %v", length, start, room)
				}
			}
		}
	})
}
