package main

import (
	"image"
	"image/color"
	"sync"
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/testscreen"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// hand is a way in which words are written in the window.
type hand struct {
	size   float32
	weight theme.Weight
}

// hands are all of them, the frequent ones first.
var hands = []hand{
	{theme.BodyText, theme.Regular},
	{theme.BodyText, theme.SemiBold},
	{theme.BodyText, theme.Medium},
	{theme.SmallText, theme.Regular},
	{theme.NameText, theme.SemiBold},
	{theme.NameText, theme.Regular},
	{theme.NameText, theme.Medium},
	{13, theme.SemiBold},
	{theme.TitleText, theme.SemiBold},
	{28, theme.SemiBold},
	{theme.SmallText, theme.Medium},
	{theme.SmallText, theme.SemiBold},
	{theme.FigureText, theme.SemiBold},
	{theme.LargeText, theme.SemiBold},
}

// reader finds words on a screen. It knows the letters of the window, and the
// hand in which each word was found before.
type reader struct {
	mu    sync.Mutex
	known map[string][]*testscreen.Letters
}

func newReader(t *testing.T) *reader {
	t.Helper()
	test.NewTempApp(t)
	return &reader{known: map[string][]*testscreen.Letters{}}
}

// letters are all ways of writing a word.
func (r *reader) letters(word string) []*testscreen.Letters {
	list, ok := r.known[word]
	if !ok {
		for _, h := range hands {
			list = append(list, testscreen.NewLetters(h.write(word)))
		}
		r.known[word] = list
	}
	return list
}

// write returns what a word covers.
func (h hand) write(word string) *image.Alpha {
	text := canvas.NewText(word, color.Black)
	text.TextSize, text.FontSource = h.size, theme.FontSource(h.weight)
	drawn := software.Render(text, theme.New(theme.Light))
	paper := int(light.ground.G)
	cover := image.NewAlpha(drawn.Bounds())
	for y := cover.Rect.Min.Y; y < cover.Rect.Max.Y; y++ {
		for x := cover.Rect.Min.X; x < cover.Rect.Max.X; x++ {
			_, g, _, _ := drawn.At(x, y).RGBA()
			cover.SetAlpha(x, y, color.Alpha{A: uint8((paper - int(g>>8)) * 255 / paper)})
		}
	}
	return cover
}

// find returns where words stand in a picture; the words must be all of a line,
// or its beginning.
func (r *reader) find(picture *image.RGBA, area image.Rectangle, words string) (image.Rectangle, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	list, sight := r.letters(words), testscreen.NewSight(picture)
	for i, each := range list {
		if place, ok := sight.Find(each, area); ok {
			copy(list[1:i+1], list[:i])
			list[0] = each // found first the next time
			return place, true
		}
	}
	return image.Rectangle{}, false
}
