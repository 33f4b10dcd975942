package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// filesList is the toolkit's recycling list with keys of our own.
type filesList struct {
	widget.List
	filesHands
}

// filesGrid is the same for the toolkit's recycling grid.
type filesGrid struct {
	widget.GridWrap
	filesHands
}

var (
	_ filesSheet         = (*filesList)(nil)
	_ filesSheet         = (*filesGrid)(nil)
	_ desktop.Keyable    = (*filesList)(nil)
	_ fyne.Shortcutable  = (*filesGrid)(nil)
	_ fyne.Tappable      = (*filesList)(nil)
	_ desktop.Mouseable  = (*pickRow)(nil)
	_ desktop.Mouseable  = (*filesList)(nil)
	_ fyne.Draggable     = (*filesGrid)(nil)
	_ fyne.Draggable     = (*pickRow)(nil)
	_ desktop.Mouseable  = (*fileCell)(nil)
	_ desktop.Cursorable = (*pickRow)(nil)
)

func newFilesList(f *Files) *filesList {
	l := &filesList{}
	l.filesHands = filesHands{files: f}
	l.HideSeparators = true
	l.Length = func() int { return f.count }
	l.CreateItem = func() fyne.CanvasObject { return newPickRow(f) }
	l.UpdateItem = f.showItem
	l.ExtendBaseWidget(l)
	return l
}

func newFilesGrid(f *Files) *filesGrid {
	g := &filesGrid{}
	g.filesHands = filesHands{files: f}
	g.Length = func() int { return f.count }
	g.CreateItem = func() fyne.CanvasObject { return newFileCell(f) }
	g.UpdateItem = f.showItem
	g.ExtendBaseWidget(g)
	return g
}

// Resize lets the toolkit count columns anew, which it does on Refresh only.
func (g *filesGrid) Resize(size fyne.Size) {
	other := size.Width != g.Size().Width
	g.GridWrap.Resize(size)
	if other && size.Width > 0 {
		g.Refresh()
	}
}

func (l *filesList) columns() int { return 1 }

func (l *filesList) indexAt(at fyne.Position) int {
	return within(int((at.Y+l.GetScrollOffset())/theme.RowHeight), l.files.count, at, l.Size())
}

func (g *filesGrid) columns() int { return columnsIn(g.Size().Width) }

func columnsIn(width float32) int { return max(1, int(width/cellWidth)) }

func (g *filesGrid) indexAt(at fyne.Position) int {
	column := int(at.X / cellWidth)
	if column >= g.columns() {
		return -1
	}
	return within(int((at.Y+g.GetScrollOffset())/cellHeight)*g.columns()+column, g.files.count, at, g.Size())
}

// within is an index, or -1 where the place lies outside or holds nothing.
func within(index, count int, at fyne.Position, size fyne.Size) int {
	if at.X < 0 || at.Y < 0 || at.X >= size.Width || at.Y >= size.Height || index >= count {
		return -1
	}
	return index
}

// filesHands are the hands of a list or grid: focus, keys, and taps beside the
// items. It comes before the toolkit's own.
type filesHands struct {
	files  *Files
	down   hold // where the button went down beside the items
	banded bool // a frame was drawn since then
}

// Tapped picks nothing: it hit no item.
func (l *filesList) Tapped(*fyne.PointEvent) { l.tappedBeside() }

// Tapped picks nothing: it hit no item.
func (g *filesGrid) Tapped(*fyne.PointEvent) { g.tappedBeside() }

func (h *filesHands) tappedBeside() {
	if !h.banded {
		h.files.Pick(-1)
	}
	h.banded = false
	h.files.Focus()
}

// FocusGained shows the focus.
func (l *filesList) FocusGained() { l.files.gained(true) }

// FocusLost hides it.
func (l *filesList) FocusLost() { l.files.gained(false) }

// FocusGained shows the focus.
func (g *filesGrid) FocusGained() { g.files.gained(true) }

// FocusLost hides it.
func (g *filesGrid) FocusLost() { g.files.gained(false) }

func (f *Files) gained(on bool) {
	f.focused, f.shift = on, false
	if on && f.picks.At() < 0 {
		f.picks.To(0)
	}
	f.Renew()
}

// KeyDown notes that Shift is held.
func (h *filesHands) KeyDown(key *fyne.KeyEvent) { h.files.shifted(key, true) }

// KeyUp notes that it is not any more.
func (h *filesHands) KeyUp(key *fyne.KeyEvent) { h.files.shifted(key, false) }

func (f *Files) shifted(key *fyne.KeyEvent, down bool) {
	if key.Name == desktop.KeyShiftLeft || key.Name == desktop.KeyShiftRight {
		f.shift = down
	}
}

// TypedRune hands a letter on, to search with.
func (l *filesList) TypedRune(r rune) { l.files.typed(r) }

// TypedRune hands a letter on, to search with.
func (g *filesGrid) TypedRune(r rune) { g.files.typed(r) }

func (f *Files) typed(r rune) {
	if r != ' ' && f.OnRune != nil {
		f.OnRune(r)
	}
}

// TypedKey moves, picks and opens.
func (l *filesList) TypedKey(key *fyne.KeyEvent) { l.files.key(key) }

// TypedKey moves, picks and opens.
func (g *filesGrid) TypedKey(key *fyne.KeyEvent) { g.files.key(key) }

func (f *Files) key(key *fyne.KeyEvent) {
	if to, moves := f.target(key.Name); moves {
		f.goTo(to)
		return
	}
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if i := f.picks.At(); i >= 0 && f.OnOpen != nil {
			f.OnOpen(i)
		}
	case fyne.KeySpace:
		f.changed(func() { f.picks.Toggle(f.picks.At()) })
	case desktop.KeyMenu:
		f.menuByKey()
	case fyne.KeyF10:
		if f.shift {
			f.menuByKey()
		}
	case fyne.KeyEscape:
		if f.drag != nil || f.band != nil {
			f.drop()
			f.bandEnd(false)
		} else if f.picks.Len() > 0 {
			f.Pick(-1)
		} else {
			passKey(f.sheet, key)
		}
	default:
		if f.OnKey == nil || !f.OnKey(key) {
			passKey(f.sheet, key)
		}
	}
}

// target is where a key moves to.
func (f *Files) target(key fyne.KeyName) (to int, moves bool) {
	at, columns := f.picks.At(), f.sheet.columns()
	page := max(1, int(f.Size().Height/f.itemHeight())-1) * columns
	switch key {
	case fyne.KeyDown:
		to = at + columns
	case fyne.KeyUp:
		to = at - columns
	case fyne.KeyPageDown:
		to = at + page
	case fyne.KeyPageUp:
		to = at - page
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = f.count - 1
	case fyne.KeyLeft, fyne.KeyRight:
		if !f.Grid() {
			return at, false
		}
		if to = at + 1; key == fyne.KeyLeft {
			to = at - 1
		}
	default:
		return at, false
	}
	return max(0, min(to, f.count-1)), true
}

func (f *Files) goTo(i int) {
	if f.count == 0 {
		return
	}
	f.changed(func() {
		if f.shift {
			f.picks.Stretch(i)
			return
		}
		f.picks.Only(i)
	})
	f.see()
}

// menuByKey asks for the menu at the item that keys go on from.
func (f *Files) menuByKey() {
	if f.OnMenu == nil || f.picks.At() < 0 {
		return
	}
	if f.picks.Len() == 0 {
		f.Pick(f.picks.At())
	}
	f.see()
	corner := fyne.CurrentApp().Driver().AbsolutePositionForObject(f)
	f.OnMenu(corner.Add(f.placeOf(f.picks.At())).AddXY(theme.RowHeight, theme.RowHeight/2))
}

// TypedShortcut picks everything with Ctrl+A, moves without picking with Ctrl
// and an arrow, and hands on what it has no use for.
func (h *filesHands) TypedShortcut(s fyne.Shortcut) {
	f := h.files
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		f.PickAll()
		return
	case *desktop.CustomShortcut:
		if to, moves := f.target(s.KeyName); moves && s.Modifier == fyne.KeyModifierShortcutDefault {
			f.changed(func() { f.picks.To(to) })
			f.see()
			return
		}
	}
	if f.OnShortcut == nil || !f.OnShortcut(s) {
		passShortcut(f.sheet, s)
	}
}
