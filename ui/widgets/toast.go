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
	offer func() // what can be done about it, nil for nothing
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

// How long a sentence is shown, and one that offers something.
const (
	sayTime   = 4 * time.Second
	offerTime = 12 * time.Second
)

// Say shows a sentence, in place of the one before, for some seconds.
func (t *Toasts) Say(text string) { t.show(text, NewText(text, toastStyle), sayTime) }

// Offer is Say with a button for what can be done about it. It can be done
// with [Toasts.Take] too, until it was, or something else is offered.
func (t *Toasts) Offer(text, word string, do func()) {
	t.offer = do
	button := NewButton(Secondary, word, "", func() { t.Take() })
	t.show(text, Edges(nil, nil, nil, Pad(Insets{Left: 16}, button), NewText(text, toastStyle)), offerTime)
}

// Take does what was offered last, and tells whether something was.
func (t *Toasts) Take() bool {
	do := t.offer
	if do == nil {
		return false
	}
	t.offer = nil
	t.hide()
	do()
	return true
}

var toastStyle = Body.With(theme.Medium).In(theme.Background)

func (t *Toasts) show(text string, content fyne.CanvasObject, d time.Duration) {
	t.text = text
	t.turn++
	mine := t.turn
	t.box.SetContent(content)
	t.box.Show()
	t.Refresh()
	t.after(d, func() {
		if mine == t.turn {
			t.hide()
		}
	})
}

func (t *Toasts) hide() {
	t.text = ""
	t.box.Hide()
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
