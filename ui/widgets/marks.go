package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Tone says what a mark, pill or notice means. It always comes with a word.
type Tone int

// The tones.
const (
	Neutral Tone = iota
	Active
	Good
	Warn
	Bad
)

// Front is the colour of words in a tone.
func (t Tone) Front() fyne.ThemeColorName {
	return []fyne.ThemeColorName{theme.Muted, theme.Accent, theme.Good, theme.Warn, theme.Bad}[t]
}

// ground is the colour under them.
func (t Tone) ground() fyne.ThemeColorName {
	return []fyne.ThemeColorName{
		theme.Thumb, theme.Soft, theme.GoodSoft, theme.WarnSoft, theme.BadSoft,
	}[t]
}

func (t Tone) icon() string {
	return []string{"info", "info", "check", "warning", "warning"}[t]
}

// NewPill returns a word on a round ground.
func NewPill(text string, tone Tone) *Box {
	label := NewText(text, Small.With(theme.SemiBold).In(tone.Front()))
	if tone == Neutral {
		label.SetStyle(Small.With(theme.SemiBold).In(theme.Text))
	}
	return NewBox(tone.ground(), theme.Clear, 11, Insets{3, 10, 3, 10}, label)
}

// NewNotice returns a sentence on a soft ground, broken to a width.
func NewNotice(text string, tone Tone, width float32) *Box {
	colour := tone.Front()
	if tone == Neutral {
		colour = theme.Text
	}
	words := NewParagraph(text, Small.With(theme.Medium).In(colour), width-52)
	icon := container.NewVBox(NewIconAt(tone.icon(), colour, 16))
	return NewBox(tone.ground(), theme.Clear, theme.ControlRadius, Insets{10, 14, 10, 14}, Row(8, icon, words))
}

// NewAdvice is NewNotice with the one thing to do about it at its right; the
// sentence is broken to a width, the ground takes all that there is.
func NewAdvice(text string, tone Tone, width float32, action *Button) *Box {
	notice := NewNotice(text, tone, width)
	if action == nil {
		return notice
	}
	side := container.NewCenter(Pad(Insets{Left: 8, Right: 8}, action))
	return NewBox(tone.ground(), theme.Clear, theme.ControlRadius, Insets{}, Edges(nil, nil, nil, side, notice))
}

// NewKeyValue returns a label and, at the right, its value.
func NewKeyValue(label, value string) *fyne.Container {
	return NewKeyValueOf(label, NewText(value, Name).Align(fyne.TextAlignTrailing))
}

// NewKeyValueOf is NewKeyValue for a value that is not plain text.
func NewKeyValueOf(label string, value fyne.CanvasObject) *fyne.Container {
	return Edges(nil, nil, Pad(Insets{Right: 12}, NewText(label, Second)), nil, value)
}

// Progress is a thin track that fills.
type Progress struct {
	widget.BaseWidget
	value float64
}

// NewProgress returns an empty track.
func NewProgress() *Progress {
	p := &Progress{}
	p.ExtendBaseWidget(p)
	return p
}

// share is a part of a whole, from 0 to 1; a part of nothing is none.
func share(part float64) float64 {
	if !(part > 0) {
		return 0
	}
	return min(part, 1)
}

// Set fills the track to a value from 0 to 1.
func (p *Progress) Set(value float64) {
	value = share(value)
	if p.value != value {
		p.value = value
		p.Refresh()
	}
}

// CreateRenderer is for the toolkit.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	track, bar := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	r := &renderer{objects: []fyne.CanvasObject{track, bar}}
	r.layout = func(size fyne.Size) {
		y := (size.Height - 4) / 2
		place(track, 0, y, size.Width, 4)
		place(bar, 0, y, size.Width*float32(p.value), 4)
	}
	r.refresh = func() {
		track.FillColor, bar.FillColor = theme.Color(theme.Line), theme.Color(theme.Accent)
		track.CornerRadius, bar.CornerRadius = 2, 2
		bar.Hidden = p.value == 0
		r.layout(p.Size())
	}
	r.min = func() fyne.Size { return fyne.NewSize(40, 4) }
	r.refresh()
	return r
}

// NewSteps returns the steps of a way, the current one marked and those before
// it ticked.
func NewSteps(names []string, current int) *fyne.Container {
	row := Row(8)
	for i, name := range names {
		switch {
		case i < current:
			tick := NewIconAt("check", theme.Muted, 12)
			row.Add(Pad(Insets{4, 10, 4, 10}, Row(4, tick, NewText(name, stepStyle.In(theme.Muted)))))
		case i == current:
			row.Add(NewBox(theme.Soft, theme.Clear, 11, Insets{4, 10, 4, 10},
				NewText(stepName(i, name), stepStyle.In(theme.Accent))))
		default:
			row.Add(Pad(Insets{4, 10, 4, 10}, NewText(stepName(i, name), stepStyle.In(theme.Muted))))
		}
	}
	return row
}

var stepStyle = Small.With(theme.SemiBold)

func stepName(index int, name string) string { return strconv.Itoa(index+1) + " " + name }

// NewEmpty returns what a page shows when it has nothing yet: an icon, a line,
// a sentence, and the one thing to do, which may be nil.
func NewEmpty(icon, title, text string, action fyne.CanvasObject) *fyne.Container {
	column := Column(8,
		container.NewCenter(NewTile(icon, theme.Accent, theme.Soft, 56)), Gap(0, 4),
		NewText(title, Heading).Align(fyne.TextAlignCenter),
		NewParagraph(text, Second, 360).Align(fyne.TextAlignCenter),
	)
	if action != nil {
		column.Add(Gap(0, 4))
		column.Add(container.NewCenter(action))
	}
	return container.NewCenter(column)
}
