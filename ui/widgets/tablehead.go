package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// TableHead is the line of titles over a table. Tapping a title sorts by it;
// tapping it again turns the order around.
type TableHead struct {
	widget.BaseWidget

	OnSort func(column int, up bool) // column 0 is the name; may be nil

	columns []TableColumn // without the name
	titles  []*headTitle
	by      int
	up      bool
}

// NewTableHead returns the titles: that of the names and those of the columns.
// The table is sorted by a column when it is first shown; -1 is none of them.
func NewTableHead(name string, columns []TableColumn, by int, up bool) *TableHead {
	h := &TableHead{columns: columns, by: by, up: up}
	h.titles = []*headTitle{newHeadTitle(h, 0, name, false)}
	for i, c := range columns {
		h.titles = append(h.titles, newHeadTitle(h, i+1, c.Title, c.Trailing))
	}
	h.ExtendBaseWidget(h)
	return h
}

// sort sorts by a column, or turns the order around.
func (h *TableHead) sort(column int) {
	if h.OnSort == nil {
		return
	}
	h.up = column == h.by && !h.up
	h.by = column
	h.refreshTitles()
	h.OnSort(h.by, h.up)
}

func (h *TableHead) refreshTitles() {
	for _, t := range h.titles {
		t.Refresh()
	}
}

// CreateRenderer is for the toolkit.
func (h *TableHead) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{min: func() fyne.Size { return fyne.NewSize(200, 24) }}
	for _, t := range h.titles {
		r.objects = append(r.objects, t)
	}
	r.layout = func(size fyne.Size) {
		name, places := spans(h.columns, nameAt, size.Width)
		for i, at := range append([]span{name}, places...) {
			at.hold(h.titles[i], size.Height)
		}
	}
	return r
}

// headTitle is one title.
type headTitle struct {
	widget.BaseWidget
	hover
	focus
	head     *TableHead
	column   int
	text     string
	trailing bool
}

var (
	_ fyne.Tappable     = (*headTitle)(nil)
	_ fyne.Focusable    = (*headTitle)(nil)
	_ desktop.Hoverable = (*headTitle)(nil)
)

func newHeadTitle(h *TableHead, column int, text string, trailing bool) *headTitle {
	t := &headTitle{head: h, column: column, text: text, trailing: trailing}
	t.hover.of, t.focus.of = t, t
	t.ExtendBaseWidget(t)
	return t
}

// Tapped sorts by the column.
func (t *headTitle) Tapped(*fyne.PointEvent) { t.head.sort(t.column) }

// TypedKey sorts by keyboard.
func (t *headTitle) TypedKey(key *fyne.KeyEvent) { pressedBy(t, key, func() { t.Tapped(nil) }) }

// Disabled tells that nobody sorts by the title: Tab passes it.
func (t *headTitle) Disabled() bool { return t.head.OnSort == nil }

// Enable does nothing: a title sorts where somebody listens.
func (t *headTitle) Enable() {}

// Disable does nothing, for the same reason.
func (t *headTitle) Disable() {}

func (t *headTitle) sorted() bool { return !t.Disabled() && t.head.by == t.column }

func (t *headTitle) style() Style {
	style := Small.With(theme.Medium)
	if t.sorted() || (!t.Disabled() && (t.hovered || t.focused)) {
		return style.In(theme.Accent)
	}
	return style
}

// CreateRenderer is for the toolkit.
func (t *headTitle) CreateRenderer() fyne.WidgetRenderer {
	text, mark, under := canvas.NewText(t.text, nil), newIconImage(), canvas.NewRectangle(nil)
	const side = 12
	r := &renderer{objects: []fyne.CanvasObject{text, mark, under}}
	r.layout = func(size fyne.Size) {
		text.Text = ellipsis(t.text, t.style(), size.Width)
		min, x := text.MinSize(), float32(0)
		if t.trailing {
			x = size.Width - min.Width
		}
		y := (size.Height - min.Height) / 2
		place(text, x, y, min.Width, min.Height)
		place(under, x, y+min.Height+1, min.Width, 2)
		place(mark, x+min.Width+2, centred(size.Height, side), side, side)
		if t.trailing {
			place(mark, x-side-2, centred(size.Height, side), side, side)
		}
	}
	r.refresh = func() {
		t.style().dress(text)
		icon := "chevron-down"
		if t.head.up {
			icon = "chevron-up"
		}
		drawIcon(t, mark, icon, theme.Accent, side)
		mark.Hidden = !t.sorted()
		under.FillColor, under.Hidden = theme.Color(theme.Accent), !t.focused
		r.layout(t.Size())
	}
	r.min = func() fyne.Size { return fyne.NewSize(20, 24) }
	r.refresh()
	return r
}
