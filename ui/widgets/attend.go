package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Attentive is the content of a window that wants to know that somebody is
// there. The toolkit tells a window nothing about keys that go to a field, or
// about the pointer over a dialog; so those tell it.
type Attentive interface {
	Attend()
}

// attend tells the window of o that somebody uses it.
func attend(o fyne.CanvasObject) {
	if c := canvasOf(o); c != nil {
		attendOn(c)
	}
}

func attendOn(c fyne.Canvas) {
	if a, ok := c.Content().(Attentive); ok {
		a.Attend()
	}
}

// Cursor is asked for when the pointer moves over the dialog.
func (d *Dialog) Cursor() desktop.Cursor {
	attendOn(d.canvas)
	return desktop.DefaultCursor
}

// Cursor is asked for when the pointer moves over the field.
func (f *Field) Cursor() desktop.Cursor {
	attend(f)
	return f.Entry.Cursor()
}

// MouseDown is for the toolkit.
func (f *Field) MouseDown(m *desktop.MouseEvent) {
	attend(f)
	f.Entry.MouseDown(m)
}

// FocusGained is for the toolkit.
func (f *Field) FocusGained() {
	f.came = true
	f.Entry.FocusGained()
	reveal(f)
}

// KeyDown is for the toolkit.
func (f *Field) KeyDown(key *fyne.KeyEvent) {
	f.came = false
	f.Entry.KeyDown(key)
}

// TypedRune is for the toolkit. The space that pressed a button which led here
// is not typed.
func (f *Field) TypedRune(r rune) {
	attend(f)
	led := f.came && r == ' '
	f.came = false
	if !led && !f.held {
		f.Entry.TypedRune(r)
	}
}
