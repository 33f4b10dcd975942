package widgets

import (
	"image/color"
	"strings"

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

// breakLines breaks a text at spaces and line feeds; a word that is wider than
// the width is broken inside.
func breakLines(text string, style Style, width float32) []string {
	if text == "" {
		return nil
	}
	var lines []string
	for _, part := range strings.Split(text, "\n") {
		lines = append(lines, breakPart(strings.Fields(part), style, width)...)
	}
	return lines
}

func breakPart(words []string, style Style, width float32) []string {
	line, lines := "", []string(nil)
	for _, word := range words {
		candidate := strings.TrimSpace(line + " " + word)
		if style.measure(candidate).Width <= width {
			line = candidate
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for style.measure(word).Width > width && len([]rune(word)) > 1 {
			head := fitting(word, style, width)
			lines, word = append(lines, head), word[len(head):]
		}
		line = word
	}
	return append(lines, line)
}

// fitting returns the longest beginning of a word that fits, at least a rune.
func fitting(word string, style Style, width float32) string {
	runes := []rune(word)
	n := 1
	for n < len(runes) && style.measure(string(runes[:n+1])).Width <= width {
		n++
	}
	return string(runes[:n])
}
