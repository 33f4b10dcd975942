package widgets

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Chart is a line over time with soft ground under it. It has no axes: it shows
// a course, and words beside it give the numbers.
type Chart struct {
	widget.BaseWidget
	values []float64
	height float32
}

// NewChart returns a chart of values at equal distances, so many pixels high.
func NewChart(values []float64, height float32) *Chart {
	c := &Chart{values: values, height: height}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is for the toolkit.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	picture := canvas.NewRaster(func(w, h int) image.Image { return drawChart(c.values, w, h, c.scale()) })
	r := &renderer{objects: []fyne.CanvasObject{picture}}
	r.layout = func(size fyne.Size) { place(picture, 0, 0, size.Width, size.Height) }
	r.min = func() fyne.Size { return fyne.NewSize(80, c.height) }
	return r
}

func (c *Chart) scale() float64 {
	if canvas := canvasOf(c); canvas != nil {
		return float64(canvas.Scale())
	}
	return 1
}

// drawChart draws the course column by column: the soft ground below it, and
// the line as wide as its distance to each pixel says.
func drawChart(values []float64, w, h int, scale float64) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if len(values) < 2 || w < 2 {
		return img
	}
	line, soft := theme.Color(theme.Accent), theme.Color(theme.Soft)
	half := 1.0 * scale
	ys := course(values, w, float64(h), half+1)
	for x := range w {
		slope := ys[min(x+1, w-1)] - ys[max(x-1, 0)]
		across := math.Sqrt(1 + slope*slope/4) // a steep line is higher in its column
		for y := range h {
			middle := float64(y) + 0.5
			if middle > ys[x] {
				img.Set(x, y, soft)
			}
			if cover := half + 0.5 - math.Abs(middle-ys[x])/across; cover > 0 {
				img.Set(x, y, mix(line, img.RGBAAt(x, y), min(cover, 1)))
			}
		}
	}
	return img
}

// course gives every column its height, the least value at the bottom and the
// greatest at the top; all equal ones lie in the middle.
func course(values []float64, w int, h, edge float64) []float64 {
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	ys := make([]float64, w)
	for x := range ys {
		at := float64(x) / float64(w-1) * float64(len(values)-1)
		v := smooth(values, at)
		part := 0.5
		if high > low {
			part = 0.15 + 0.85*(min(max(v, low), high)-low)/(high-low)
		}
		ys[x] = h - edge - part*(h-2*edge)
	}
	return ys
}

// smooth reads a value between two, easing in and out, which never goes beyond
// them.
func smooth(values []float64, at float64) float64 {
	i := min(int(at), len(values)-2)
	t := at - float64(i)
	t = t * t * (3 - 2*t)
	return values[i]*(1-t) + values[i+1]*t
}

func mix(front color.Color, back color.RGBA, part float64) color.Color {
	r, g, b, _ := front.RGBA()
	blend := func(f uint32, k uint8) float64 { return float64(f>>8)*part + float64(k)*(1-part) }
	alpha := max(float64(back.A), 255*part)
	return color.RGBA{uint8(blend(r, back.R)), uint8(blend(g, back.G)), uint8(blend(b, back.B)), uint8(alpha)}
}
