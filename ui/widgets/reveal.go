package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Holder is a widget that lies around something else.
type Holder interface {
	Held() fyne.CanvasObject
}

// revealEdge is how far from the edge a control comes into sight.
const revealEdge float32 = 16

// reveal scrolls a control that got the keyboard into sight. The toolkit moves
// the keyboard to where nobody looks. What the pointer is over is in sight, and
// must not move away from under it.
func reveal(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil || pointedAt(o) {
		return
	}
	root := c.Overlays().Top()
	if root == nil {
		root = c.Content()
	}
	way := wayTo(root, o)
	for i, each := range way {
		if s, ok := each.(*container.Scroll); ok {
			bring(s, way[i+1:])
		}
	}
}

func pointedAt(o fyne.CanvasObject) bool {
	h, ok := o.(interface{ pointed() bool })
	return ok && h.pointed()
}

// wayTo is what an object lies in, from the outermost to itself; nil where it is
// not found.
func wayTo(from, to fyne.CanvasObject) []fyne.CanvasObject {
	if from == to {
		return []fyne.CanvasObject{from}
	}
	for _, each := range insideOf(from) {
		if way := wayTo(each, to); way != nil {
			return append([]fyne.CanvasObject{from}, way...)
		}
	}
	return nil
}

// insideOf are the objects that lie in one that is shown.
func insideOf(o fyne.CanvasObject) []fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content}
	case Holder:
		return []fyne.CanvasObject{o.Held()}
	}
	return nil
}

// bring scrolls so that the last one of a way, which begins with what is
// scrolled, is in sight: by no more than that needs, and not at all while most
// of it is.
func bring(s *container.Scroll, way []fyne.CanvasObject) {
	top := float32(0)
	for _, o := range way[1:] {
		top += o.Position().Y
	}
	height := way[len(way)-1].Size().Height
	if to, moves := scrolledTo(s.Offset.Y, s.Size().Height, top, height); moves {
		s.ScrollToOffset(fyne.NewPos(s.Offset.X, to))
	}
}

// scrolledTo is where a view of a height has to begin, which begins at offset, so
// that it shows something; moves tells whether it has to move.
func scrolledTo(offset, view, top, height float32) (to float32, moves bool) {
	switch middle := top + height/2; {
	case middle < offset:
		return max(0, top-revealEdge), true
	case middle > offset+view:
		return top + height + revealEdge - view, true
	}
	return offset, false
}
