package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

const (
	cellWidth   float32 = 152
	cellHeight  float32 = 156
	cellPicture float32 = 96
	cellEdge    float32 = 12
)

// dragStyle is for what is dragged.
var dragStyle = Small.With(theme.SemiBold).In(theme.OnAccent)

// pickRow is an item of a list.
type pickRow struct {
	fileRow
	grip
}

func newPickRow(f *Files) *pickRow {
	r := &pickRow{}
	r.fileRow.index, r.hover.of = -1, r
	r.grip = grip{files: f, index: r.shownAt, loose: r.loose}
	r.ExtendBaseWidget(r)
	return r
}

func (r *pickRow) shownAt() int { return r.fileRow.index }

func (r *pickRow) show(index int, view FileView, s itemState) {
	o := &r.fileRow
	if o.index == index && o.view == view && o.selected == s.picked && o.focused == s.current && o.target == s.target {
		return
	}
	if o.index != index {
		o.hovered = false
	}
	o.index, o.view, o.selected, o.focused, o.target = index, view, s.picked, s.current, s.target
	r.Refresh()
}

// Tapped picks or opens the item.
func (r *pickRow) Tapped(*fyne.PointEvent) { r.tap() }

// TappedSecondary asks for its menu.
func (r *pickRow) TappedSecondary(e *fyne.PointEvent) { r.menu(e.AbsolutePosition) }

// fileCell is an item of a grid.
type fileCell struct {
	widget.BaseWidget
	hover
	grip

	at    int
	view  FileView
	state itemState
}

func newFileCell(f *Files) *fileCell {
	c := &fileCell{at: -1}
	c.grip = grip{files: f, index: c.shownAt, loose: c.loose}
	c.hover.of = c
	c.ExtendBaseWidget(c)
	return c
}

func (c *fileCell) shownAt() int { return c.at }

func (c *fileCell) show(index int, view FileView, s itemState) {
	if c.at == index && c.view == view && c.state == s {
		return
	}
	if c.at != index {
		c.hovered = false
	}
	c.at, c.view, c.state = index, view, s
	c.Refresh()
}

// Tapped picks or opens the item.
func (c *fileCell) Tapped(*fyne.PointEvent) { c.tap() }

// TappedSecondary asks for its menu.
func (c *fileCell) TappedSecondary(e *fyne.PointEvent) { c.menu(e.AbsolutePosition) }

// CreateRenderer is for the toolkit.
func (c *fileCell) CreateRenderer() fyne.WidgetRenderer {
	back, thumb := canvas.NewRectangle(nil), NewThumb()
	mark, badge := NewIconAt("", theme.Muted, 14), canvas.NewCircle(nil)
	name, second := NewCutText("", Name).Align(fyne.TextAlignCenter), NewCutText("", Small).Align(fyne.TextAlignCenter)
	r := &renderer{objects: []fyne.CanvasObject{back, thumb, badge, mark, name, second}}
	r.layout = func(size fyne.Size) {
		place(back, 2, 2, size.Width-4, size.Height-4)
		place(thumb, cellEdge, cellEdge, size.Width-2*cellEdge, cellPicture)
		place(badge, size.Width-cellEdge-26, cellEdge+4, 22, 22)
		place(mark, size.Width-cellEdge-22, cellEdge+8, 14, 14)
		place(name, cellEdge, cellEdge+cellPicture+4, size.Width-2*cellEdge, 20)
		place(second, cellEdge, cellEdge+cellPicture+22, size.Width-2*cellEdge, 16)
	}
	r.refresh = func() {
		dressBack(back, c.state, c.hovered)
		thumb.Set(c.view.Icon, c.view.Picture)
		badge.FillColor = theme.Color(theme.Surface)
		mark.Set(c.view.Mark, c.view.MarkTone.Front())
		badge.Hidden, mark.Hidden = c.view.Mark == "", c.view.Mark == ""
		name.SetStyle(c.view.nameStyle())
		name.SetText(c.view.Name)
		second.SetStyle(Small)
		if c.view.StatusText != "" {
			second.SetStyle(Small.With(theme.SemiBold).In(theme.Accent))
		}
		second.SetText(c.view.below())
	}
	r.min = func() fyne.Size { return fyne.NewSize(cellWidth, cellHeight) }
	r.refresh()
	return r
}

// dressBack shows on the ground of an item how it stands.
func dressBack(back *canvas.Rectangle, s itemState, hovered bool) {
	back.CornerRadius, back.FillColor = theme.ControlRadius, theme.Color(theme.Clear)
	back.StrokeColor, back.StrokeWidth = theme.Color(theme.Accent), 0
	switch {
	case s.picked || s.target:
		back.FillColor = theme.Color(theme.Soft)
	case hovered:
		back.FillColor = theme.Color(theme.Hover)
	}
	switch {
	case s.target:
		back.StrokeWidth = 2
	case s.current:
		back.StrokeWidth = 1
	}
}

// Thumb is a small picture on its ground, or an icon where there is none.
type Thumb struct {
	widget.BaseWidget
	icon    string
	picture image.Image
}

// NewThumb returns an empty ground.
func NewThumb() *Thumb {
	t := &Thumb{icon: "file"}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows a picture, or an icon where it is nil.
func (t *Thumb) Set(icon string, picture image.Image) {
	if t.icon != icon || t.picture != picture {
		t.icon, t.picture = icon, picture
		t.Refresh()
	}
}

// CreateRenderer is for the toolkit.
func (t *Thumb) CreateRenderer() fyne.WidgetRenderer {
	back, icon, photo := canvas.NewRectangle(nil), NewIconAt("", theme.Muted, 32), newPhoto()
	r := &renderer{objects: []fyne.CanvasObject{back, icon, photo}}
	r.layout = func(size fyne.Size) {
		place(back, 0, 0, size.Width, size.Height)
		place(icon, 0, 0, size.Width, size.Height)
		place(photo, 0, 0, size.Width, size.Height)
	}
	r.refresh = func() {
		back.FillColor, back.CornerRadius = theme.Color(theme.Thumb), theme.ControlRadius
		icon.Set(t.icon, theme.Muted)
		icon.Hidden = t.picture != nil
		showPhoto(photo, t.picture)
	}
	r.min = func() fyne.Size { return fyne.NewSquareSize(theme.TileSize) }
	r.refresh()
	return r
}

// newPhoto returns a place for a picture that fills it.
func newPhoto() *canvas.Image {
	return &canvas.Image{FillMode: canvas.ImageFillCover, ScaleMode: canvas.ImageScaleFastest, CornerRadius: theme.ControlRadius}
}

// showPhoto shows a picture, or nothing.
func showPhoto(photo *canvas.Image, picture image.Image) {
	photo.Hidden = picture == nil
	if photo.Image != picture {
		photo.Image = picture
		photo.Refresh()
	}
}
