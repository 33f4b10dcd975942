package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Toasts shows short sentences at the bottom of a page for a few seconds.
type Toasts struct {
	widget.BaseWidget

	box   *Box
	text  string
	after func(time.Duration, func())
	turn  int
}

// NewToasts returns an empty place for sentences, to be laid over a page. after
// runs a function later, on the UI goroutine.
func NewToasts(after func(time.Duration, func())) *Toasts {
	t := &Toasts{after: after}
	t.box = NewBox(theme.Text, theme.Clear, theme.ControlRadius, Insets{10, 16, 10, 16}, nil)
	t.box.Hide()
	t.ExtendBaseWidget(t)
	return t
}

// Say shows a sentence, in place of the one before, for some seconds.
func (t *Toasts) Say(text string) {
	t.text = text
	t.turn++
	mine := t.turn
	t.box.SetContent(NewText(text, Body.With(theme.Medium).In(theme.Background)))
	t.box.Show()
	t.Refresh()
	t.after(4*time.Second, func() {
		if mine == t.turn {
			t.text = ""
			t.box.Hide()
		}
	})
}

// Text returns what is shown, empty for nothing.
func (t *Toasts) Text() string { return t.text }

// CreateRenderer is for the toolkit.
func (t *Toasts) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{t.box}}
	r.layout = func(size fyne.Size) {
		want := t.box.MinSize()
		width := min(want.Width, size.Width-32)
		place(t.box, centred(size.Width, width), size.Height-want.Height-24, width, want.Height)
	}
	r.refresh = func() { r.layout(t.Size()) }
	r.min = func() fyne.Size { return fyne.NewSize(0, 0) }
	return r
}
