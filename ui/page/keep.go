package page

import "fyne.io/fyne/v2"

// mostControls is how many controls of the window are looked at to find the one
// that has the keyboard.
const mostControls = 200

// Keep draws a part of the page anew and leaves the keyboard where it is: with
// the control that comes in the place of the one that had it. Under a dialog
// that is up to the dialog, when it closes.
func (h *Host) Keep(draw func()) {
	c := h.Canvas()
	n := focused(c)
	draw()
	if n > 0 {
		c.Unfocus()
	}
	for range n {
		c.FocusNext()
	}
}

// focused tells which control of the window has the keyboard, counted from 1 in
// the order of Tab; 0 is none.
func focused(c fyne.Canvas) int {
	wanted := c.Focused()
	if wanted == nil || c.Overlays().Top() != nil {
		return 0
	}
	c.Unfocus()
	for n := 1; n <= mostControls; n++ {
		if c.FocusNext(); c.Focused() == wanted {
			return n
		}
	}
	c.Unfocus() // it is gone
	return 0
}
