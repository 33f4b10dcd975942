package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Rows is what lists have in common: a selection that follows pointer and
// keys, and rows of which only those in sight exist.
type Rows struct {
	widget.BaseWidget

	OnSelected func(index int)                      // -1: none any more
	OnTapped   func(index int)                      // every single click, also on the selected row
	OnOpen     func(index int)                      // double click or Enter
	OnMenu     func(index int, at fyne.Position)    // secondary click
	OnKey      func(key *fyne.KeyEvent) (used bool) // keys the list has no use for

	count    func() int
	heading  func(index int) bool // whether a row is a title, which cannot be chosen; nil for none
	selected int                  // -1 is none
	list     *recycled
	shown    fyne.CanvasObject
	clock    func() time.Time
	tapped   time.Time // when the selected row was tapped last
	others   bool      // the rows are others than those of that tap
}

// prepare sets the list up: how many rows there are, how one is made, and how
// a row is shown as another one.
func (l *Rows) prepare(count func() int, create func() fyne.CanvasObject, show func(index int, o fyne.CanvasObject, selected, focused bool)) {
	l.count, l.selected, l.clock = count, -1, time.Now
	l.list = newRecycled(l, create, show)
	l.shown = flat(l.list)
}

// refreshRows shows the rows anew; the selection ends with its row.
func (l *Rows) refreshRows() {
	if l.selected >= l.count() || l.isHeading(l.selected) {
		l.Select(-1)
	}
	l.list.Refresh()
}

func (l *Rows) isHeading(index int) bool {
	return l.heading != nil && index >= 0 && index < l.count() && l.heading(index)
}

// nearest is the row that can be chosen at an index, or the next one after it in
// a direction, or else in the other; -1 where there is none.
func (l *Rows) nearest(index, step int) int {
	last := l.count() - 1
	from := max(0, min(index, last))
	for _, way := range []int{step, -step} {
		for i := from; i >= 0 && i <= last; i += way {
			if !l.isHeading(i) {
				return i
			}
		}
	}
	return -1
}

// Len returns the number of rows.
func (l *Rows) Len() int { return l.count() }

// Selected returns the index of the selected row, -1 for none.
func (l *Rows) Selected() int { return l.selected }

// Select selects a row and shows it, with the title over it; -1 selects none.
func (l *Rows) Select(index int) {
	if index < -1 || index >= l.count() || index == l.selected || l.isHeading(index) {
		return
	}
	l.selected = index
	if l.isHeading(index - 1) {
		l.list.ScrollTo(index - 1)
	}
	if index >= 0 {
		l.list.ScrollTo(index)
	}
	l.list.Refresh()
	if l.OnSelected != nil {
		l.OnSelected(index)
	}
}

// ScrollToTop shows the first row.
func (l *Rows) ScrollToTop() { l.list.ScrollToOffset(0) }

// Focus gives the keyboard to the list.
func (l *Rows) Focus() {
	if c := canvasOf(l.list); c != nil {
		c.Focus(l.list)
	}
}

// CreateRenderer is for the toolkit.
func (l *Rows) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.shown) }

// doubleTap is the longest time between the taps that open a row. It is longer
// than the system's: drawing may lie between them.
const doubleTap = 600 * time.Millisecond

// Exchanged tells that the rows are others now because one was tapped. A second
// tap shortly after is meant for that one, and does nothing.
func (l *Rows) Exchanged() { l.others = true }

// tap selects a row; a second tap shortly after opens it.
func (l *Rows) tap(index int) {
	now := l.clock()
	soon := now.Sub(l.tapped) < doubleTap
	if l.isHeading(index) || l.others && soon {
		return
	}
	again := index == l.selected && soon
	l.others = false
	l.Select(index)
	l.Focus()
	l.tapped = now
	if l.OnTapped != nil {
		l.OnTapped(index)
	}
	if again && l.OnOpen != nil {
		l.tapped = time.Time{}
		l.OnOpen(index)
	}
}

func (l *Rows) menu(index int, at fyne.Position) {
	if l.isHeading(index) {
		return
	}
	l.Select(index)
	if l.OnMenu != nil {
		l.OnMenu(index, at)
	}
}

// recycled is the toolkit's recycling list with keys of our own.
type recycled struct {
	widget.List
	owner   *Rows
	focused bool
}

func newRecycled(owner *Rows, create func() fyne.CanvasObject, show func(int, fyne.CanvasObject, bool, bool)) *recycled {
	r := &recycled{owner: owner}
	r.HideSeparators = true
	r.Length = func() int { return owner.count() }
	r.CreateItem = create
	r.UpdateItem = func(id widget.ListItemID, o fyne.CanvasObject) {
		if id < owner.count() {
			show(id, o, id == owner.selected, r.focused)
		}
	}
	r.ExtendBaseWidget(r)
	return r
}

// FocusGained shows the focus on the selected row.
func (r *recycled) FocusGained() {
	r.focused = true
	if r.owner.selected < 0 {
		r.owner.Select(r.owner.nearest(0, 1))
	}
	r.Refresh()
}

// FocusLost hides it.
func (r *recycled) FocusLost() { r.focused = false; r.Refresh() }

// TypedKey moves the selection and opens rows.
func (r *recycled) TypedKey(key *fyne.KeyEvent) {
	l, page := r.owner, max(1, int(r.Size().Height/theme.RowHeight)-1)
	switch key.Name {
	case fyne.KeyDown:
		l.Select(l.nearest(l.selected+1, 1))
	case fyne.KeyUp:
		l.Select(l.nearest(l.selected-1, -1))
	case fyne.KeyPageDown:
		l.Select(l.nearest(l.selected+page, 1))
	case fyne.KeyPageUp:
		l.Select(l.nearest(l.selected-page, -1))
	case fyne.KeyHome:
		l.Select(l.nearest(0, 1))
	case fyne.KeyEnd:
		l.Select(l.nearest(l.count()-1, -1))
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.selected >= 0 && l.OnOpen != nil {
			l.OnOpen(l.selected)
		}
	default:
		if l.OnKey == nil || !l.OnKey(key) {
			passKey(r, key)
		}
	}
}
