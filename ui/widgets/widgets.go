package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// renderer draws a widget from three functions, so that a widget is one file
// without ceremony.
type renderer struct {
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	min     func() fyne.Size
	refresh func()
}

var _ fyne.WidgetRenderer = (*renderer)(nil)

func (r *renderer) Destroy() {}

func (r *renderer) Layout(size fyne.Size) {
	if r.layout != nil {
		r.layout(size)
	}
}

func (r *renderer) MinSize() fyne.Size { return r.min() }

func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer) Refresh() {
	if r.refresh != nil {
		r.refresh()
	}
	for _, o := range r.objects {
		canvas.Refresh(o)
	}
}

// place puts an object at a position in a size.
func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// centred returns where something of a length begins when it is centred.
func centred(outer, inner float32) float32 { return float32(int((outer-inner)/2 + 0.5)) }

// canvasOf returns the canvas that shows o, nil when none does.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

// passKey gives a key that a focused widget has no use for to the window, so
// that Escape closes a dialog wherever the focus is.
func passKey(from fyne.CanvasObject, key *fyne.KeyEvent) {
	if c := canvasOf(from); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(key)
	}
}

// passShortcut does the same for a shortcut such as Ctrl+K.
func passShortcut(from fyne.CanvasObject, s fyne.Shortcut) {
	if c, ok := canvasOf(from).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}
