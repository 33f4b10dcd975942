package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Style is how a text looks.
type Style struct {
	Size   float32
	Weight theme.Weight
	Color  fyne.ThemeColorName
	Mono   bool
}

// The styles of the program.
var (
	Body    = Style{Size: theme.BodyText, Weight: theme.Regular, Color: theme.Text}
	Strong  = Style{Size: theme.BodyText, Weight: theme.SemiBold, Color: theme.Text}
	Second  = Style{Size: theme.BodyText, Weight: theme.Regular, Color: theme.Muted}
	Small   = Style{Size: theme.SmallText, Weight: theme.Regular, Color: theme.Muted}
	Name    = Style{Size: theme.BodyText, Weight: theme.Medium, Color: theme.Text}
	Heading = Style{Size: theme.NameText, Weight: theme.SemiBold, Color: theme.Text}
	Title   = Style{Size: theme.TitleText, Weight: theme.SemiBold, Color: theme.Text}
	Figure  = Style{Size: theme.FigureText, Weight: theme.SemiBold, Color: theme.Text}
	Large   = Style{Size: theme.LargeText, Weight: theme.SemiBold, Color: theme.Text}
	Code    = Style{Size: theme.SmallText, Weight: theme.Regular, Color: theme.Muted, Mono: true}
)

// In returns the style in another colour.
func (s Style) In(colour fyne.ThemeColorName) Style { s.Color = colour; return s }

// At returns the style in another size.
func (s Style) At(size float32) Style { s.Size = size; return s }

// With returns the style in another weight.
func (s Style) With(w theme.Weight) Style { s.Weight = w; return s }

func (s Style) color() color.Color { return theme.Color(s.Color) }

// measure returns the size of a text in a style.
func (s Style) measure(text string) fyne.Size {
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, s.Size, s.textStyle(), s.source())
	return size
}

func (s Style) textStyle() fyne.TextStyle { return fyne.TextStyle{Monospace: s.Mono} }

func (s Style) source() fyne.Resource {
	if s.Mono {
		return nil
	}
	return theme.FontSource(s.Weight)
}

// dress puts the style on a canvas text.
func (s Style) dress(t *canvas.Text) {
	t.TextSize, t.TextStyle, t.FontSource, t.Color = s.Size, s.textStyle(), s.source(), s.color()
}

// Text is one line of text, vertically centred, cut with an ellipsis when its
// place is narrower than it is.
type Text struct {
	widget.BaseWidget

	text  string
	style Style
	align fyne.TextAlign
	cut   bool // may be narrower than the text
}

// NewText returns a line of text that is never cut by its layout.
func NewText(text string, style Style) *Text {
	t := &Text{text: text, style: style}
	t.ExtendBaseWidget(t)
	return t
}

// NewCutText returns a line of text that asks for no width of its own.
func NewCutText(text string, style Style) *Text {
	t := NewText(text, style)
	t.cut = true
	return t
}

// Align sets where the text stands in its place, and returns it.
func (t *Text) Align(a fyne.TextAlign) *Text { t.align = a; return t }

// SetText shows another text.
func (t *Text) SetText(text string) {
	if t.text != text {
		t.text = text
		t.Refresh()
	}
}

// SetStyle shows the text in another style.
func (t *Text) SetStyle(s Style) {
	if t.style != s {
		t.style = s
		t.Refresh()
	}
}

// Text returns what is shown, uncut.
func (t *Text) Text() string { return t.text }

// CreateRenderer is for the toolkit.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewText("", color.Transparent)
	fit := func(size fyne.Size) {
		t.style.dress(line)
		line.Alignment = t.align
		line.Text = ellipsis(t.text, t.style, size.Width)
		height := line.MinSize().Height
		place(line, 0, (size.Height-height)/2, size.Width, height)
	}
	return &renderer{
		objects: []fyne.CanvasObject{line},
		layout:  fit,
		refresh: func() { fit(t.Size()) },
		min: func() fyne.Size {
			size := t.style.measure(t.text)
			if t.cut {
				size.Width = min(size.Width, 24)
			}
			return size
		},
	}
}

// ellipsis cuts a text at the end so that it fits a width.
func ellipsis(text string, style Style, width float32) string {
	if text == "" || style.measure(text).Width <= width+0.5 {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)-1 // the most runes that fit before the ellipsis
	for low < high {
		middle := (low + high + 1) / 2
		if style.measure(string(runes[:middle])+"…").Width <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return string(runes[:low]) + "…"
}
