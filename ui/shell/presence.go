package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// presence is all that a window shows, and knows when somebody is there: the
// toolkit asks each object under the pointer for the shape of the pointer
// whenever it moves, and what lies over the window, such as a dialog, tells it
// too. It draws nothing itself.
type presence struct {
	widget.BaseWidget
	content fyne.CanvasObject
	seen    func()
}

var (
	_ desktop.Cursorable = (*presence)(nil)
	_ widgets.Attentive  = (*presence)(nil)
	_ widgets.Holder     = (*presence)(nil)
)

func newPresence(seen func(), content fyne.CanvasObject) *presence {
	p := &presence{seen: seen, content: content}
	p.ExtendBaseWidget(p)
	return p
}

// Held is all that the window shows.
func (p *presence) Held() fyne.CanvasObject { return p.content }

// Attend is told that somebody typed or clicked.
func (p *presence) Attend() { p.seen() }

// Cursor is asked for when the pointer moves.
func (p *presence) Cursor() desktop.Cursor {
	p.seen()
	return desktop.DefaultCursor
}

// CreateRenderer is for the toolkit.
func (p *presence) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.content) }
