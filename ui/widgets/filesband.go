package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// fileBand is a frame that the pointer draws over the files: what it touches is
// picked. Places are those of the files, wherever they are scrolled to.
type fileBand struct {
	from   fyne.Position
	before []int // what was picked when it began
	kept   []int // of that, what stays picked
	at     int   // where keys went on from
}

// hold is where the button of the mouse went down beside the items.
type hold struct {
	at       fyne.Position // in the window
	modifier fyne.KeyModifier
}

func newBandFrame() *canvas.Rectangle {
	frame := &canvas.Rectangle{StrokeWidth: 1, CornerRadius: 2}
	frame.Hide()
	return frame
}

// bandTo draws the frame from where the button went down to the pointer.
func (f *Files) bandTo(down hold, at fyne.Position) {
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(f)
	if f.band == nil {
		f.band = &fileBand{from: f.onSheet(down.at.Subtract(origin)), before: f.picks.Items(), at: f.picks.At()}
		if down.modifier&(fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift) != 0 {
			f.band.kept = f.band.before
		}
	}
	here := at.Subtract(origin)
	f.scrollAt(here)
	f.stretchBand(f.onSheet(here))
}

// onSheet turns a place of the files as they are seen into one of the files.
func (f *Files) onSheet(at fyne.Position) fyne.Position {
	return at.AddXY(0, f.sheet.GetScrollOffset())
}

// stretchBand picks what lies under the frame, and draws it.
func (f *Files) stretchBand(to fyne.Position) {
	from, offset := f.band.from, f.sheet.GetScrollOffset()
	low := fyne.NewPos(min(from.X, to.X), min(from.Y, to.Y))
	high := fyne.NewPos(max(from.X, to.X), max(from.Y, to.Y))
	found := f.sheet.under(low, high)
	at := f.band.at
	if len(found) > 0 {
		at = found[0]
	}
	f.picks.Put(f.count, append(slices.Clone(f.band.kept), found...), at)
	f.Renew()
	r, g, b, _ := theme.Color(theme.Accent).RGBA()
	f.frame.StrokeColor = theme.Color(theme.Accent)
	f.frame.FillColor = color.NRGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 0x28}
	size := f.Size()
	left, top := max(0, low.X), max(0, low.Y-offset)
	place(f.frame, left, top, min(size.Width, high.X)-left, min(size.Height, high.Y-offset)-top)
	f.frame.Show()
	f.frame.Refresh()
}

// bandEnd takes the frame away. keep is false where it is given up: then what
// was picked before is picked again.
func (f *Files) bandEnd(keep bool) {
	if f.band == nil {
		return
	}
	before, at := f.band.before, f.band.at
	f.band = nil
	f.frame.Hide()
	f.changed(func() {
		if !keep {
			f.picks.Put(f.count, before, at)
		}
	})
	f.Focus()
}

// under are the rows between two heights.
func (l *filesList) under(low, high fyne.Position) []int {
	return stretch(rowOf(low.Y, theme.RowHeight), rowOf(high.Y, theme.RowHeight), l.files.count)
}

// under are the cells that a rectangle touches.
func (g *filesGrid) under(low, high fyne.Position) []int {
	columns := g.columns()
	left, right := rowOf(low.X, cellWidth), min(rowOf(high.X, cellWidth), columns-1)
	var found []int
	for row := rowOf(low.Y, cellHeight); row <= rowOf(high.Y, cellHeight) && row*columns < g.files.count; row++ {
		found = append(found, stretch(row*columns+left, row*columns+right, g.files.count)...)
	}
	return found
}

func rowOf(at, height float32) int { return max(0, int(at/height)) }

// stretch are the numbers from one to another that are below count.
func stretch(from, to, count int) []int {
	var list []int
	for i := from; i <= min(to, count-1); i++ {
		list = append(list, i)
	}
	return list
}

// MouseDown notes where a frame may begin.
func (h *filesHands) MouseDown(e *desktop.MouseEvent) {
	h.down, h.banded = hold{e.AbsolutePosition, e.Modifier}, false
}

// MouseUp is for the toolkit.
func (h *filesHands) MouseUp(*desktop.MouseEvent) {}

// Dragged draws a frame that picks what it touches.
func (h *filesHands) Dragged(e *fyne.DragEvent) {
	h.banded = true
	h.files.bandTo(h.down, e.AbsolutePosition)
}

// DragEnd keeps what was picked.
func (h *filesHands) DragEnd() { h.files.bandEnd(true) }

// ItemAt is the item at a place of the window, -1 for none.
func (f *Files) ItemAt(at fyne.Position) int {
	return f.sheet.indexAt(at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(f)))
}

// Light shows an item as one that takes what is dropped; -1 shows none so.
func (f *Files) Light(i int) {
	f.lit = i
	f.Renew()
}

// loose tells whether a place of a row lies beside its name, where dragging
// picks and does not move.
func (r *pickRow) loose(at fyne.Position) bool {
	c, v := columnsAt(r.Size().Width), r.fileRow.view
	words := max(Name.measure(v.Name).Width, Small.measure(v.Second).Width)
	return at.X > c.name.x+min(c.name.width, words)+cellEdge
}

// loose tells whether a place of a cell lies beside its picture and name.
func (c *fileCell) loose(at fyne.Position) bool {
	size := c.Size()
	return at.X < cellEdge || at.Y < cellEdge || at.X > size.Width-cellEdge || at.Y > size.Height-cellEdge
}
