package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Stat is a card with a number that matters.
type Stat struct {
	*Box
	figure, unit, detail *Text
}

// NewStat returns a card that says what a number is; Set gives the number.
func NewStat(label string) *Stat {
	s := &Stat{figure: NewCutText("…", Figure), unit: NewText("", Second.With(theme.Medium)), detail: NewCutText("", Small)}
	s.Box = NewBox(theme.Surface, theme.Line, theme.CardRadius, Even(16), Column(2,
		NewCutText(label, Small), newFigureLine(s.figure, s.unit), s.detail))
	return s
}

// Set shows a number, its unit and a second line.
func (s *Stat) Set(figure, unit, detail string) {
	s.figure.SetText(figure)
	s.unit.SetText(unit)
	s.detail.SetText(detail)
	s.Refresh()
}

// Words returns what the card says, for tests.
func (s *Stat) Words() (figure, unit, detail string) {
	return s.figure.Text(), s.unit.Text(), s.detail.Text()
}

// figureLine puts a unit behind a number, on its base line.
type figureLine struct {
	widget.BaseWidget
	figure, unit *Text
}

func newFigureLine(figure, unit *Text) *figureLine {
	f := &figureLine{figure: figure, unit: unit}
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer is for the toolkit.
func (f *figureLine) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{f.figure, f.unit}}
	r.layout = func(size fyne.Size) {
		unit := f.unit.MinSize().Width
		width := min(f.figure.style.measure(f.figure.text).Width+1, size.Width-unit-6)
		place(f.figure, 0, 0, width, size.Height)
		place(f.unit, width+6, 6, unit, size.Height-6)
	}
	r.refresh = func() { r.layout(f.Size()) }
	r.min = func() fyne.Size { return fyne.NewSize(60, 34) }
	return r
}

// Meter is a part of a whole in words, with a bar under them.
type Meter struct {
	widget.BaseWidget

	label, value *Text
	part         float64
	tone         Tone
}

// NewMeter returns a part from 0 to 1 with its name and its number.
func NewMeter(label, value string, part float64, tone Tone) *Meter {
	m := &Meter{label: NewCutText(label, Second), value: NewText(value, Strong.In(tone.front())).Align(fyne.TextAlignTrailing)}
	m.part, m.tone = min(max(part, 0), 1), tone
	if tone == Neutral {
		m.value.SetStyle(Strong)
	}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer is for the toolkit.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	track, bar := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	r := &renderer{objects: []fyne.CanvasObject{m.label, m.value, track, bar}}
	const height, under = 6, 24
	r.layout = func(size fyne.Size) {
		right := m.value.MinSize().Width
		place(m.value, size.Width-right, 0, right, 20)
		place(m.label, 0, 0, max(0, size.Width-right-8), 20)
		place(track, 0, under, size.Width, height)
		place(bar, 0, under, max(size.Width*float32(m.part), height), height)
	}
	r.refresh = func() {
		track.FillColor, bar.FillColor = theme.Color(theme.Line), theme.Color(m.tone.front())
		track.CornerRadius, bar.CornerRadius = 3, 3
		bar.Hidden = m.part <= 0
		r.layout(m.Size())
	}
	r.min = func() fyne.Size { return fyne.NewSize(120, under+height+2) }
	r.refresh()
	return r
}

// NewBanner returns a sentence on a soft ground with the one thing to do about
// it at its right; it takes the width that it is given.
func NewBanner(text string, tone Tone, action *Button) *Box {
	colour := tone.front()
	if tone == Neutral {
		colour = theme.Text
	}
	words := NewCutText(text, Name.In(colour))
	icon := Pad(Insets{Right: 10}, NewIcon(tone.icon(), colour))
	return NewBox(tone.ground(), theme.Clear, theme.CardRadius, Insets{8, 8, 8, 16}, Edges(nil, nil, icon, Pad(Insets{Left: 12}, action), words))
}

// NewMetrics lays cards beside each other in equal widths.
func NewMetrics(cards ...fyne.CanvasObject) *fyne.Container {
	return container.New(&evenly{}, cards...)
}

// evenly gives all objects the same width; where that is too narrow they take
// two lines.
type evenly struct{}

const narrowestCard float32 = 150

func (*evenly) perLine(n int, width float32) int {
	if n > 1 && width > 0 && (width-float32(n-1)*theme.Between)/float32(n) < narrowestCard {
		return (n + 1) / 2
	}
	return n
}

// Layout places the objects.
func (e *evenly) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if len(objects) == 0 {
		return
	}
	in := e.perLine(len(objects), size.Width)
	width := (size.Width - float32(in-1)*theme.Between) / float32(in)
	height := highest(objects)
	for i, o := range objects {
		place(o, float32(i%in)*(width+theme.Between), float32(i/in)*(height+theme.Between), width, height)
	}
}

// MinSize is one line of cards.
func (*evenly) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(narrowestCard, highest(objects))
}

func highest(objects []fyne.CanvasObject) float32 {
	height := float32(0)
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return height
}
