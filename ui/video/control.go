package video

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// control is a button over the picture: a drawing or a short word.
type control struct {
	widget.BaseWidget
	keyed

	icon, word string
	tip        func() string // what it does, in words; nil: its drawing says enough
	tapped     func()        // nil: not shown
	over       bool          // the pointer is
}

var (
	_ fyne.Tappable     = (*control)(nil)
	_ fyne.Focusable    = (*control)(nil)
	_ desktop.Hoverable = (*control)(nil)
)

func newControl(v *Video, icon string, tip func() string, tapped func()) *control {
	c := &control{icon: icon, tip: tip, tapped: tapped}
	c.keyed = keyed{v: v, draw: c.drawFocus, press: c.do}
	c.ExtendBaseWidget(c)
	return c
}

// show changes what stands on the control.
func (c *control) show(icon, word string) {
	if c.icon != icon || c.word != word {
		c.icon, c.word = icon, word
		c.Refresh()
	}
}

func (c *control) do() {
	if c.tapped != nil {
		c.tapped()
	}
}

// drawFocus shows the focus, and says what the control does.
func (c *control) drawFocus() {
	c.Refresh()
	c.v.chrome.explain(c, c.focused)
}

// Tapped does what the control is for. The keyboard goes back to the video.
func (c *control) Tapped(*fyne.PointEvent) {
	c.v.stir()
	c.v.Focus()
	c.do()
}

// MouseIn is for the toolkit.
func (c *control) MouseIn(*desktop.MouseEvent) {
	c.v.stir()
	c.over = true
	c.Refresh()
	c.v.chrome.explain(c, true)
}

// MouseMoved is for the toolkit.
func (c *control) MouseMoved(*desktop.MouseEvent) { c.v.stir() }

// MouseOut is for the toolkit.
func (c *control) MouseOut() {
	c.over = false
	c.Refresh()
	c.v.chrome.explain(c, false)
}

// CreateRenderer is for the toolkit.
func (c *control) CreateRenderer() fyne.WidgetRenderer {
	r := &controlRenderer{
		c: c, ground: canvas.NewRectangle(color.Transparent), image: &canvas.Image{FillMode: canvas.ImageFillContain},
		word: words("", theme.BodyText, theme.SemiBold, white), ring: newRing(),
	}
	r.ground.CornerRadius = theme.ControlRadius
	r.word.Alignment = fyne.TextAlignCenter
	r.dress()
	return r
}

type controlRenderer struct {
	c            *control
	ground, ring *canvas.Rectangle
	image        *canvas.Image
	word         *canvas.Text
}

func (r *controlRenderer) dress() {
	r.ground.FillColor = color.Transparent
	if r.c.over {
		r.ground.FillColor = glass
	}
	setVisible(r.ring, r.c.focused)
	setVisible(r.image, r.c.icon != "")
	if r.c.icon != "" {
		if res := whiteIcon(r.c.icon); r.image.Resource == nil || r.image.Resource.Name() != res.Name() {
			r.image.Resource = res
			r.image.Refresh()
		}
	}
	r.word.Text = r.c.word
}

// Layout places what is shown.
func (r *controlRenderer) Layout(size fyne.Size) {
	put(r.ground, 0, 0, size.Width, size.Height)
	put(r.ring, 1, 1, size.Width-2, size.Height-2)
	put(r.image, (size.Width-theme.IconSize)/2, (size.Height-theme.IconSize)/2, theme.IconSize, theme.IconSize)
	height := r.word.MinSize().Height
	put(r.word, 0, (size.Height-height)/2, size.Width, height)
}

// Refresh draws it anew.
func (r *controlRenderer) Refresh() {
	r.dress()
	r.ground.Refresh()
	r.word.Refresh()
}

// MinSize is what it needs at least.
func (r *controlRenderer) MinSize() fyne.Size {
	if r.c.icon == "" {
		return fyne.NewSize(wordWidth, button)
	}
	return fyne.NewSquareSize(button)
}

// Destroy has nothing to end.
func (r *controlRenderer) Destroy() {}

// Objects are the parts.
func (r *controlRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.image, r.word, r.ring}
}
