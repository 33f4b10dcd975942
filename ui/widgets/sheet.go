package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// sheet is the ground under large things. The toolkit works out for every
// pixel of a rectangle how far it is from the edge, three times the work of a
// picture where no graphics card helps. So the middle of a large sheet is a
// picture of one pixel, and only its ends are rectangles.
type sheet struct {
	whole       *canvas.Rectangle    // all of it while it is small
	top, bottom *canvas.Rectangle    // the ends with their round corners
	sides       [2]*canvas.Rectangle // left and right of the middle, where there is a line
	middle      *canvas.Image        // between all of them, over their inner halves
	objects     []fyne.CanvasObject
	line        bool
	radius      float32
	opaque      bool
}

// small is the area in pixels below which a sheet is one rectangle.
const small = 120 * 120

func newSheet() *sheet {
	s := &sheet{
		whole: canvas.NewRectangle(nil), top: canvas.NewRectangle(nil), bottom: canvas.NewRectangle(nil),
		sides:  [2]*canvas.Rectangle{canvas.NewRectangle(nil), canvas.NewRectangle(nil)},
		middle: &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch},
	}
	s.objects = []fyne.CanvasObject{s.whole, s.sides[0], s.sides[1], s.top, s.bottom, s.middle}
	return s
}

// dress sets the colours and the radius of the corners; a transparent line is
// none.
func (s *sheet) dress(fill, line color.Color, radius float32) {
	_, _, _, alpha := fill.RGBA()
	s.opaque, s.line, s.radius = alpha == 0xFFFF, line != color.Transparent, radius
	for _, r := range []*canvas.Rectangle{s.whole, s.top, s.bottom, s.sides[0], s.sides[1]} {
		r.FillColor, r.StrokeColor, r.StrokeWidth = fill, line, s.edge()
	}
	s.whole.CornerRadius, s.top.CornerRadius, s.bottom.CornerRadius = radius, radius, radius
	pixel := image.NewRGBA(image.Rect(0, 0, 1, 1))
	pixel.Set(0, 0, fill)
	s.middle.Image = pixel
}

// edge is how wide the line is.
func (s *sheet) edge() float32 {
	if s.line {
		return 1
	}
	return 0 // a transparent line would still cut into the fill
}

// arrange lays the sheet over an area.
func (s *sheet) arrange(size fyne.Size) {
	ends := max(s.radius, s.edge()) // the part of each that is seen
	large := s.opaque && size.Width*size.Height >= small && size.Height >= 4*ends
	s.whole.Hidden, s.middle.Hidden = large, !large
	s.top.Hidden, s.bottom.Hidden = !large || ends == 0, !large || ends == 0
	for _, side := range s.sides {
		side.Hidden = !large || !s.line
	}
	// The parts begin at whole pixels, so that what is rounded is the far edge,
	// as it is of the whole.
	end, side := whole(size.Height-2*ends), 2*s.edge()
	right, inner := whole(size.Width-side), size.Height-2*ends
	if ends > 0 {
		inner = end
	}
	place(s.whole, 0, 0, size.Width, size.Height)
	place(s.top, 0, 0, size.Width, 2*ends)
	place(s.bottom, 0, end, size.Width, size.Height-end)
	under := ends - s.edge() // the ends of the sides lie under the ends of the sheet
	place(s.sides[0], 0, under, side, size.Height-2*under)
	place(s.sides[1], right, under, size.Width-right, size.Height-2*under)
	place(s.middle, s.edge(), ends, size.Width-side, inner)
}

func whole(length float32) float32 { return float32(int(length)) }
