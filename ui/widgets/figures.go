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
	Box
	figure, unit, detail *Text
	number               *figureLine
}

// NewStat returns a card that says what a number is; Set gives the number.
func NewStat(label string) *Stat {
	s := &Stat{figure: NewCutText("…", Figure), unit: NewText("", Second.With(theme.Medium)), detail: NewCutText("", Small)}
	s.number = newFigureLine(s.figure, s.unit)
	s.fill, s.line, s.radius, s.pad = theme.Surface, theme.Line, theme.CardRadius, Even(16)
	s.content = Column(2, NewCutText(label, Small), s.number, s.detail)
	s.ExtendBaseWidget(s)
	return s
}

// Set shows a number, its unit and a second line.
func (s *Stat) Set(figure, unit, detail string) {
	s.figure.SetText(figure)
	s.unit.SetText(unit)
	s.detail.SetText(detail)
	s.number.Refresh() // the number may need more room, or less
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
		width := f.fit(size.Width)
		f.unit.Hidden = width+6+unit > size.Width
		place(f.figure, 0, 0, min(width, size.Width), size.Height)
		place(f.unit, width+6, 6, unit, size.Height-6)
	}
	r.refresh = func() { r.layout(f.Size()) }
	r.min = func() fyne.Size { return fyne.NewSize(60, 34) }
	return r
}

// fit makes the number smaller until it fits with its unit, or else without,
// since a number must never be cut, and returns the width it takes.
func (f *figureLine) fit(width float32) float32 {
	for _, beside := range []float32{f.unit.MinSize().Width + 6, 0} {
		for _, size := range []float32{theme.FigureText, theme.TitleText, theme.NameText} {
			style := Figure.At(size)
			f.figure.SetStyle(style)
			if need := style.measure(f.figure.text).Width + 1; need+beside <= width {
				return need
			}
		}
	}
	f.figure.SetStyle(Figure.At(theme.SmallText))
	return width
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
	m := &Meter{label: NewCutText(label, Second), value: NewText(value, Strong.In(tone.Front())).Align(fyne.TextAlignTrailing)}
	m.part, m.tone = share(part), tone
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
		track.FillColor, bar.FillColor = theme.Color(theme.Line), theme.Color(m.tone.Front())
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
	colour := tone.Front()
	if tone == Neutral {
		colour = theme.Text
	}
	words := container.New(wrapped{}, NewParagraph(text, Name.In(colour), 0), NewCutText(text, Name.In(colour)))
	icon := Pad(Insets{Right: 10}, NewIcon(tone.icon(), colour))
	return NewBox(tone.ground(), theme.Clear, theme.CardRadius, Insets{8, 8, 8, 16}, Edges(nil, nil, icon, Pad(Insets{Left: 12}, action), words))
}

// wrapped breaks a paragraph to the width that there is. Beside a button there
// is room for two lines; what needs more is shown in one that is cut, which is
// the second object.
type wrapped struct{}

// Layout places the paragraph in the middle of the height.
func (wrapped) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	words, cut := objects[0].(*Paragraph), objects[1]
	words.width = size.Width
	height := words.MinSize().Height
	place(words, 0, (size.Height-height)/2, size.Width, height)
	place(cut, 0, 0, size.Width, size.Height)
	if fits := height <= 2*words.lineHeight() && height > words.lineHeight(); fits {
		words.Show()
		cut.Hide()
	} else {
		words.Hide()
		cut.Show()
	}
	words.Refresh()
}

// MinSize is that of one line; the button beside it is higher.
func (wrapped) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].(*Paragraph).lineHeight())
}

// NewMetrics lays cards beside each other in equal widths.
func NewMetrics(cards ...fyne.CanvasObject) *fyne.Container {
	return container.New(&evenly{theme.Between}, cards...)
}

// NewButtonRow lays buttons beside each other in equal widths.
func NewButtonRow(buttons ...fyne.CanvasObject) *fyne.Container {
	return container.New(&evenly{theme.Inside}, buttons...)
}

// evenly gives all objects the same width.
type evenly struct{ gap float32 }

// Layout places the objects.
func (e *evenly) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n := float32(len(objects))
	width := (size.Width - (n-1)*e.gap) / n
	for i, o := range objects {
		place(o, float32(i)*(width+e.gap), 0, width, size.Height)
	}
}

// MinSize is what the widest needs, as often as there are objects.
func (e *evenly) MinSize(objects []fyne.CanvasObject) fyne.Size {
	widest := fyne.Size{}
	for _, o := range objects {
		widest = widest.Max(o.MinSize())
	}
	n := float32(len(objects))
	return fyne.NewSize(n*widest.Width+max(0, n-1)*e.gap, widest.Height)
}

// NewBarred puts tabs and a search field over a body: in one line, or in two
// where the window is narrow. The search field may be hidden.
func NewBarred(tabs, search, body fyne.CanvasObject) *fyne.Container {
	return container.New(&barred{}, tabs, search, body)
}

type barred struct{}

const barSearch float32 = 220

// Layout places the three.
func (*barred) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	tabs, search, body := objects[0], objects[1], objects[2]
	want, y := tabs.MinSize().Width, theme.ControlHeight+theme.Between
	place(tabs, 0, 0, min(want, size.Width), theme.ControlHeight)
	switch {
	case !search.Visible():
	case want+theme.Between+barSearch <= size.Width:
		place(search, size.Width-barSearch, 0, barSearch, theme.ControlHeight)
	default:
		place(search, 0, theme.ControlHeight+theme.Inside, size.Width, theme.ControlHeight)
		y += theme.ControlHeight + theme.Inside
	}
	place(body, 0, y, size.Width, max(0, size.Height-y))
}

// MinSize keeps room for the bar and a little of the body.
func (*barred) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, 2*theme.ControlHeight+160)
}

// NewPanel is what stands beside a list about the thing that is selected: words
// that scroll, and buttons that stay in sight; buttons may be nil.
func NewPanel(words, buttons fyne.CanvasObject) fyne.CanvasObject {
	scroll := container.NewVScroll(Pad(Insets{Right: 14}, words))
	if buttons != nil {
		buttons = Pad(Insets{Top: 14, Right: 14}, buttons)
	}
	return Pad(Insets{Top: 2, Left: 4}, Edges(nil, buttons, nil, nil, scroll))
}
