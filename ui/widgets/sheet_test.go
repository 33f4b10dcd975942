package widgets

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// TestASheetLooksLikeOneRectangle: whatever it is put together from.
func TestASheetLooksLikeOneRectangle(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, _ string) {
		for _, line := range []fyne.ThemeColorName{theme.Line, theme.Clear} {
			for _, radius := range []float32{0, theme.CardRadius, theme.DialogRadius} {
				for _, size := range []fyne.Size{{Width: 300, Height: 200}, {Width: 300.5, Height: 200.7}, {Width: 900, Height: 40}, {Width: 40, Height: 30}} {
					s, one := newSheet(), canvas.NewRectangle(nil)
					s.dress(theme.Color(theme.Surface), theme.Color(line), radius)
					s.arrange(size)
					one.FillColor, one.CornerRadius = theme.Color(theme.Surface), radius
					if line != theme.Clear {
						one.StrokeColor, one.StrokeWidth = theme.Color(line), 1
					}
					one.Resize(size)
					if n := different(drawn(t, s.objects...), drawn(t, one)); n > 8 { // corners are rounded apart
						t.Errorf("%v, line %s, radius %v: %d pixels differ", size, line, radius, n)
					}
				}
			}
		}
	})
}

func drawn(t *testing.T, objects ...fyne.CanvasObject) image.Image {
	ground := container.NewWithoutLayout(objects...)
	ground.Move(fyne.NewPos(10, 10.5))
	return shots.Window(t, container.NewWithoutLayout(ground), 940, 240).Canvas().Capture()
}

func different(a, b image.Image) (count int) {
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if apart(a.At(x, y), b.At(x, y)) {
				count++
			}
		}
	}
	return count
}

// apart tells colours from each other that a person can tell.
func apart(a, b color.Color) bool {
	const near = 12 << 8
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	return max(ar, br)-min(ar, br) > near || max(ag, bg)-min(ag, bg) > near || max(ab, bb)-min(ab, bb) > near
}

// TestALargeSheetIsMostlyAPicture: that is what it is for.
func TestALargeSheetIsMostlyAPicture(t *testing.T) {
	s := newSheet()
	s.dress(color.White, color.Black, 12)
	s.arrange(fyne.NewSize(800, 600))
	if s.middle.Hidden || !s.whole.Hidden || s.middle.Size().Height < 570 {
		t.Errorf("the middle takes %v, the whole is hidden: %v", s.middle.Size(), s.whole.Hidden)
	}
	s.dress(color.NRGBA{A: 0x80}, color.Transparent, 12)
	s.arrange(fyne.NewSize(800, 600))
	if !s.middle.Hidden || s.whole.Hidden {
		t.Error("parts that lie over each other would show through")
	}
}
