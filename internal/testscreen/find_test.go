package testscreen

import (
	"image"
	"image/color"
	"testing"
)

// ring covers a ring of pixels, thin where it is diagonal.
func ring() *image.Alpha {
	cover := image.NewAlpha(image.Rect(0, 0, 12, 12)) // with room around it
	for y := range 8 {
		for x := range 8 {
			if x == 0 || y == 0 || x == 7 || y == 7 {
				cover.SetAlpha(2+x, 3+y, color.Alpha{A: 255})
			}
		}
	}
	cover.SetAlpha(3, 4, color.Alpha{A: 90})
	return cover
}

// paint lays what is covered over a ground in a colour.
func paint(picture *image.RGBA, cover *image.Alpha, at image.Point, ground, ink uint8) {
	for y := range cover.Rect.Dy() {
		for x := range cover.Rect.Dx() {
			a := int(cover.AlphaAt(x, y).A)
			v := uint8((int(ground)*(255-a) + int(ink)*a) / 255)
			picture.SetRGBA(at.X+x, at.Y+y, color.RGBA{v, v, v, 255})
		}
	}
}

func TestFindsLettersInAnyColours(t *testing.T) {
	picture := image.NewRGBA(image.Rect(0, 0, 100, 60))
	paint(picture, ring(), image.Pt(10, 5), 250, 20)  // dark on light
	paint(picture, ring(), image.Pt(60, 30), 30, 200) // light on dark
	letters, sight := NewLetters(ring()), NewSight(picture)
	for area, want := range map[image.Rectangle]image.Rectangle{
		picture.Rect:               image.Rect(12, 8, 20, 16),
		image.Rect(50, 0, 100, 60): image.Rect(62, 33, 70, 41),
		image.Rect(14, 0, 60, 60):  {}, // cut off at the left
	} {
		if got, ok := sight.Find(letters, area); got != want || ok == want.Empty() {
			t.Errorf("in %v: %v, want %v", area, got, want)
		}
	}
}

func TestFindsNothingElse(t *testing.T) {
	picture := image.NewRGBA(image.Rect(0, 0, 40, 40))
	paint(picture, ring(), image.Pt(10, 10), 250, 20)
	picture.SetRGBA(15, 17, color.RGBA{20, 20, 20, 255}) // a dot in the ring
	if at, ok := NewSight(picture).Find(NewLetters(ring()), picture.Rect); ok {
		t.Errorf("another letter was found at %v", at)
	}
	if _, ok := NewSight(picture).Find(NewLetters(image.NewAlpha(image.Rect(0, 0, 4, 4))), picture.Rect); ok {
		t.Error("letters without ink were found")
	}
}
