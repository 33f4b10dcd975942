package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Files shows the files of a folder, as a list or as a grid of pictures. Only
// what is in sight exists, and is asked for when it comes into sight. Several
// can be picked, and what is picked can be dragged onto another item, or out
// of the list.
type Files struct {
	widget.BaseWidget

	OnPicked   func()                               // other items are picked
	OnOpen     func(index int)                      // double click or Enter
	OnMenu     func(at fyne.Position)               // secondary click, or the key for menus
	OnKey      func(key *fyne.KeyEvent) (used bool) // keys that Files has no use for
	OnShortcut func(shortcut fyne.Shortcut) bool    // shortcuts that Files has no use for
	OnRune     func(r rune)                         // a letter was typed
	MayDrop    func(onto int) bool                  // whether the picked may be dropped onto an item
	OnDropped  func(onto int)                       // they were
	DragWords  func(count int) string               // what is said of so many that are dragged
	OnOutside  func(at fyne.Position, drop bool)    // they are dragged about, or were dropped outside

	view  func(index int) FileView
	count int
	picks Picks

	sheet          filesSheet // that is shown
	list           *filesList
	grid           *filesGrid
	shown          *fyne.Container
	ghost          *Box
	live           map[filesItem]struct{}
	focused, shift bool
	clock          func() time.Time
	tapped         time.Time // when an item was tapped last
	tappedAt       int
	drag           *fileDrag
	band           *fileBand
	frame          *canvas.Rectangle // of the band
	lit            int               // an item that shows that it takes what is dropped, -1 for none
}

// filesItem is one item as it is shown.
type filesItem interface {
	fyne.CanvasObject
	show(index int, view FileView, state itemState)
	shownAt() int
}

// itemState is what of an item is not in its words.
type itemState struct{ picked, current, target bool }

// filesSheet is a list or a grid.
type filesSheet interface {
	fyne.Widget
	fyne.Focusable
	ScrollTo(index int)
	ScrollToOffset(offset float32)
	GetScrollOffset() float32
	indexAt(at fyne.Position) int // of the item at a place, -1 for none
	columns() int
	under(low, high fyne.Position) []int // items between two places of the sheet
}

// NewFiles returns an empty list. view says what an item shows.
func NewFiles(view func(index int) FileView) *Files {
	f := &Files{view: view, picks: NewPicks(0), clock: time.Now, live: map[filesItem]struct{}{}, tappedAt: -1, lit: -1, frame: newBandFrame()}
	f.list = newFilesList(f)
	f.sheet, f.shown = f.list, container.NewStack(flat(f.list))
	f.ghost = NewBox(theme.Accent, theme.Clear, 13, Insets{4, 12, 4, 12}, nil)
	f.ghost.Hide()
	f.ExtendBaseWidget(f)
	return f
}

// SetGrid shows the files as a grid, or as a list.
func (f *Files) SetGrid(on bool) {
	if on == (f.sheet != f.list) {
		return
	}
	had := f.focused
	f.sheet = f.list
	if on {
		if f.grid == nil {
			f.grid = newFilesGrid(f)
		}
		f.sheet = f.grid
	}
	f.live = map[filesItem]struct{}{}
	f.shown.Objects = []fyne.CanvasObject{flat(f.sheet)}
	f.shown.Refresh()
	f.sheet.Refresh()
	if f.picks.at >= 0 {
		f.sheet.ScrollTo(f.picks.at)
	}
	if had {
		f.Focus()
	}
}

// Grid tells whether the files are shown as a grid.
func (f *Files) Grid() bool { return f.sheet != f.list }

// SetItems shows n other items of which some are picked; keys go on from item
// at, -1 for none.
func (f *Files) SetItems(n int, picked []int, at int) {
	f.band = nil
	f.frame.Hide()
	f.count, f.lit = n, -1
	f.picks.Put(n, picked, at)
	f.live = map[filesItem]struct{}{}
	f.drop() // with nothing in sight: what was shown may not be there any more
	f.sheet.Refresh()
}

// Renew shows what is in sight as it is now.
func (f *Files) Renew() {
	for item := range f.live {
		if i := item.shownAt(); i >= 0 && i < f.count {
			item.show(i, f.view(i), f.state(i))
		}
	}
}

// showItem is called for an item that comes into sight.
func (f *Files) showItem(i int, o fyne.CanvasObject) {
	item, ok := o.(filesItem)
	if !ok || i >= f.count {
		return
	}
	f.live[item] = struct{}{}
	item.show(i, f.view(i), f.state(i))
}

func (f *Files) state(i int) itemState {
	return itemState{picked: f.picks.Has(i), current: f.focused && i == f.picks.at, target: f.lit == i || f.drag != nil && f.drag.onto == i}
}

// Len is the number of items.
func (f *Files) Len() int { return f.count }

// HeightAt is what all items need where they have so much width.
func (f *Files) HeightAt(width float32) float32 {
	if !f.Grid() {
		return float32(f.count) * theme.RowHeight
	}
	columns := columnsIn(width)
	return float32((f.count+columns-1)/columns) * cellHeight
}

// Sees tells whether an item can be seen.
func (f *Files) Sees(i int) bool {
	top := f.placeOf(i).Y
	return i < f.count && top > -f.itemHeight() && top < f.Size().Height
}

// placeOf is where an item begins in the files as they are seen.
func (f *Files) placeOf(i int) fyne.Position {
	columns := f.sheet.columns()
	return fyne.NewPos(float32(i%columns)*cellWidth, float32(i/columns)*f.itemHeight()-f.sheet.GetScrollOffset())
}

func (f *Files) itemHeight() float32 {
	if f.Grid() {
		return cellHeight
	}
	return theme.RowHeight
}

// Picked are the items that are picked, from top to bottom.
func (f *Files) Picked() []int { return f.picks.Items() }

// At is the item that keys go on from, -1 for none.
func (f *Files) At() int { return f.picks.At() }

// Pick picks one item alone and shows it; -1 picks none.
func (f *Files) Pick(i int) {
	if i < 0 {
		f.changed(f.picks.None)
		return
	}
	f.changed(func() { f.picks.Only(i) })
	f.see()
}

// PickAll picks everything.
func (f *Files) PickAll() { f.changed(f.picks.All) }

// changed does something to what is picked, and tells.
func (f *Files) changed(do func()) {
	do()
	f.Renew()
	if f.OnPicked != nil {
		f.OnPicked()
	}
}

func (f *Files) see() {
	if f.picks.At() >= 0 && f.picks.At() < f.count {
		f.sheet.ScrollTo(f.picks.At())
	}
}

// Focus gives the keyboard to the files.
func (f *Files) Focus() {
	if c := canvasOf(f.sheet); c != nil {
		c.Focus(f.sheet)
	}
}

// Hands is what takes the keys of the files, for a page that is not in a window
// yet.
func (f *Files) Hands() fyne.Focusable { return f.sheet }

// CreateRenderer is for the toolkit.
func (f *Files) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{f.shown, f.frame, f.ghost}}
	r.layout = func(size fyne.Size) { place(f.shown, 0, 0, size.Width, size.Height) }
	r.min = func() fyne.Size { return fyne.NewSize(220, 160) }
	return r
}
