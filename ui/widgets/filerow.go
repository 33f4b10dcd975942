package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// fileRow is one row of a list; it is used again for other files.
type fileRow struct {
	widget.BaseWidget
	hover

	owner             *FileList
	index             int
	view              FileView
	selected, focused bool
	target            bool // what is dragged would be dropped onto it
}

var (
	_ fyne.Tappable          = (*fileRow)(nil)
	_ fyne.SecondaryTappable = (*fileRow)(nil)
	_ desktop.Hoverable      = (*fileRow)(nil)
)

func newFileRow(owner *FileList) *fileRow {
	r := &fileRow{owner: owner, index: -1}
	r.hover.of = r
	r.ExtendBaseWidget(r)
	return r
}

func (r *fileRow) show(index int, view FileView, selected, focused bool) {
	if r.index != index {
		r.hovered = false
	}
	r.index, r.view, r.selected, r.focused = index, view, selected, focused
	r.Refresh()
}

// Tapped selects or opens the row.
func (r *fileRow) Tapped(*fyne.PointEvent) { r.owner.tap(r.index) }

// TappedSecondary asks for the menu of the row.
func (r *fileRow) TappedSecondary(e *fyne.PointEvent) { r.owner.menu(r.index, e.AbsolutePosition) }

// columns are the places of the parts of a row at a width; a negative width
// hides the part.
type columns struct{ name, status, changed, size span }

// columnsAt gives each column its place: narrow lists drop the date first,
// then the size.
func columnsAt(width float32) columns {
	c := columns{status: span{width - 386, 142}, changed: span{width - 236, 112}, size: span{width - 116, 100}}
	switch {
	case width < 420:
		c.status, c.changed, c.size = span{width - 120, 104}, nowhere, nowhere
	case width < 600:
		c.status, c.changed = span{width - 250, 126}, nowhere
	}
	c.name = span{60, max(0, c.status.x-72)}
	return c
}

// rowParts are the drawn parts of a row.
type rowParts struct {
	back                  *canvas.Rectangle
	tile                  *Tile
	photo                 *canvas.Image
	mark                  *Icon
	name, second          *Text
	status, changed, size *Text
}

// CreateRenderer is for the toolkit.
func (r *fileRow) CreateRenderer() fyne.WidgetRenderer {
	p := &rowParts{
		back: canvas.NewRectangle(nil), tile: NewTile("file", theme.Muted, theme.Thumb, theme.TileSize),
		photo: newPhoto(), mark: NewIcon("", theme.Muted), name: NewCutText("", Name), second: NewCutText("", Small),
		status: NewCutText("", Small.With(theme.SemiBold).In(theme.Accent)), changed: NewCutText("", Second),
		size: NewCutText("", Second).Align(fyne.TextAlignTrailing),
	}
	objects := []fyne.CanvasObject{p.back, p.tile, p.photo, p.name, p.second, p.mark, p.status, p.changed, p.size}
	return &renderer{
		objects: objects,
		layout:  func(size fyne.Size) { r.arrange(p, size) },
		refresh: func() { r.paint(p); r.arrange(p, r.Size()) },
		min:     func() fyne.Size { return fyne.NewSize(200, theme.RowHeight) },
	}
}

func (r *fileRow) arrange(p *rowParts, size fyne.Size) {
	c := columnsAt(size.Width)
	place(p.back, 0, 0, size.Width, size.Height)
	place(p.tile, 16, centred(size.Height, theme.TileSize), theme.TileSize, theme.TileSize)
	place(p.photo, 16, centred(size.Height, theme.TileSize), theme.TileSize, theme.TileSize)
	place(p.mark, c.status.x, centred(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
	c.status.hold(p.status, size.Height)
	c.changed.hold(p.changed, size.Height)
	c.size.hold(p.size, size.Height)
	if r.view.Second == "" {
		c.name.hold(p.name, size.Height)
		p.second.Hide()
		return
	}
	place(p.name, c.name.x, 7, c.name.width, 20)
	place(p.second, c.name.x, 25, c.name.width, 16)
	p.second.Show()
}

// current tells whether the focus is shown on the row: a list with one
// selection shows it there.
func (r *fileRow) current() bool { return r.owner == nil || r.selected }

func (r *fileRow) paint(p *rowParts) {
	dressBack(p.back, itemState{r.selected, r.focused && r.current(), r.target}, r.hovered)
	p.tile.Set(r.view.Icon, theme.Muted, theme.Thumb)
	showPhoto(p.photo, r.view.Picture)
	p.name.SetStyle(r.view.nameStyle())
	p.name.SetText(r.view.Name)
	p.second.SetText(r.view.Second)
	p.status.SetText(r.view.StatusText)
	p.changed.SetText(r.view.Changed)
	p.size.SetText(r.view.Size)
	p.mark.Set(r.view.Mark, r.view.MarkTone.Front())
	p.mark.Hidden = r.view.Mark == ""
}
