package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Kind is the weight of a button on its page.
type Kind int

// Kinds of buttons. A page has one primary button at most.
const (
	Primary Kind = iota
	Secondary
	Quiet     // no ground until the pointer is over it
	Dangerous // takes something away
)

// Button is a word, an icon or both, to be pressed. It is pressed by pointer,
// Space or Enter.
type Button struct {
	widget.BaseWidget
	hover
	focus
	power

	OnTapped func()

	kind       Kind
	text, icon string
}

var (
	_ fyne.Tappable     = (*Button)(nil)
	_ fyne.Focusable    = (*Button)(nil)
	_ desktop.Hoverable = (*Button)(nil)
)

// NewButton returns a button; an empty icon or text is left out.
func NewButton(kind Kind, text, icon string, tapped func()) *Button {
	b := &Button{kind: kind, text: text, icon: icon, OnTapped: tapped}
	b.hover.of, b.focus.of, b.power.of = b, b, b
	b.ExtendBaseWidget(b)
	return b
}

// SetText shows another word.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// SetIcon shows another icon.
func (b *Button) SetIcon(icon string) {
	if b.icon != icon {
		b.icon = icon
		b.Refresh()
	}
}

// Text returns the word on the button.
func (b *Button) Text() string { return b.text }

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) {
	attend(b)
	if !b.disabled && b.OnTapped != nil {
		b.OnTapped()
	}
}

// TypedKey presses the button by keyboard.
func (b *Button) TypedKey(key *fyne.KeyEvent) { pressedBy(b, key, func() { b.Tapped(nil) }) }

// colours returns ground, line and front for the state the button is in.
func (b *Button) colours() (ground, line, front fyne.ThemeColorName) {
	switch {
	case b.disabled && b.kind == Quiet:
		return theme.Clear, theme.Clear, theme.Muted
	case b.disabled:
		return theme.Background, theme.Line, theme.Muted
	case b.kind == Primary:
		return theme.Accent, theme.Accent, theme.OnAccent
	case b.kind == Dangerous:
		return theme.Surface, theme.Line, theme.Bad
	case b.kind == Quiet:
		return theme.Clear, theme.Clear, theme.Accent
	default:
		return theme.Surface, theme.Line, theme.Text
	}
}

// sides returns the padding left and right of the content.
func (b *Button) sides() float32 {
	switch {
	case b.text == "":
		return (theme.ControlHeight - theme.IconSize) / 2
	case b.kind == Quiet:
		return 8
	case b.icon == "":
		return 15
	default:
		return 16
	}
}

func (b *Button) contentWidth() float32 {
	width := Strong.measure(b.text).Width
	if b.text == "" {
		return theme.IconSize
	}
	if b.icon != "" {
		width += theme.IconSize + theme.Inside
	}
	return width
}

// CreateRenderer is for the toolkit.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	back, over, ring := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	text, img := canvas.NewText("", nil), newIconImage()
	r := &renderer{objects: []fyne.CanvasObject{back, over, img, text, ring}}
	r.layout = func(size fyne.Size) {
		place(back, 0, 0, size.Width, size.Height)
		place(over, 0, 0, size.Width, size.Height)
		place(ring, -3, -3, size.Width+6, size.Height+6)
		b.arrange(size, text, img)
	}
	r.refresh = func() {
		b.paint(back, over, ring)
		_, _, front := b.colours()
		Strong.In(front).dress(text)
		drawIcon(b, img, b.icon, front, theme.IconSize)
		b.arrange(b.Size(), text, img)
	}
	r.min = func() fyne.Size {
		return fyne.NewSize(b.contentWidth()+2*b.sides(), theme.ControlHeight)
	}
	r.refresh()
	return r
}

func (b *Button) arrange(size fyne.Size, text *canvas.Text, img *canvas.Image) {
	width := min(b.contentWidth(), max(0, size.Width-2*b.sides()))
	x := centred(size.Width, width)
	place(img, x, centred(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
	if b.icon != "" {
		x, width = x+theme.IconSize+theme.Inside, width-theme.IconSize-theme.Inside
	}
	text.Text = ellipsis(b.text, Strong, width)
	min := text.MinSize()
	place(text, x, (size.Height-min.Height)/2, min.Width, min.Height)
}

func (b *Button) paint(back, over, ring *canvas.Rectangle) {
	ground, line, _ := b.colours()
	back.FillColor, back.StrokeColor, back.StrokeWidth = theme.Color(ground), theme.Color(line), 1
	over.FillColor = theme.Color(theme.Clear)
	if b.hovered && !b.disabled {
		over.FillColor = theme.Color(theme.Hover)
	}
	ring.FillColor, ring.StrokeWidth = theme.Color(theme.Clear), 2
	ring.StrokeColor = theme.Color(theme.Accent)
	ring.Hidden = !b.focused
	back.CornerRadius, over.CornerRadius, ring.CornerRadius = theme.ControlRadius, theme.ControlRadius, theme.ControlRadius+3
}
