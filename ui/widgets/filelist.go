package widgets

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// FileView is one row of a file list, in words.
type FileView struct {
	Icon, Name, Second string
	Mark               string // icon of the status; empty when StatusText says it
	MarkTone           Tone
	StatusText         string
	Changed, Size      string
}

// FileList shows rows of which only those in sight exist.
type FileList struct {
	widget.BaseWidget

	OnSelected func(index int)                      // -1: none any more
	OnTapped   func(index int)                      // every single click, also on the selected row
	OnOpen     func(index int)                      // double click or Enter
	OnMenu     func(index int, at fyne.Position)    // secondary click
	OnKey      func(key *fyne.KeyEvent) (used bool) // keys the list has no use for

	rows     []FileView
	selected int // -1 is none
	list     *fileRows
	shown    fyne.CanvasObject
	clock    func() time.Time
	tapped   time.Time // when the selected row was tapped last
}

// NewFileList returns an empty list.
func NewFileList() *FileList {
	l := &FileList{selected: -1, clock: time.Now}
	l.list = newFileRows(l)
	l.shown = container.NewThemeOverride(l.list, &flatTheme{})
	l.ExtendBaseWidget(l)
	return l
}

// SetRows shows other rows. The selection stays where it is, as far as there
// is such a row.
func (l *FileList) SetRows(rows []FileView) {
	l.rows = rows
	if l.selected >= len(rows) {
		l.selected = -1
	}
	l.list.Refresh()
}

// Len returns the number of rows.
func (l *FileList) Len() int { return len(l.rows) }

// Row returns a row.
func (l *FileList) Row(index int) FileView { return l.rows[index] }

// Selected returns the index of the selected row, -1 for none.
func (l *FileList) Selected() int { return l.selected }

// Select selects a row and shows it; -1 selects none.
func (l *FileList) Select(index int) {
	if index < -1 || index >= len(l.rows) || index == l.selected {
		return
	}
	l.selected = index
	if index >= 0 {
		l.list.ScrollTo(index)
	}
	l.list.Refresh()
	if l.OnSelected != nil {
		l.OnSelected(index)
	}
}

// ScrollToTop shows the first row.
func (l *FileList) ScrollToTop() { l.list.ScrollToOffset(0) }

// Focus gives the keyboard to the list.
func (l *FileList) Focus() {
	if c := canvasOf(l.list); c != nil {
		c.Focus(l.list)
	}
}

// CreateRenderer is for the toolkit.
func (l *FileList) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.shown) }

// doubleTap is the longest time between the taps that open a row. It is longer
// than the system's: drawing may lie between them.
const doubleTap = 600 * time.Millisecond

// tap selects a row; a second tap shortly after opens it.
func (l *FileList) tap(index int) {
	now := l.clock()
	again := index == l.selected && now.Sub(l.tapped) < doubleTap
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

func (l *FileList) menu(index int, at fyne.Position) {
	l.Select(index)
	if l.OnMenu != nil {
		l.OnMenu(index, at)
	}
}

// fileRows is the toolkit's recycling list with keys of our own.
type fileRows struct {
	widget.List
	owner   *FileList
	focused bool
}

func newFileRows(owner *FileList) *fileRows {
	r := &fileRows{owner: owner}
	r.HideSeparators = true
	r.Length = func() int { return len(owner.rows) }
	r.CreateItem = func() fyne.CanvasObject { return newFileRow(owner) }
	r.UpdateItem = func(id widget.ListItemID, o fyne.CanvasObject) {
		if id < len(owner.rows) {
			o.(*fileRow).show(id, owner.rows[id], id == owner.selected, r.focused)
		}
	}
	r.ExtendBaseWidget(r)
	return r
}

// FocusGained shows the focus on the selected row.
func (r *fileRows) FocusGained() {
	r.focused = true
	if r.owner.selected < 0 && len(r.owner.rows) > 0 {
		r.owner.Select(0)
	}
	r.Refresh()
}

// FocusLost hides it.
func (r *fileRows) FocusLost() { r.focused = false; r.Refresh() }

// TypedKey moves the selection and opens rows.
func (r *fileRows) TypedKey(key *fyne.KeyEvent) {
	l, page := r.owner, max(1, int(r.Size().Height/theme.RowHeight)-1)
	switch key.Name {
	case fyne.KeyDown:
		l.Select(min(l.selected+1, len(l.rows)-1))
	case fyne.KeyUp:
		l.Select(max(l.selected-1, min(0, len(l.rows)-1)))
	case fyne.KeyPageDown:
		l.Select(min(l.selected+page, len(l.rows)-1))
	case fyne.KeyPageUp:
		l.Select(max(l.selected-page, min(0, len(l.rows)-1)))
	case fyne.KeyHome:
		l.Select(min(0, len(l.rows)-1))
	case fyne.KeyEnd:
		l.Select(len(l.rows) - 1)
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

// flatTheme takes the toolkit's own marks and gaps out of lists: rows draw
// theirs.
type flatTheme struct{}

func (*flatTheme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch name {
	case base.ColorNameHover, base.ColorNameSelection:
		name = theme.Clear
	}
	return fyne.CurrentApp().Settings().Theme().Color(name, v)
}

func (*flatTheme) Font(s fyne.TextStyle) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Font(s)
}

func (*flatTheme) Icon(n fyne.ThemeIconName) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Icon(n)
}

func (*flatTheme) Size(n fyne.ThemeSizeName) float32 {
	if n == base.SizeNamePadding {
		return 0
	}
	return fyne.CurrentApp().Settings().Theme().Size(n)
}
