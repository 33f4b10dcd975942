package testscreen

import "image"

// leastContrast is how far letters stand out from their ground at least, of
// 255.
const leastContrast = 60

// Letters is how much of each pixel a word covers, for finding the word on a
// screen in whatever colours it is shown there.
type Letters struct {
	dots  []dot // the darkest first, then one without ink
	size  image.Point
	edge  image.Point // the sharpest step from one pixel to the next
	empty bool
}

// dot is one pixel of a word: its place and how much of it is covered, of 255.
type dot struct{ x, y, cover int }

// NewLetters reads a word from a picture of what it covers, which may have room
// around it. A picture without ink gives letters that are nowhere.
func NewLetters(cover *image.Alpha) *Letters {
	box := inked(cover)
	l := &Letters{size: box.Size(), empty: box.Empty()}
	ink, paper := 0, 0
	for y := range l.size.Y {
		for x := range l.size.X {
			d := dot{x, y, int(cover.AlphaAt(box.Min.X+x, box.Min.Y+y).A)}
			l.dots = append(l.dots, d)
			if d.cover > l.dots[ink].cover {
				ink = len(l.dots) - 1
			}
			if d.cover < l.dots[paper].cover {
				paper = len(l.dots) - 1
			}
		}
	}
	if !l.empty {
		l.edge = l.sharpest()
		l.dots = append([]dot{l.dots[ink], l.dots[paper]}, l.dots...)
	}
	return l
}

// sharpest is the right one of the two pixels in a row that differ most. It
// needs the dots in their order.
func (l *Letters) sharpest() (at image.Point) {
	most := -1
	for i := 1; i < len(l.dots); i++ {
		step := max(l.dots[i].cover-l.dots[i-1].cover, l.dots[i-1].cover-l.dots[i].cover)
		if l.dots[i].x > 0 && step > most {
			at, most = image.Pt(l.dots[i].x, l.dots[i].y), step
		}
	}
	return at
}

// inked is the part of a picture that something covers.
func inked(cover *image.Alpha) (box image.Rectangle) {
	for y := cover.Rect.Min.Y; y < cover.Rect.Max.Y; y++ {
		for x := cover.Rect.Min.X; x < cover.Rect.Max.X; x++ {
			if cover.AlphaAt(x, y).A > 0 {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

// Sight is a picture that words are looked for in.
type Sight struct {
	picture *image.RGBA
	edges   []image.Point // where something begins or ends, from the top
}

// One colour channel is enough to tell shapes apart.
const green = 1

// NewSight prepares a picture.
func NewSight(picture *image.RGBA) *Sight {
	s := &Sight{picture: picture}
	size := picture.Rect.Size()
	for y := range size.Y {
		line := picture.Pix[y*picture.Stride:]
		for x := 1; x < size.X; x++ {
			step := int(line[4*x+green]) - int(line[4*x-4+green])
			if step >= leastContrast/3 || step <= -leastContrast/3 {
				s.edges = append(s.edges, image.Pt(x, y))
			}
		}
	}
	return s
}

// Find returns the topmost place of an area where the picture shows the letters
// in one colour on one ground.
func (s *Sight) Find(l *Letters, area image.Rectangle) (place image.Rectangle, ok bool) {
	if l.empty {
		return image.Rectangle{}, false
	}
	area = area.Intersect(s.picture.Rect)
	offsets := make([]int, len(l.dots))
	for i, d := range l.dots {
		offsets[i] = d.y*s.picture.Stride + 4*d.x + green
	}
	for _, edge := range s.edges {
		at := edge.Sub(l.edge)
		place := image.Rectangle{at, at.Add(l.size)}
		if place.In(area) && l.at(s.picture.Pix[s.picture.PixOffset(at.X, at.Y):], offsets) {
			return place, true
		}
	}
	return image.Rectangle{}, false
}

// at tells whether the letters stand where the pixels begin.
func (l *Letters) at(pixels []uint8, offsets []int) bool {
	ground := int(pixels[offsets[1]])
	contrast := int(pixels[offsets[0]]) - ground
	if contrast < leastContrast && contrast > -leastContrast {
		return false
	}
	slack := max(contrast, -contrast)/8 + 4
	for i, d := range l.dots {
		off := int(pixels[offsets[i]]) - ground - contrast*d.cover/l.dots[0].cover
		if off > slack || off < -slack {
			return false
		}
	}
	return true
}
