package shell

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// presence lies under everything and draws nothing. The toolkit asks each
// object under the pointer for the shape of the pointer whenever it moves;
// that is how the window knows that somebody is there.
type presence struct {
	widget.BaseWidget
	seen func()
}

var _ desktop.Cursorable = (*presence)(nil)

func newPresence(seen func()) *presence {
	p := &presence{seen: seen}
	p.ExtendBaseWidget(p)
	return p
}

// Cursor is asked for when the pointer moves.
func (p *presence) Cursor() desktop.Cursor {
	p.seen()
	return desktop.DefaultCursor
}

// CreateRenderer is for the toolkit.
func (p *presence) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
