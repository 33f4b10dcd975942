package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Icon shows a drawing of package assets.
type Icon struct {
	widget.BaseWidget

	name   string
	colour fyne.ThemeColorName
	side   float32
}

// NewIcon returns an icon of 18 pixels.
func NewIcon(name string, colour fyne.ThemeColorName) *Icon {
	return NewIconAt(name, colour, theme.IconSize)
}

// NewIconAt returns an icon with a side of so many pixels.
func NewIconAt(name string, colour fyne.ThemeColorName, side float32) *Icon {
	i := &Icon{name: name, colour: colour, side: side}
	i.ExtendBaseWidget(i)
	return i
}

// Set shows another drawing or colour; an empty name shows nothing.
func (i *Icon) Set(name string, colour fyne.ThemeColorName) {
	if i.name != name || i.colour != colour {
		i.name, i.colour = name, colour
		i.Refresh()
	}
}

// CreateRenderer is for the toolkit.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	img := newIconImage()
	r := &renderer{objects: []fyne.CanvasObject{img}}
	r.refresh = func() { drawIcon(i, img, i.name, i.colour, i.side) }
	r.layout = func(size fyne.Size) {
		place(img, centred(size.Width, i.side), centred(size.Height, i.side), i.side, i.side)
		r.refresh()
	}
	r.min = func() fyne.Size { return fyne.NewSquareSize(i.side) }
	r.refresh()
	return r
}

func newIconImage() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillContain} }

// drawIcon puts a drawing into an image, as sharp as the screen that shows
// owner wants it.
func drawIcon(owner fyne.CanvasObject, img *canvas.Image, name string, colour fyne.ThemeColorName, side float32) {
	if name == "" {
		img.Hide()
		return
	}
	scale := float32(1)
	if c := canvasOf(owner); c != nil {
		scale = c.Scale()
	}
	if res := theme.IconAt(name, colour, side, scale); img.Resource == nil || img.Resource.Name() != res.Name() {
		img.Resource = res
		img.Refresh()
	}
	img.Show()
}

// Tile is an icon on a rounded ground.
type Tile struct {
	widget.BaseWidget

	name           string
	colour, ground fyne.ThemeColorName
	side           float32
}

// NewTile returns an icon on a ground with a side of so many pixels.
func NewTile(name string, colour, ground fyne.ThemeColorName, side float32) *Tile {
	t := &Tile{name: name, colour: colour, ground: ground, side: side}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows another drawing or other colours.
func (t *Tile) Set(name string, colour, ground fyne.ThemeColorName) {
	t.name, t.colour, t.ground = name, colour, ground
	t.Refresh()
}

// CreateRenderer is for the toolkit.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(theme.Color(t.ground))
	img := newIconImage()
	inner := t.inner()
	r := &renderer{objects: []fyne.CanvasObject{back, img}}
	r.refresh = func() {
		back.FillColor, back.CornerRadius = theme.Color(t.ground), t.radius()
		drawIcon(t, img, t.name, t.colour, inner)
	}
	r.layout = func(size fyne.Size) {
		x, y := centred(size.Width, t.side), centred(size.Height, t.side)
		place(back, x, y, t.side, t.side)
		place(img, x+centred(t.side, inner), y+centred(t.side, inner), inner, inner)
		r.refresh()
	}
	r.min = func() fyne.Size { return fyne.NewSquareSize(t.side) }
	r.refresh()
	return r
}

// inner is the size of the drawing: its own up to tiles of 40, then growing.
func (t *Tile) inner() float32 {
	if t.side <= 40 {
		return theme.IconSize
	}
	return float32(int(t.side*0.45/2)) * 2
}

func (t *Tile) radius() float32 {
	if t.side > 40 {
		return theme.CardRadius
	}
	return min(theme.ControlRadius, t.side/4+1)
}
