package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// PillButton is a pill that can be pressed to see more, as the name of the
// wallet in use.
type PillButton struct {
	widget.BaseWidget
	hover
	focus

	OnTapped func(under fyne.Position) // where a menu may hang

	text string
}

var (
	_ fyne.Tappable     = (*PillButton)(nil)
	_ fyne.Focusable    = (*PillButton)(nil)
	_ desktop.Hoverable = (*PillButton)(nil)
)

// NewPillButton returns a pill with a word.
func NewPillButton(text string, tapped func(under fyne.Position)) *PillButton {
	p := &PillButton{text: text, OnTapped: tapped}
	p.hover.of, p.focus.of = p, p
	p.ExtendBaseWidget(p)
	return p
}

// SetText shows another word.
func (p *PillButton) SetText(text string) { p.text = text; p.Refresh() }

// Text returns the word.
func (p *PillButton) Text() string { return p.text }

// Tapped presses it.
func (p *PillButton) Tapped(*fyne.PointEvent) {
	if p.OnTapped != nil {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p)
		p.OnTapped(at.AddXY(0, p.Size().Height+4))
	}
}

// TypedKey presses it by keyboard.
func (p *PillButton) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		p.Tapped(nil)
	default:
		passKey(p, key)
	}
}

// CreateRenderer is for the toolkit.
func (p *PillButton) CreateRenderer() fyne.WidgetRenderer {
	back, text, mark := canvas.NewRectangle(nil), NewCutText("", pillStyle.In(theme.Accent)), newIconImage()
	r := &renderer{objects: []fyne.CanvasObject{back, text, mark}}
	const side, height = 12, 22
	r.layout = func(size fyne.Size) {
		y := centred(size.Height, height)
		place(back, 0, y, size.Width, height)
		place(text, 10, y, size.Width-28, height)
		place(mark, size.Width-side-8, y+(height-side)/2, side, side)
	}
	r.refresh = func() {
		back.CornerRadius, back.FillColor = height/2, theme.Color(theme.Soft)
		back.StrokeColor, back.StrokeWidth = theme.Color(theme.Accent), 0
		if p.focused {
			back.StrokeWidth = 2
		} else if p.hovered {
			back.StrokeWidth = 1
		}
		text.SetText(p.text)
		drawIcon(p, mark, "chevron-down", theme.Accent, side)
	}
	r.min = func() fyne.Size { return fyne.NewSize(pillStyle.measure(p.text).Width+10+4+side+8, height) }
	r.refresh()
	return r
}
