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

// pointed tells whether the pointer is over the widget.
func (h *hover) pointed() bool { return h.hovered }

// MouseOut is for the toolkit.
func (h *hover) MouseOut() { h.hovered = false; h.of.Refresh() }

// focus is the part of a widget that knows whether it has the keyboard.
type focus struct {
	focused bool
	of      fyne.Widget // the widget, which is drawn anew
}

// FocusGained shows the focus, where it can be seen.
func (f *focus) FocusGained() {
	f.focused = true
	f.of.Refresh()
	reveal(f.of)
}

// FocusLost hides it.
func (f *focus) FocusLost() { f.focused = false; f.of.Refresh() }

// TypedRune is for the toolkit.
func (f *focus) TypedRune(rune) {}

// power is the part of a widget that knows whether it is switched off. What is
// off does nothing, and Tab passes it.
type power struct {
	disabled bool
	of       fyne.Widget // the widget, which is drawn anew
}

var _ fyne.Disableable = (*power)(nil)

// SetEnabled switches the widget on or off.
func (p *power) SetEnabled(on bool) {
	if p.disabled == on {
		p.disabled = !on
		p.of.Refresh()
	}
}

// Enable switches the widget on.
func (p *power) Enable() { p.SetEnabled(true) }

// Disable switches the widget off.
func (p *power) Disable() { p.SetEnabled(false) }

// Disabled tells whether the widget is off.
func (p *power) Disabled() bool { return p.disabled }

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
