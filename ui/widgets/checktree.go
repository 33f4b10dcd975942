package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Tick is what the box before a thing shows.
type Tick int

// The ticks.
const (
	TickNone Tick = iota
	TickPart      // some of what is in it
	TickAll
)

// TreeRow is a row of a [CheckTree].
type TreeRow struct {
	Name, Second string
	Depth        int
	Tick         Tick
	Folds        bool // there is something in it
	Open         bool // which is shown
}

// CheckTree is a tree of things with boxes of three states. Space turns the box
// of the selected row, right and left open and close it.
type CheckTree struct {
	Rows

	OnTick func(index int)
	OnFold func(index int, open bool)

	rows []TreeRow
}

// NewCheckTree returns an empty tree.
func NewCheckTree() *CheckTree {
	t := &CheckTree{}
	t.prepare(func() int { return len(t.rows) }, func() fyne.CanvasObject { return newTreeLine(t) },
		func(i int, o fyne.CanvasObject, selected, focused bool) {
			o.(*treeLine).show(i, t.rows[i], selected, focused)
		})
	t.OnOpen = t.tick
	t.OnKey = t.key
	t.ExtendBaseWidget(t)
	return t
}

// SetRows shows other rows.
func (t *CheckTree) SetRows(rows []TreeRow) {
	t.rows = rows
	t.refreshRows()
}

// Row returns a row.
func (t *CheckTree) Row(index int) TreeRow { return t.rows[index] }

func (t *CheckTree) tick(index int) {
	if t.OnTick != nil {
		t.OnTick(index)
	}
}

func (t *CheckTree) fold(index int, open bool) {
	if r := t.rows[index]; r.Folds && r.Open != open && t.OnFold != nil {
		t.OnFold(index, open)
	}
}

func (t *CheckTree) key(key *fyne.KeyEvent) bool {
	if t.selected < 0 {
		return false
	}
	switch key.Name {
	case fyne.KeySpace:
		t.tick(t.selected)
	case fyne.KeyRight:
		t.fold(t.selected, true)
	case fyne.KeyLeft:
		t.fold(t.selected, false)
	default:
		return false
	}
	return true
}

// treeLine is one row of a tree; it is used again for others.
type treeLine struct {
	widget.BaseWidget

	owner             *CheckTree
	index             int
	view              TreeRow
	selected, focused bool
}

var _ fyne.Tappable = (*treeLine)(nil)

func newTreeLine(owner *CheckTree) *treeLine {
	l := &treeLine{owner: owner, index: -1}
	l.ExtendBaseWidget(l)
	return l
}

func (l *treeLine) show(index int, view TreeRow, selected, focused bool) {
	l.index, l.view, l.selected, l.focused = index, view, selected, focused
	l.Refresh()
}

const (
	foldSide  float32 = 28
	treeStep  float32 = 20
	treeBegin float32 = 8
)

func (l *treeLine) foldAt() float32 { return treeBegin + float32(l.view.Depth)*treeStep }

// Tapped opens or closes at the mark, turns the box at the box, and selects.
func (l *treeLine) Tapped(e *fyne.PointEvent) {
	l.owner.Select(l.index)
	l.owner.Focus()
	switch x := e.Position.X - l.foldAt(); {
	case x < foldSide && l.view.Folds:
		l.owner.fold(l.index, !l.view.Open)
	case x < foldSide+checkSide+8:
		l.owner.tick(l.index)
	}
}

// CreateRenderer is for the toolkit.
func (l *treeLine) CreateRenderer() fyne.WidgetRenderer {
	back, box, part := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	fold, tick := NewIcon("chevron-right", theme.Muted), NewIconAt("check", theme.OnAccent, 14)
	name, second := NewCutText("", Name), NewCutText("", Second).Align(fyne.TextAlignTrailing)
	r := &renderer{objects: []fyne.CanvasObject{back, fold, box, part, tick, name, second}}
	r.layout = func(size fyne.Size) {
		x := l.foldAt()
		place(back, 0, 0, size.Width, size.Height)
		place(fold, x, centred(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
		x += foldSide
		y := centred(size.Height, checkSide)
		place(box, x, y, checkSide, checkSide)
		place(part, x+5, y+checkSide/2-1, checkSide-10, 2)
		place(tick, x+3, y+3, 14, 14)
		x += checkSide + 10
		width := min(second.MinSize().Width, size.Width/2)
		width = max(width, 130)
		place(name, x, 0, max(0, size.Width-x-width-20), size.Height)
		place(second, size.Width-width-12, 0, width, size.Height)
	}
	r.refresh = func() {
		l.paint(back, box, part)
		fold.Set(map[bool]string{false: "chevron-right", true: "chevron-down"}[l.view.Open], theme.Muted)
		fold.Hidden, tick.Hidden, part.Hidden = !l.view.Folds, l.view.Tick != TickAll, l.view.Tick != TickPart
		name.SetText(l.view.Name)
		second.SetText(l.view.Second)
		r.layout(l.Size())
	}
	r.min = func() fyne.Size { return fyne.NewSize(200, 36) }
	r.refresh()
	return r
}

func (l *treeLine) paint(back, box, part *canvas.Rectangle) {
	back.CornerRadius, back.FillColor = theme.ControlRadius, theme.Color(theme.Clear)
	back.StrokeColor, back.StrokeWidth = theme.Color(theme.Accent), 0
	if l.selected {
		back.FillColor = theme.Color(theme.Soft)
		if l.focused {
			back.StrokeWidth = 1
		}
	}
	box.CornerRadius, box.StrokeWidth = 6, 1
	box.FillColor, box.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.Muted)
	if l.view.Tick != TickNone {
		box.FillColor, box.StrokeColor = theme.Color(theme.Accent), theme.Color(theme.Accent)
	}
	part.FillColor = theme.Color(theme.OnAccent)
}
