package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// TableColumn is a column at the right of the names of a table.
type TableColumn struct {
	Title    string
	Width    float32
	Trailing bool    // text stands at the right
	From     float32 // the width of the table from which the column is shown
}

// TableCell is what one row says in one column.
type TableCell struct {
	Text string
	Tone Tone // of a pill
	Pill bool
	Name bool // stands out from plain cells
	Good bool // what came in: green, with its sign
}

// TableRow is a row of a table: a thing with its mark, its name and a second
// line, and a cell for each column.
type TableRow struct {
	Icon         string
	IconTone     Tone
	Name, Second string
	Cells        []TableCell
	Heading      bool // a title over the rows below it, which cannot be chosen
}

func (r TableRow) nameStyle() Style {
	if r.Heading {
		return Small.With(theme.SemiBold)
	}
	return Name
}

// Table is a list of things with columns. Only rows in sight exist.
type Table struct {
	Rows

	// OnNearEnd is called when one of the last rows is shown, so that a list
	// may be read in parts; it may be called often.
	OnNearEnd func()

	columns []TableColumn
	rows    []TableRow
}

// nearEnd is how many rows before the last are near the end.
const nearEnd = 8

// NewTable returns an empty table.
func NewTable(columns []TableColumn) *Table {
	t := &Table{columns: columns}
	t.prepare(func() int { return len(t.rows) }, func() fyne.CanvasObject { return newTableLine(t) },
		func(i int, o fyne.CanvasObject, selected, focused bool) {
			o.(*tableLine).show(i, t.rows[i], selected, focused)
			if t.OnNearEnd != nil && i >= len(t.rows)-nearEnd {
				t.OnNearEnd()
			}
		})
	t.heading = func(i int) bool { return t.rows[i].Heading }
	t.ExtendBaseWidget(t)
	return t
}

// SetRows shows other rows. The selection stays where it is, as far as there
// is such a row.
func (t *Table) SetRows(rows []TableRow) {
	t.rows = rows
	t.refreshRows()
}

// Row returns a row.
func (t *Table) Row(index int) TableRow { return t.rows[index] }

// tableEdge is the distance of names and cells to the ends of a row, tableGap
// that between columns.
const (
	tableEdge float32 = 12
	tableGap  float32 = 16
)

// span is a place on a line; a negative width hides what would stand there.
type span struct{ x, width float32 }

// nowhere is the place of what is not shown.
var nowhere = span{0, -1}

// hold puts an object at the place in a line of a height, or hides it.
func (s span) hold(o fyne.CanvasObject, height float32) {
	if s.width < 0 {
		o.Hide()
		return
	}
	place(o, s.x, 0, s.width, height)
	o.Show()
}

// spans gives the columns their places in a width; the rest is for the name,
// which begins at left.
func spans(columns []TableColumn, left, width float32) (name span, cells []span) {
	cells = make([]span, len(columns))
	right := width - tableEdge
	for i := len(columns) - 1; i >= 0; i-- {
		if width < columns[i].From {
			cells[i] = nowhere
			continue
		}
		right -= columns[i].Width
		cells[i] = span{right, columns[i].Width}
		right -= tableGap
	}
	return span{left, max(0, right-left)}, cells
}

// nameAt is where names begin.
const nameAt = tableEdge + theme.TileSize + 12

// tableLine is one row on the screen; it is used again for others.
type tableLine struct {
	widget.BaseWidget
	hover

	owner             *Table
	index             int
	row               TableRow
	selected, focused bool
}

var (
	_ fyne.Tappable          = (*tableLine)(nil)
	_ fyne.SecondaryTappable = (*tableLine)(nil)
	_ desktop.Hoverable      = (*tableLine)(nil)
)

func newTableLine(owner *Table) *tableLine {
	l := &tableLine{owner: owner, index: -1}
	l.hover.of = l
	l.ExtendBaseWidget(l)
	return l
}

func (l *tableLine) show(index int, row TableRow, selected, focused bool) {
	if l.index != index {
		l.hovered = false
	}
	l.index, l.row, l.selected, l.focused = index, row, selected, focused
	l.Refresh()
}

// Tapped selects or opens the row.
func (l *tableLine) Tapped(*fyne.PointEvent) { l.owner.tap(l.index) }

// TappedSecondary asks for the menu of the row.
func (l *tableLine) TappedSecondary(e *fyne.PointEvent) { l.owner.menu(l.index, e.AbsolutePosition) }

// cell is a drawn cell: words, on a pill or not.
type cell struct {
	back *canvas.Rectangle
	text *Text
}

// tableParts are the drawn parts of a row.
type tableParts struct {
	back         *canvas.Rectangle
	tile         *Tile
	name, second *Text
	cells        []cell
}

// CreateRenderer is for the toolkit.
func (l *tableLine) CreateRenderer() fyne.WidgetRenderer {
	p := &tableParts{
		back: canvas.NewRectangle(nil), tile: NewTile("", theme.Muted, theme.Thumb, theme.TileSize),
		name: NewCutText("", Name), second: NewCutText("", Small),
	}
	objects := []fyne.CanvasObject{p.back, p.tile, p.name, p.second}
	for _, c := range l.owner.columns {
		each := cell{canvas.NewRectangle(nil), NewCutText("", Second)}
		if c.Trailing {
			each.text.Align(fyne.TextAlignTrailing)
		}
		p.cells = append(p.cells, each)
		objects = append(objects, each.back, each.text)
	}
	return &renderer{
		objects: objects,
		layout:  func(size fyne.Size) { l.arrange(p, size) },
		refresh: func() { l.paint(p); l.arrange(p, l.Size()) },
		min:     func() fyne.Size { return fyne.NewSize(200, theme.RowHeight) },
	}
}

func (l *tableLine) arrange(p *tableParts, size fyne.Size) {
	name, places := spans(l.owner.columns, nameAt, size.Width)
	place(p.back, 0, 0, size.Width, size.Height)
	place(p.tile, tableEdge, centred(size.Height, theme.TileSize), theme.TileSize, theme.TileSize)
	p.tile.Hidden = l.row.Heading
	if l.row.Heading {
		name = span{tableEdge, name.x + name.width - tableEdge}
	}
	p.second.Hidden = l.row.Second == ""
	if p.second.Hidden {
		place(p.name, name.x, 0, name.width, size.Height)
	} else {
		place(p.name, name.x, 6, name.width, 19)
		place(p.second, name.x, 25, name.width, 16)
	}
	for i, c := range p.cells {
		l.arrangeCell(c, i, places[i], size.Height)
	}
}

func (l *tableLine) arrangeCell(c cell, i int, at span, height float32) {
	data := l.cell(i)
	c.text.Hidden = at.width < 0 || data.Text == ""
	c.back.Hidden = c.text.Hidden || !data.Pill
	place(c.text, at.x, 0, max(0, at.width), height)
	if data.Pill {
		width := min(pillStyle.measure(data.Text).Width, at.width-20)
		place(c.back, at.x, centred(height, 22), width+20, 22)
		place(c.text, at.x+10, 0, width+1, height)
	}
}

func (l *tableLine) cell(i int) TableCell {
	if i < len(l.row.Cells) {
		return l.row.Cells[i]
	}
	return TableCell{}
}

var pillStyle = Small.With(theme.SemiBold)

func (c TableCell) style() Style {
	switch {
	case c.Pill && c.Tone == Neutral:
		return pillStyle.In(theme.Text)
	case c.Pill:
		return pillStyle.In(c.Tone.Front())
	case c.Good:
		return Strong.In(theme.Good)
	case c.Name:
		return Strong
	}
	return Second
}

func (l *tableLine) paint(p *tableParts) {
	p.back.CornerRadius, p.back.FillColor = theme.ControlRadius, theme.Color(theme.Clear)
	p.back.StrokeColor, p.back.StrokeWidth = theme.Color(theme.Accent), 0
	switch {
	case l.selected:
		p.back.FillColor = theme.Color(theme.Soft)
		if l.focused {
			p.back.StrokeWidth = 1
		}
	case l.hovered && !l.row.Heading:
		p.back.FillColor = theme.Color(theme.Hover)
	}
	p.name.SetStyle(l.row.nameStyle())
	p.tile.Set(l.row.Icon, l.row.IconTone.Front(), l.row.IconTone.ground())
	p.name.SetText(l.row.Name)
	p.second.SetText(l.row.Second)
	for i, c := range p.cells {
		data := l.cell(i)
		c.text.SetText(data.Text)
		c.text.SetStyle(data.style())
		c.back.FillColor, c.back.CornerRadius = theme.Color(data.Tone.ground()), 11
	}
}
