package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Select is a word that was chosen of several; pressing it shows the others.
type Select struct {
	widget.BaseWidget
	hover
	focus

	OnChanged func(index int)

	words  []string
	chosen int
}

var (
	_ fyne.Tappable     = (*Select)(nil)
	_ fyne.Focusable    = (*Select)(nil)
	_ desktop.Hoverable = (*Select)(nil)
)

// NewSelect returns a choice with one word chosen.
func NewSelect(words []string, chosen int, changed func(int)) *Select {
	s := &Select{words: words, chosen: chosen, OnChanged: changed}
	s.hover.of, s.focus.of = s, s
	s.ExtendBaseWidget(s)
	return s
}

// Chosen returns the index of the chosen word.
func (s *Select) Chosen() int { return s.chosen }

// word is the chosen word, empty where there is none.
func (s *Select) word() string {
	if s.chosen < 0 || s.chosen >= len(s.words) {
		return ""
	}
	return s.words[s.chosen]
}

// Choose chooses a word; an index outside, or the chosen one, does nothing.
func (s *Select) Choose(index int) {
	if index < 0 || index >= len(s.words) || index == s.chosen {
		return
	}
	s.chosen = index
	s.Refresh()
	if s.OnChanged != nil {
		s.OnChanged(index)
	}
}

// Tapped shows the other words.
func (s *Select) Tapped(*fyne.PointEvent) {
	c := canvasOf(s)
	if c == nil {
		return
	}
	items := make([]*fyne.MenuItem, len(s.words))
	for i, word := range s.words {
		items[i] = fyne.NewMenuItem(word, func() { s.Choose(i) })
		items[i].Checked = i == s.chosen
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s)
	ShowMenu(c, at.AddXY(0, s.Size().Height+4), items...)
}

// TypedKey chooses with the arrow keys, or shows all words.
func (s *Select) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyUp:
		s.Choose(s.chosen - 1)
	case fyne.KeyDown:
		s.Choose(s.chosen + 1)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		s.Tapped(nil)
	default:
		passKey(s, key)
	}
}

// CreateRenderer is for the toolkit.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	back, text, mark := canvas.NewRectangle(nil), NewCutText("", Name), newIconImage()
	r := &renderer{objects: []fyne.CanvasObject{back, text, mark}}
	const side = 16
	r.layout = func(size fyne.Size) {
		place(back, 0, 0, size.Width, size.Height)
		place(text, 12, 0, size.Width-12-side-16, size.Height)
		place(mark, size.Width-side-10, centred(size.Height, side), side, side)
	}
	r.refresh = func() {
		back.CornerRadius, back.StrokeWidth = theme.ControlRadius, 1
		back.FillColor, back.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.Line)
		if s.hovered {
			back.StrokeColor = theme.Color(theme.Muted)
		}
		if s.focused {
			back.StrokeColor, back.StrokeWidth = theme.Color(theme.Accent), 2
		}
		text.SetText(s.word())
		drawIcon(s, mark, "chevron-down", theme.Muted, side)
	}
	r.min = func() fyne.Size {
		widest := float32(0)
		for _, word := range s.words {
			widest = max(widest, Name.measure(word).Width)
		}
		return fyne.NewSize(widest+48, theme.ControlHeight)
	}
	r.refresh()
	return r
}

// Switch is on or off.
type Switch struct {
	widget.BaseWidget
	focus
	power

	OnChanged func(on bool)

	on bool
}

var (
	_ fyne.Tappable  = (*Switch)(nil)
	_ fyne.Focusable = (*Switch)(nil)
)

// NewSwitch returns a switch.
func NewSwitch(on bool, changed func(bool)) *Switch {
	s := &Switch{on: on, OnChanged: changed}
	s.focus.of, s.power.of = s, s
	s.ExtendBaseWidget(s)
	return s
}

// On tells whether it is on.
func (s *Switch) On() bool { return s.on }

// Set turns it without telling.
func (s *Switch) Set(on bool) { s.on = on; s.Refresh() }

// Tapped turns it.
func (s *Switch) Tapped(*fyne.PointEvent) {
	if s.disabled {
		return
	}
	s.Set(!s.on)
	if s.OnChanged != nil {
		s.OnChanged(s.on)
	}
}

// TypedKey turns it with Space.
func (s *Switch) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeySpace {
		s.Tapped(nil)
		return
	}
	passKey(s, key)
}

const (
	switchWidth  float32 = 40
	switchHeight float32 = 24
)

// CreateRenderer is for the toolkit.
func (s *Switch) CreateRenderer() fyne.WidgetRenderer {
	track, knob := canvas.NewRectangle(nil), canvas.NewCircle(nil)
	r := &renderer{objects: []fyne.CanvasObject{track, knob}}
	r.layout = func(size fyne.Size) {
		y := centred(size.Height, switchHeight)
		place(track, 0, y, switchWidth, switchHeight)
		x := float32(3)
		if s.on {
			x = switchWidth - switchHeight + 3
		}
		place(knob, x, y+3, switchHeight-6, switchHeight-6)
	}
	r.refresh = func() {
		track.CornerRadius, track.StrokeWidth, track.StrokeColor = switchHeight/2, 0, theme.Color(theme.Text)
		track.FillColor, knob.FillColor = theme.Color(theme.Muted), theme.Color(theme.Surface)
		if s.on {
			track.FillColor, knob.FillColor = theme.Color(theme.Accent), theme.Color(theme.OnAccent)
		}
		if s.disabled {
			track.FillColor = theme.Color(theme.Line)
		}
		if s.focused {
			track.StrokeWidth = 2
		}
		r.layout(s.Size())
	}
	r.min = func() fyne.Size { return fyne.NewSize(switchWidth, switchHeight) }
	r.refresh()
	return r
}
