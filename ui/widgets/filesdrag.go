package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// grip is what the pointer does with an item: it picks it with the keys that
// are held, opens it, and drags what is picked.
type grip struct {
	files   *Files
	index   func() int
	loose   func(at fyne.Position) bool // whether a place lies beside what is seen of the item
	down    hold                        // where and how the button went down
	beside  bool                        // that was beside what is seen of it
	going   bool                        // dragging began, and the button is still down
	dragged bool                        // the button went up after dragging
}

// fileDrag is what is being dragged.
type fileDrag struct {
	onto    int // the item under the pointer that takes it, -1 for none
	outside bool
	at      fyne.Position // of the pointer in the window
}

// MouseDown notes the keys that are held.
func (g *grip) MouseDown(e *desktop.MouseEvent) {
	g.down, g.beside, g.going, g.dragged = hold{e.AbsolutePosition, e.Modifier}, g.loose(e.Position), false, false
}

// MouseUp is for the toolkit.
func (g *grip) MouseUp(*desktop.MouseEvent) {}

// Cursor is asked for when the pointer moves over an item.
func (g *grip) Cursor() desktop.Cursor {
	if g.files.drag != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// tap picks the item; a second tap shortly after opens it.
func (g *grip) tap() {
	if g.dragged {
		g.dragged = false
		return
	}
	f, i := g.files, g.index()
	now := f.clock()
	again := i == f.tappedAt && now.Sub(f.tapped) < doubleTap && g.down.modifier == 0
	f.tapped, f.tappedAt = now, i
	f.changed(func() {
		switch {
		case g.down.modifier&fyne.KeyModifierShift != 0:
			f.picks.Stretch(i)
		case g.down.modifier&fyne.KeyModifierShortcutDefault != 0:
			f.picks.Toggle(i)
		default:
			f.picks.Only(i)
		}
	})
	f.Focus()
	if again && f.OnOpen != nil {
		f.tappedAt = -1
		f.OnOpen(i)
	}
}

// menu asks for the menu of what is picked; an item that is not picked is
// picked first.
func (g *grip) menu(at fyne.Position) {
	f, i := g.files, g.index()
	if !f.picks.Has(i) {
		f.Pick(i)
	}
	f.Focus()
	if f.OnMenu != nil {
		f.OnMenu(at)
	}
}

// Dragged drags what is picked; an item that is not picked is picked first.
// Beside what is seen of it, a frame begins that picks what it touches.
func (g *grip) Dragged(e *fyne.DragEvent) {
	f := g.files
	if g.going && f.drag == nil && f.band == nil {
		return // it was given up, or the files are others now
	}
	if f.band != nil || f.drag == nil && g.beside && !f.picks.Has(g.index()) {
		g.going = true
		f.bandTo(g.down, e.AbsolutePosition)
		return
	}
	if f.MayDrop == nil {
		return
	}
	g.going = true
	if f.drag == nil {
		if i := g.index(); !f.picks.Has(i) {
			f.Pick(i)
		}
		f.drag = &fileDrag{onto: -1}
		f.ghost.SetContent(NewText(f.DragWords(f.picks.Len()), dragStyle))
	}
	f.dragTo(e.AbsolutePosition)
}

// DragEnd drops it.
func (g *grip) DragEnd() {
	f := g.files
	d := f.drag
	g.going, g.dragged = false, true
	f.drop()
	f.bandEnd(true)
	switch {
	case d == nil:
	case d.outside && f.OnOutside != nil:
		f.OnOutside(d.at, true)
	case d.onto >= 0 && f.OnDropped != nil:
		f.OnDropped(d.onto)
	}
}

// scrollEdgeZone is how near the edge a dragged item scrolls the list.
const scrollEdgeZone float32 = 24

// dragTo finds what lies under the pointer.
func (f *Files) dragTo(at fyne.Position) {
	here := at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(f))
	d := f.drag
	d.at, d.onto = at, f.sheet.indexAt(here)
	if d.onto >= 0 && (f.picks.Has(d.onto) || !f.MayDrop(d.onto)) {
		d.onto = -1
	}
	size := f.Size()
	out := here.X < 0 || here.Y < 0 || here.X >= size.Width || here.Y >= size.Height
	d.outside = out
	if f.OnOutside != nil {
		f.OnOutside(at, false)
	}
	if !out {
		f.scrollAt(here)
	}
	f.ghost.Resize(f.ghost.MinSize())
	f.ghost.Move(here.AddXY(14, 10))
	f.ghost.Show()
	f.Renew()
}

// scrollAt scrolls while the pointer is near the upper or lower edge, or beyond.
func (f *Files) scrollAt(here fyne.Position) {
	switch offset := f.sheet.GetScrollOffset(); {
	case here.Y < scrollEdgeZone && offset > 0:
		f.sheet.ScrollToOffset(max(0, offset-scrollEdgeZone))
	case here.Y > f.Size().Height-scrollEdgeZone:
		f.sheet.ScrollToOffset(offset + scrollEdgeZone)
	}
}

// drop ends dragging.
func (f *Files) drop() {
	if f.drag == nil {
		return
	}
	f.drag = nil
	f.ghost.Hide()
	f.Renew()
}
