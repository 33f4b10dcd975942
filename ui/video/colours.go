package video

import (
	"bytes"
	"image/color"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/stratosdrive/stratosdrive/assets"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Colours over a picture, the dark form of the tokens in both themes.
var (
	black     = color.NRGBA{A: 0xFF}
	clear     = color.NRGBA{R: 0x0A, G: 0x0D, B: 0x16}
	shade     = color.NRGBA{R: 0x0A, G: 0x0D, B: 0x16, A: 0xF0}
	white     = color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0xFF}
	dim       = color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0xE0} // second lines
	glass     = color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0x30} // pills, tracks, what the pointer is over
	held      = color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0x70} // stretches that are buffered
	accent    = color.NRGBA{R: 0x8C, G: 0x9B, B: 0xFF, A: 0xFF}
	boosted   = color.NRGBA{R: 0xE9, G: 0xB2, B: 0x5A, A: 0xFF} // sound that is amplified
	gap       = color.NRGBA{R: 0x0A, G: 0x0D, B: 0x16, A: 0xFF} // between chapters
	onAccent  = color.NRGBA{R: 0x0E, G: 0x11, B: 0x18, A: 0xFF}
	shape     = color.NRGBA{R: 0x16, G: 0x1B, B: 0x25, A: 0xFF} // of a picture or cover that is not there
	sheet     = color.NRGBA{R: 0x0A, G: 0x0D, B: 0x16, A: 0xE4} // grounds of lists over the picture
	darkGlass = color.NRGBA{R: 0x0A, G: 0x0D, B: 0x16, A: 0xB8} // grounds of words in the picture
)

// words makes a line of text.
func words(text string, size float32, weight theme.Weight, c color.Color) *canvas.Text {
	t := canvas.NewText(text, c)
	t.TextSize, t.FontSource = size, theme.FontSource(weight)
	return t
}

// setText changes a line of text, and tells whether it had to.
func setText(t *canvas.Text, text string) bool {
	if t.Text == text {
		return false
	}
	t.Text = text
	t.Refresh()
	return true
}

// cut shortens a text to a width in the type of t.
func cut(text string, t *canvas.Text, width float32) string {
	const longest = 300 // runes; titles come from outside
	fits := func(s string) bool {
		size, _ := fyne.CurrentApp().Driver().RenderedTextSize(s, t.TextSize, t.TextStyle, t.FontSource)
		return size.Width <= width
	}
	if r := []rune(text); len(r) > longest {
		text = string(r[:longest])
	}
	if fits(text) {
		return text
	}
	runes := []rune(text)
	n := sort.Search(len(runes), func(n int) bool { return !fits(string(runes[:n+1]) + "…") })
	return string(runes[:n]) + "…"
}

// whiteIcon is a drawing of package assets in white.
func whiteIcon(name string) fyne.Resource {
	svg := bytes.ReplaceAll(assets.Icon(name), []byte("#000000"), []byte("#ffffff"))
	return fyne.NewStaticResource(name+"-over-video.svg", svg)
}

// put places an object.
func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// setVisible shows or hides an object, if it is not so already.
func setVisible(o fyne.CanvasObject, visible bool) {
	switch {
	case visible == o.Visible():
	case visible:
		o.Show()
	default:
		o.Hide()
	}
}
