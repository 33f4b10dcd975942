package watch

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// shelf is a row of cards below a heading: as many as find room.
type shelf struct {
	cards  []*card
	object fyne.CanvasObject
}

// newShelf makes a row of tiles. open plays one; menu, where it is not nil,
// offers what else may be done.
func newShelf(heading string, tiles []tile, open func(tile), menu func(tile, fyne.Position)) *shelf {
	s := &shelf{}
	row := container.New(s)
	for i, t := range tiles {
		c := newCard(t, func() { open(t) })
		c.turn = func(by int) { s.focus(i + by) }
		if menu != nil {
			c.menu = func(at fyne.Position) { menu(t, at) }
		}
		s.cards = append(s.cards, c)
		row.Add(c)
	}
	s.object = widgets.Column(12, widgets.NewText(heading, widgets.Heading), row)
	return s
}

// focus gives the keyboard to a card that is shown.
func (s *shelf) focus(i int) {
	if i < 0 || i >= len(s.cards) || !s.cards[i].Visible() {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.cards[i]); c != nil {
		c.Focus(s.cards[i])
	}
}

// Layout shows the cards that find room.
func (s *shelf) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	fit := roomFor(size.Width)
	for i, o := range objects {
		show(o, i < fit)
		put(o, float32(i)*(cardWidth+theme.Between), 0, cardWidth, cardTall)
	}
}

// MinSize is that of one card.
func (s *shelf) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(cardWidth, cardTall) }

// roomFor is how many cards find room beside each other, at least one.
func roomFor(width float32) int {
	return max(1, int((width+theme.Between)/(cardWidth+theme.Between)))
}
