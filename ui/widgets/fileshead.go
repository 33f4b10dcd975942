package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// FilesHead is the line of titles over files; tapping one may sort by it. The
// status is not sorted by.
type FilesHead struct {
	widget.BaseWidget

	// OnSort is told which title was tapped: 0 is the name, 2 the date, 3 the
	// size. It is set before the titles are shown; nil where files have one order.
	OnSort func(column int)

	head   *TableHead
	status *Text
}

// NewFilesHead returns the titles of name, status, date and size.
func NewFilesHead(titles [4]string) *FilesHead {
	h := &FilesHead{status: NewText(titles[1], Small.With(theme.Medium))}
	h.head = NewTableHead(titles[0], []TableColumn{{Title: titles[1]}, {Title: titles[2]}, {Title: titles[3], Trailing: true}}, 0, true)
	h.ExtendBaseWidget(h)
	return h
}

// Mark marks the title that is sorted by, and the direction; none where what is
// sorted by has no title.
func (h *FilesHead) Mark(column int, up, marked bool) {
	h.head.by, h.head.up = column, up
	if !marked {
		h.head.by = -1
	}
	h.head.refreshTitles()
}

// CreateRenderer is for the toolkit.
func (h *FilesHead) CreateRenderer() fyne.WidgetRenderer {
	if h.OnSort != nil {
		h.head.OnSort = func(column int, _ bool) { h.OnSort(column) }
		h.head.refreshTitles()
	}
	t := h.head.titles
	r := &renderer{objects: []fyne.CanvasObject{t[0], h.status, t[2], t[3]}}
	r.layout = func(size fyne.Size) {
		c := columnsAt(size.Width)
		c.name.hold(t[0], size.Height)
		c.status.hold(h.status, size.Height)
		c.changed.hold(t[2], size.Height)
		c.size.hold(t[3], size.Height)
	}
	r.min = func() fyne.Size { return fyne.NewSize(200, 24) }
	return r
}

// NewSkeleton returns the shape of a list that is still being read.
func NewSkeleton() fyne.CanvasObject {
	s := &skeleton{}
	s.ExtendBaseWidget(s)
	return s
}

// skeleton draws the rows of a list without their words.
type skeleton struct{ widget.BaseWidget }

const skeletonRows = 8

// CreateRenderer is for the toolkit.
func (s *skeleton) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{}
	bars := make([]*canvas.Rectangle, 3*skeletonRows)
	for i := range bars {
		bars[i] = canvas.NewRectangle(nil)
		r.objects = append(r.objects, bars[i])
	}
	r.layout = func(size fyne.Size) {
		c := columnsAt(size.Width)
		for i := range skeletonRows {
			y := float32(i) * theme.RowHeight
			place(bars[3*i], 16, y+8, theme.TileSize, theme.TileSize)
			place(bars[3*i+1], c.name.x, y+18, c.name.width*(0.5+0.06*float32((i*5)%7)), 12)
			place(bars[3*i+2], c.status.x, y+18, 72, 12)
		}
	}
	r.refresh = func() {
		for _, bar := range bars {
			bar.FillColor, bar.CornerRadius = theme.Color(theme.Thumb), 6
		}
	}
	r.min = func() fyne.Size { return fyne.NewSize(200, 160) }
	r.refresh()
	return r
}
