package shots

import (
	"image"
	"image/color"
	"testing"
)

func TestCompareSeesWhatAPersonSees(t *testing.T) {
	a, b := image.NewNRGBA(image.Rect(0, 0, 100, 100)), image.NewNRGBA(image.Rect(0, 0, 100, 100))
	if err := compare(a, b); err != nil {
		t.Fatal("equal pictures differ:", err)
	}
	for i := range 5 {
		b.Set(i, 0, color.White)
	}
	if err := compare(a, b); err != nil {
		t.Error("a few stray pixels are nothing:", err)
	}
	for i := range 50 {
		b.Set(i, 1, color.White)
	}
	if compare(a, b) == nil {
		t.Error("a missing line was not seen")
	}
	if compare(a, image.NewNRGBA(image.Rect(0, 0, 100, 99))) == nil {
		t.Error("another size was not seen")
	}
	c := image.NewNRGBA(image.Rect(0, 0, 100, 100))
	for y := range 100 {
		for x := range 100 {
			c.Set(x, y, color.NRGBA{4, 4, 4, 0xFF})
		}
	}
	if err := compare(a, c); err != nil {
		t.Error("nobody sees a difference of 4:", err)
	}
}

func TestCoarseStaysNear(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 256, 1))
	for x := range 256 {
		img.Set(x, 0, color.NRGBA{uint8(x), uint8(255 - x), 7, 0xFF})
	}
	if err := compare(img, coarse(img)); err != nil {
		t.Error("what is kept must match what was drawn:", err)
	}
}
