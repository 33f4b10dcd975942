package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

const (
	// MenuWidth is the least width of a menu.
	MenuWidth float32 = 208
	menuEdge  float32 = 8 // to the edge of the window
	menuPad   float32 = 4 // between the line around a menu and its words
)

// Menu lies over a page: words in a frame, for pointer and keyboard. Choosing
// one, Escape and a click beside it take it away.
type Menu struct {
	widget.BaseWidget

	canvas fyne.Canvas
	list   *widget.PopUpMenu // the toolkit's own way of showing it knows no frame
	frame  *Box
	closed func()
	at     fyne.Position
	least  float32
}

var (
	_ fyne.Tappable          = (*Menu)(nil)
	_ fyne.SecondaryTappable = (*Menu)(nil)
)

// NewMenu returns a menu that is not shown yet; closed is called when it was
// taken away, and may be nil.
func NewMenu(c fyne.Canvas, closed func(), items ...*fyne.MenuItem) *Menu {
	for _, item := range items {
		if item.Disabled {
			item.Action = nil // or keys would do it
		}
	}
	m := &Menu{canvas: c, closed: closed, list: widget.NewPopUpMenu(fyne.NewMenu("", items...), c)}
	m.frame = NewBox(theme.Surface, theme.Line, theme.ControlRadius+menuPad, Even(menuPad), m.list)
	m.list.OnDismiss = m.Close
	m.ExtendBaseWidget(m)
	return m
}

// Frame is what is seen of the menu: the words with the line around them.
func (m *Menu) Frame() fyne.CanvasObject { return m.frame }

// ShowAt shows the menu with its upper left corner at a place and at least a
// width, moved as far as it needs to lie inside the window, and gives it the
// keyboard.
func (m *Menu) ShowAt(at fyne.Position, least float32) {
	m.at, m.least = at, least
	m.canvas.Overlays().Add(m)
	m.Resize(m.canvas.Size())
	m.canvas.Focus(m.list)
}

// Close takes the menu away.
func (m *Menu) Close() {
	m.canvas.Overlays().Remove(m)
	if m.closed != nil {
		m.closed()
	}
}

// Tapped is a click beside the menu.
func (m *Menu) Tapped(*fyne.PointEvent) { m.Close() }

// TappedSecondary is one with the other button.
func (m *Menu) TappedSecondary(*fyne.PointEvent) { m.Close() }

// CreateRenderer is for the toolkit.
func (m *Menu) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{m.frame}}
	r.layout = func(room fyne.Size) {
		size := m.frame.MinSize().Max(fyne.NewSize(m.least, 0))
		x := max(menuEdge, min(m.at.X, room.Width-size.Width-menuEdge))
		y := max(menuEdge, min(m.at.Y, room.Height-size.Height-menuEdge))
		place(m.frame, x, y, size.Width, min(size.Height, room.Height-y))
	}
	r.refresh = func() {
		m.frame.Refresh()
		r.layout(m.Size())
	}
	r.min = m.frame.MinSize
	return r
}

// ShowMenu shows a menu with its upper left corner at a place, moved as far as
// it needs to lie inside the window.
func ShowMenu(c fyne.Canvas, at fyne.Position, items ...*fyne.MenuItem) {
	attendOn(c)
	NewMenu(c, nil, items...).ShowAt(at, MenuWidth)
}
