package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// hover is the part of a widget that knows whether the pointer is over it.
type hover struct {
	hovered bool
	of      fyne.Widget // the widget, which is drawn anew
}

var _ desktop.Hoverable = (*hover)(nil)

// MouseIn is for the toolkit.
func (h *hover) MouseIn(*desktop.MouseEvent) { h.hovered = true; h.of.Refresh() }

// MouseMoved is for the toolkit.
func (h *hover) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (h *hover) MouseOut() { h.hovered = false; h.of.Refresh() }

// focus is the part of a widget that knows whether it has the keyboard.
type focus struct {
	focused bool
	of      fyne.Widget // the widget, which is drawn anew
}

// FocusGained shows the focus.
func (f *focus) FocusGained() { f.focused = true; f.of.Refresh() }

// FocusLost hides it.
func (f *focus) FocusLost() { f.focused = false; f.of.Refresh() }

// TypedRune is for the toolkit.
func (f *focus) TypedRune(rune) {}

// pressedBy presses a widget by one of the keys that press, and hands on all
// others.
func pressedBy(o fyne.CanvasObject, key *fyne.KeyEvent, press func()) {
	switch key.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		press()
	default:
		passKey(o, key)
	}
}
