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

// columns are the places of the parts of a row at a width; a negative place
// hides the part.
type columns struct{ name, nameWidth, status, changed, sizeEnd float32 }

// columnsAt gives each column its place: narrow lists drop the date first,
// then the size.
func columnsAt(width float32) columns {
	c := columns{name: 60, sizeEnd: width - 16, changed: width - 236, status: width - 386}
	switch {
	case width < 420:
		c.sizeEnd, c.changed, c.status = -1, -1, width-120
	case width < 600:
		c.changed, c.status = -1, width-250
	}
	c.nameWidth = c.status - c.name - 12
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
	place(p.mark, c.status, centred(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
	place(p.status, c.status, 0, 140, size.Height)
	place(p.changed, c.changed, 0, 126, size.Height)
	place(p.size, c.sizeEnd-100, 0, 100, size.Height)
	p.changed.Hidden, p.size.Hidden = c.changed < 0, c.sizeEnd < 0
	if r.view.Second == "" {
		place(p.name, c.name, 0, c.nameWidth, size.Height)
		p.second.Hide()
		return
	}
	place(p.name, c.name, 7, c.nameWidth, 20)
	place(p.second, c.name, 25, c.nameWidth, 16)
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
	p.mark.Set(r.view.Mark, r.view.MarkTone.front())
	p.mark.Hidden = r.view.Mark == ""
}

// NewFileHeader returns the line of labels over a list.
func NewFileHeader(name, status, changed, size string) fyne.CanvasObject {
	h := &fileHeader{texts: []*Text{
		NewText(name, Small.With(theme.Medium)), NewText(status, Small.With(theme.Medium)),
		NewText(changed, Small.With(theme.Medium)), NewText(size, Small.With(theme.Medium)).Align(fyne.TextAlignTrailing),
	}}
	h.ExtendBaseWidget(h)
	return h
}

type fileHeader struct {
	widget.BaseWidget
	texts []*Text
}

// CreateRenderer is for the toolkit.
func (h *fileHeader) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{min: func() fyne.Size { return fyne.NewSize(200, 24) }}
	for _, t := range h.texts {
		r.objects = append(r.objects, t)
	}
	r.layout = func(size fyne.Size) {
		c := columnsAt(size.Width)
		place(h.texts[0], c.name, 0, c.nameWidth, size.Height)
		place(h.texts[1], c.status, 0, 140, size.Height)
		place(h.texts[2], c.changed, 0, 126, size.Height)
		place(h.texts[3], c.sizeEnd-100, 0, 100, size.Height)
		h.texts[2].Hidden, h.texts[3].Hidden = c.changed < 0, c.sizeEnd < 0
	}
	return r
}
