package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Segments is a choice between a few words that stand side by side.
type Segments struct {
	widget.BaseWidget
	focus

	OnChanged func(index int)

	words  []string
	chosen int
}

var (
	_ fyne.Tappable  = (*Segments)(nil)
	_ fyne.Focusable = (*Segments)(nil)
)

// NewSegments returns a choice with one word chosen.
func NewSegments(words []string, chosen int, changed func(int)) *Segments {
	s := &Segments{words: words, chosen: chosen, OnChanged: changed}
	s.focus.of = s
	s.ExtendBaseWidget(s)
	return s
}

// Chosen returns the index of the chosen word.
func (s *Segments) Chosen() int { return s.chosen }

// Choose chooses a word; an index outside does nothing.
func (s *Segments) Choose(index int) {
	if index < 0 || index >= len(s.words) || index == s.chosen {
		return
	}
	s.chosen = index
	s.Refresh()
	if s.OnChanged != nil {
		s.OnChanged(index)
	}
}

// Tapped chooses the word under the pointer.
func (s *Segments) Tapped(e *fyne.PointEvent) {
	if width := s.Size().Width; width > 0 {
		s.Choose(int(e.Position.X / width * float32(len(s.words))))
	}
}

// TypedKey chooses with the arrow keys.
func (s *Segments) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyLeft:
		s.Choose(s.chosen - 1)
	case fyne.KeyRight:
		s.Choose(s.chosen + 1)
	default:
		passKey(s, key)
	}
}

func (s *Segments) style(i int) Style {
	if i == s.chosen {
		return Strong.In(theme.Accent)
	}
	return Second.With(theme.Medium)
}

// CreateRenderer is for the toolkit.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	back, mark := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	r := &renderer{objects: []fyne.CanvasObject{back, mark}}
	texts := make([]*Text, len(s.words))
	for i, word := range s.words {
		texts[i] = NewCutText(word, Second).Align(fyne.TextAlignCenter)
		r.objects = append(r.objects, texts[i])
	}
	r.layout = func(size fyne.Size) {
		place(back, 0, 0, size.Width, size.Height)
		step := size.Width / float32(max(1, len(s.words)))
		place(mark, float32(s.chosen)*step+3, 3, max(0, step-6), size.Height-6)
		mark.Hidden = s.chosen < 0 || s.chosen >= len(s.words)
		for i, t := range texts {
			place(t, float32(i)*step+4, 0, max(0, step-8), size.Height)
		}
	}
	r.refresh = func() {
		back.FillColor, back.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.Line)
		back.CornerRadius, back.StrokeWidth, mark.CornerRadius = theme.ControlRadius, 1, 6
		mark.FillColor = theme.Color(theme.Soft)
		if s.focused {
			back.StrokeColor = theme.Color(theme.Accent)
		}
		for i, t := range texts {
			t.SetStyle(s.style(i))
		}
		r.layout(s.Size())
	}
	r.min = func() fyne.Size {
		widest := float32(0)
		for _, word := range s.words {
			widest = max(widest, Strong.measure(word).Width)
		}
		return fyne.NewSize((widest+28)*float32(len(s.words)), theme.ControlHeight)
	}
	r.refresh()
	return r
}
