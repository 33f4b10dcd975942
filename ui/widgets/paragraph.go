package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Paragraph is text that is broken into lines. It is told its width when it is
// made, so that its height is known before it is laid out.
type Paragraph struct {
	widget.BaseWidget

	text  string
	style Style
	width float32
	align fyne.TextAlign
}

// NewParagraph returns text broken to a width in pixels.
func NewParagraph(text string, style Style, width float32) *Paragraph {
	p := &Paragraph{text: text, style: style, width: width}
	p.ExtendBaseWidget(p)
	return p
}

// Align sets where lines stand in the width, and returns the paragraph.
func (p *Paragraph) Align(a fyne.TextAlign) *Paragraph { p.align = a; return p }

// SetText shows another text.
func (p *Paragraph) SetText(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// Text returns what is shown.
func (p *Paragraph) Text() string { return p.text }

func (p *Paragraph) lineHeight() float32 { return float32(int(p.style.Size*1.45 + 0.5)) }

// CreateRenderer is for the toolkit.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{}
	r.refresh = func() {
		lines := breakLines(p.text, p.style, p.width)
		r.objects = make([]fyne.CanvasObject, len(lines))
		for i, text := range lines {
			line := canvas.NewText(text, color.Transparent)
			p.style.dress(line)
			line.Alignment = p.align
			height := line.MinSize().Height
			place(line, 0, float32(i)*p.lineHeight()+(p.lineHeight()-height)/2, max(p.width, p.Size().Width), height)
			r.objects[i] = line
		}
	}
	r.layout = func(fyne.Size) { r.refresh() }
	r.min = func() fyne.Size {
		return fyne.NewSize(p.width, float32(len(breakLines(p.text, p.style, p.width)))*p.lineHeight())
	}
	r.refresh()
	return r
}
