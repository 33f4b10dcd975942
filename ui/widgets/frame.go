package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// headHeight is the line over a page that holds its title and its buttons.
const headHeight float32 = 64

// NewPage puts a title line over a body: what stands left, and buttons at the
// right.
func NewPage(left fyne.CanvasObject, actions []fyne.CanvasObject, body fyne.CanvasObject) fyne.CanvasObject {
	head := container.New(&headLayout{}, left, Row(12, actions...))
	return Edges(Sized(0, headHeight, head), nil, nil, nil,
		Pad(Insets{0, theme.Around, theme.Around, theme.Around}, body))
}

// headLayout gives the buttons what they need and the title the rest.
type headLayout struct{}

// Layout places title and buttons.
func (*headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	title, actions := objects[0], objects[1]
	width := min(actions.MinSize().Width, size.Width-2*theme.Around)
	y := centred(headHeight, theme.ControlHeight)
	place(actions, size.Width-theme.Around-width, y, width, theme.ControlHeight)
	place(title, theme.Around, y, max(0, size.Width-3*theme.Around-width), theme.ControlHeight)
}

// MinSize keeps room for the buttons only.
func (*headLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[1].MinSize().Width+2*theme.Around+60, headHeight)
}

// Beside lays a part of a fixed width at the right of a wide one, while it is
// wanted and there is room for both.
func Beside(wide, narrow fyne.CanvasObject, width, breakAt float32, wanted func() bool) *fyne.Container {
	return container.New(&besideLayout{width, breakAt, wanted}, wide, narrow)
}

type besideLayout struct {
	width, breakAt float32
	wanted         func() bool
}

// Layout places both parts, or hides the narrow one.
func (b *besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide, narrow := objects[0], objects[1]
	if !b.wanted() || size.Width < b.breakAt {
		narrow.Hide()
		place(wide, 0, 0, size.Width, size.Height)
		return
	}
	left := size.Width - b.width - theme.Between
	narrow.Show()
	place(wide, 0, 0, left, size.Height)
	place(narrow, left+theme.Between, 0, b.width, size.Height)
}

// MinSize is that of the wide part.
func (b *besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
