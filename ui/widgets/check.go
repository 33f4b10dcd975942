package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

const checkSide float32 = 20

// Check is a sentence that can be ticked.
type Check struct {
	widget.BaseWidget
	focus

	OnChanged func(bool)

	text    string
	checked bool
}

var (
	_ fyne.Tappable  = (*Check)(nil)
	_ fyne.Focusable = (*Check)(nil)
)

// NewCheck returns an unticked sentence.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{text: text, OnChanged: changed}
	c.focus.of = c
	c.ExtendBaseWidget(c)
	return c
}

// Checked tells whether it is ticked.
func (c *Check) Checked() bool { return c.checked }

// SetChecked ticks it, or not, without telling.
func (c *Check) SetChecked(on bool) { c.checked = on; c.Refresh() }

// Tapped turns the tick.
func (c *Check) Tapped(*fyne.PointEvent) {
	c.checked = !c.checked
	c.Refresh()
	if c.OnChanged != nil {
		c.OnChanged(c.checked)
	}
}

// TypedKey turns the tick with Space.
func (c *Check) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeySpace {
		c.Tapped(nil)
		return
	}
	passKey(c, key)
}

// CreateRenderer is for the toolkit.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	box, text, img := canvas.NewRectangle(nil), NewCutText(c.text, Body), newIconImage()
	r := &renderer{objects: []fyne.CanvasObject{box, img, text}}
	r.refresh = func() {
		box.CornerRadius, box.StrokeWidth = 6, 1
		box.FillColor, box.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.Muted)
		if c.checked {
			box.FillColor, box.StrokeColor = theme.Color(theme.Accent), theme.Color(theme.Accent)
		}
		if c.focused {
			box.StrokeColor, box.StrokeWidth = theme.Color(theme.Accent), 2
		}
		img.Hidden = !c.checked
		if c.checked {
			drawIcon(c, img, "check", theme.OnAccent, 14)
		}
	}
	r.layout = func(size fyne.Size) {
		y := centred(size.Height, checkSide)
		place(box, 0, y, checkSide, checkSide)
		place(img, 3, y+3, 14, 14)
		place(text, checkSide+10, 0, max(0, size.Width-checkSide-10), size.Height)
	}
	r.min = func() fyne.Size {
		return fyne.NewSize(Body.measure(c.text).Width+checkSide+10, 28)
	}
	r.refresh()
	return r
}
