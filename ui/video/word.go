package video

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// word is a button with a word, for choices in the picture.
type word struct {
	widget.BaseWidget
	keyed

	text   string
	main   bool
	tapped func() // nil: not shown
	over   bool
}

var (
	_ fyne.Tappable     = (*word)(nil)
	_ fyne.Focusable    = (*word)(nil)
	_ desktop.Hoverable = (*word)(nil)
)

func newWord(v *Video, text string, main bool, tapped func()) *word {
	w := &word{text: text, main: main, tapped: tapped}
	w.keyed = keyed{v: v, draw: w.Refresh, press: w.do}
	w.ExtendBaseWidget(w)
	return w
}

// say changes the word.
func (w *word) say(text string) {
	if w.text != text {
		w.text = text
		w.Refresh()
	}
}

func (w *word) do() {
	if w.tapped != nil {
		w.tapped()
	}
}

// Tapped does what the word says.
func (w *word) Tapped(*fyne.PointEvent) {
	w.v.stir()
	w.do()
}

// MouseIn is for the toolkit.
func (w *word) MouseIn(*desktop.MouseEvent) { w.over = true; w.Refresh() }

// MouseMoved is for the toolkit.
func (w *word) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (w *word) MouseOut() { w.over = false; w.Refresh() }

// MinSize is wide enough for the word.
func (w *word) MinSize() fyne.Size {
	line := words(w.text, theme.BodyText, theme.SemiBold, white)
	return fyne.NewSize(line.MinSize().Width+2*theme.Between, button)
}

// CreateRenderer is for the toolkit.
func (w *word) CreateRenderer() fyne.WidgetRenderer {
	ground, line, ring := canvas.NewRectangle(glass), words(w.text, theme.BodyText, theme.SemiBold, white), newRing()
	ground.CornerRadius = theme.ControlRadius
	ring.CornerRadius = theme.ControlRadius + 3
	line.Alignment = fyne.TextAlignCenter
	if w.main {
		ground.FillColor, line.Color = accent, onAccent
	}
	r := &plain{objects: []fyne.CanvasObject{ground, line, ring}, min: w.MinSize()}
	r.layout = func(size fyne.Size) {
		put(ground, 0, 0, size.Width, size.Height)
		put(ring, -4, -4, size.Width+8, size.Height+8)
		put(line, 0, (size.Height-line.MinSize().Height)/2, size.Width, line.MinSize().Height)
	}
	return &dressed{plain: r, dress: func() {
		line.Text = w.text
		ground.StrokeWidth, ground.StrokeColor = 0, white
		if w.over {
			ground.StrokeWidth = 1.5
		}
		setVisible(ring, w.focused)
	}}
}

// dressed is plain with objects that follow what the pointer and the keyboard
// do.
type dressed struct {
	*plain
	dress func()
}

// Refresh is for the toolkit.
func (d *dressed) Refresh() {
	d.dress()
	d.plain.Refresh()
}
