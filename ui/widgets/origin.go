package widgets

import "fyne.io/fyne/v2"

// control is something that can have the keyboard.
type control interface {
	fyne.CanvasObject
	fyne.Focusable
}

// origin is the control that had the keyboard when a dialog opened. What lies
// under the dialog may be drawn anew meanwhile, and then another control stands
// in its place.
type origin struct {
	control control // nil for none
	word    string
	at      fyne.Position // in the window
}

// originOf is the control that has the keyboard now.
func originOf(c fyne.Canvas) origin {
	f, ok := c.Focused().(control)
	if !ok {
		return origin{}
	}
	return origin{f, wordOf(f), placeOf(f)}
}

// back gives the keyboard to the control with the same word that is next to
// where the origin was, if that is not there any more.
func (o origin) back(c fyne.Canvas) {
	if o.control == nil || o.word == "" || c.Focused() != fyne.Focusable(o.control) || wayTo(c.Content(), o.control) != nil {
		return
	}
	var next control
	least := float32(0)
	each(c.Content(), func(other control) {
		d := placeOf(other).Subtract(o.at)
		if far := d.X*d.X + d.Y*d.Y; wordOf(other) == o.word && (next == nil || far < least) {
			next, least = other, far
		}
	})
	if next != nil {
		c.Focus(next)
	} else {
		c.Unfocus()
	}
}

// each calls found with all controls in an object that are shown.
func each(from fyne.CanvasObject, found func(control)) {
	if f, ok := from.(control); ok && from.Visible() {
		found(f)
	}
	for _, o := range insideOf(from) {
		each(o, found)
	}
}

// wordOf is the word on a control, empty for those without one.
func wordOf(f control) string {
	if w, ok := f.(interface{ Text() string }); ok {
		return w.Text()
	}
	return ""
}

func placeOf(o control) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}
