package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

const choiceHeight float32 = 74

// ChoiceCard is one of several cards of which one is chosen.
type ChoiceCard struct {
	widget.BaseWidget
	hover
	focus
	power

	OnChosen func()

	icon, title, text string
	chosen            bool
}

var (
	_ fyne.Tappable     = (*ChoiceCard)(nil)
	_ fyne.Focusable    = (*ChoiceCard)(nil)
	_ desktop.Hoverable = (*ChoiceCard)(nil)
)

// NewChoiceCard returns a card with an icon, a name and a sentence.
func NewChoiceCard(icon, title, text string, chosen func()) *ChoiceCard {
	c := &ChoiceCard{icon: icon, title: title, text: text, OnChosen: chosen}
	c.hover.of, c.focus.of, c.power.of = c, c, c
	c.ExtendBaseWidget(c)
	return c
}

// SetChosen marks the card.
func (c *ChoiceCard) SetChosen(on bool) {
	if c.chosen != on {
		c.chosen = on
		c.Refresh()
	}
}

// Chosen tells whether the card is marked.
func (c *ChoiceCard) Chosen() bool { return c.chosen }

// Tapped chooses the card.
func (c *ChoiceCard) Tapped(*fyne.PointEvent) {
	if !c.disabled && c.OnChosen != nil {
		c.OnChosen()
	}
}

// TypedKey chooses by keyboard.
func (c *ChoiceCard) TypedKey(key *fyne.KeyEvent) { pressedBy(c, key, func() { c.Tapped(nil) }) }

// CreateRenderer is for the toolkit.
func (c *ChoiceCard) CreateRenderer() fyne.WidgetRenderer {
	back, over := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	tile := NewTile(c.icon, theme.Muted, theme.Thumb, 40)
	title, text := NewCutText(c.title, Heading.With(theme.SemiBold)), NewCutText(c.text, Second)
	tick := NewIcon("check", theme.Accent)
	r := &renderer{objects: []fyne.CanvasObject{back, over, tile, title, text, tick}}
	r.layout = func(size fyne.Size) {
		place(back, 0, 0, size.Width, size.Height)
		place(over, 0, 0, size.Width, size.Height)
		place(tile, 19, centred(size.Height, 40), 40, 40)
		middle, width := size.Height/2, size.Width-75-52
		place(title, 75, middle-19, width, 20)
		place(text, 75, middle, width, 20)
		place(tick, size.Width-38, centred(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
	}
	r.refresh = func() { c.paint(back, over, tile, title, tick) }
	r.min = func() fyne.Size { return fyne.NewSize(360, choiceHeight) }
	r.refresh()
	return r
}

func (c *ChoiceCard) paint(back, over *canvas.Rectangle, tile *Tile, title *Text, tick *Icon) {
	back.CornerRadius, over.CornerRadius = theme.CardRadius, theme.CardRadius
	back.FillColor, over.FillColor = theme.Color(theme.Surface), theme.Color(theme.Clear)
	back.StrokeColor, back.StrokeWidth = theme.Color(theme.Line), 1
	tile.Set(c.icon, theme.Muted, theme.Thumb)
	if c.chosen {
		back.StrokeColor, back.StrokeWidth = theme.Color(theme.Accent), 2
		tile.Set(c.icon, theme.Accent, theme.Soft)
	}
	if c.focused {
		back.StrokeColor, back.StrokeWidth = theme.Color(theme.Accent), 3
	}
	if c.hovered && !c.disabled {
		over.FillColor = theme.Color(theme.Hover)
	}
	tick.Hidden = !c.chosen
	title.SetStyle(Heading.In(theme.Text))
	if c.disabled {
		title.SetStyle(Heading.In(theme.Muted))
	}
}
