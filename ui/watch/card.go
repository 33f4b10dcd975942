package watch

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Measures of a card.
const (
	cardWidth  float32 = 240
	thumbTall  float32 = 135 // 16 to 9
	cardTall           = thumbTall + 52
	barTall    float32 = 4
	lengthTall float32 = 20
	ring       float32 = 2 // around what has the focus
)

// card is one video: its picture with how far it was watched, and its name.
type card struct {
	widget.BaseWidget

	tile             tile
	picture          image.Image // nil: not known
	hovered, focused bool
	open             func()
	menu             func(at fyne.Position) // nil: none
	turn             func(by int)           // gives the focus to a neighbour
}

var (
	_ fyne.Tappable          = (*card)(nil)
	_ fyne.SecondaryTappable = (*card)(nil)
	_ fyne.Focusable         = (*card)(nil)
	_ desktop.Hoverable      = (*card)(nil)
)

func newCard(t tile, open func()) *card {
	c := &card{tile: t, open: open}
	c.ExtendBaseWidget(c)
	return c
}

// show gives the card its picture.
func (c *card) show(picture image.Image) {
	c.picture = picture
	c.Refresh()
}

// Tapped plays the video.
func (c *card) Tapped(*fyne.PointEvent) { c.open() }

// TappedSecondary shows what else may be done.
func (c *card) TappedSecondary(e *fyne.PointEvent) { c.askMenu(e.AbsolutePosition) }

func (c *card) askMenu(at fyne.Position) {
	if c.menu != nil {
		c.menu(at)
	}
}

// FocusGained shows the focus.
func (c *card) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost hides it.
func (c *card) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune is for the toolkit.
func (c *card) TypedRune(rune) {}

// TypedKey plays by keyboard, and goes to the neighbours.
func (c *card) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.open()
	case fyne.KeyLeft:
		c.turn(-1)
	case fyne.KeyRight:
		c.turn(1)
	case desktop.KeyMenu, fyne.KeyDelete:
		c.askMenu(fyne.CurrentApp().Driver().AbsolutePositionForObject(c).AddXY(theme.Between, thumbTall))
	}
}

// MouseIn is for the toolkit.
func (c *card) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved is for the toolkit.
func (c *card) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (c *card) MouseOut() { c.hovered = false; c.Refresh() }

// CreateRenderer is for the toolkit.
func (c *card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{
		c: c, ground: canvas.NewRectangle(nil), picture: &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillCover},
		edge: canvas.NewRectangle(nil), track: canvas.NewRectangle(nil), watched: canvas.NewRectangle(nil),
		icon: widgets.NewIconAt(c.tile.icon(), theme.Muted, 32), length: widgets.NewPill(c.tile.length, widgets.Neutral),
		name: widgets.NewCutText(c.tile.name, widgets.Name), second: widgets.NewCutText(c.tile.second, widgets.Small),
	}
	r.ground.CornerRadius, r.edge.CornerRadius, r.picture.CornerRadius = theme.ControlRadius, theme.ControlRadius, theme.ControlRadius
	r.track.CornerRadius, r.watched.CornerRadius = barTall/2, barTall/2
	r.Refresh()
	return r
}

type cardRenderer struct {
	c              *card
	ground, edge   *canvas.Rectangle
	track, watched *canvas.Rectangle
	picture        *canvas.Image
	icon           fyne.CanvasObject
	length         fyne.CanvasObject
	name, second   fyne.CanvasObject
}

// Layout places the parts.
func (r *cardRenderer) Layout(size fyne.Size) {
	put(r.ground, 0, 0, size.Width, thumbTall)
	put(r.picture, 0, 0, size.Width, thumbTall)
	put(r.edge, 0, 0, size.Width, thumbTall)
	put(r.icon, (size.Width-32)/2, (thumbTall-32)/2, 32, 32)
	width, y := size.Width-2*theme.Inside, thumbTall-theme.Inside-barTall
	put(r.track, theme.Inside, y, width, barTall)
	put(r.watched, theme.Inside, y, max(barTall, width*float32(r.c.tile.part)), barTall)
	pill := r.length.MinSize()
	if r.c.tile.part > 0 {
		y -= theme.Inside
	} else {
		y += barTall
	}
	put(r.length, size.Width-theme.Inside-pill.Width, y-pill.Height, pill.Width, pill.Height)
	put(r.name, 0, thumbTall+theme.Inside, size.Width, 20)
	put(r.second, 0, thumbTall+theme.Inside+20, size.Width, 18)
}

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// Refresh draws it anew.
func (r *cardRenderer) Refresh() {
	c := r.c
	r.ground.FillColor, r.edge.FillColor = theme.Color(theme.Thumb), theme.Color(theme.Clear)
	r.edge.StrokeColor, r.edge.StrokeWidth = theme.Color(theme.Accent), 0
	switch {
	case c.focused:
		r.edge.StrokeWidth = ring
	case c.hovered:
		r.edge.StrokeWidth = 1
	}
	r.track.FillColor, r.watched.FillColor = theme.Color(theme.Line), theme.Color(theme.Accent)
	if r.picture.Image != c.picture {
		r.picture.Image = c.picture
		r.picture.Refresh()
	}
	show(r.picture, c.picture != nil)
	show(r.icon, c.picture == nil && c.tile.what != "")
	show(r.track, c.tile.part > 0)
	show(r.watched, c.tile.part > 0)
	show(r.length, c.tile.length != "")
	for _, o := range []*canvas.Rectangle{r.ground, r.edge, r.track, r.watched} {
		o.Refresh()
	}
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// MinSize is that of every card.
func (r *cardRenderer) MinSize() fyne.Size { return fyne.NewSize(cardWidth, cardTall) }

// Destroy has nothing to end.
func (r *cardRenderer) Destroy() {}

// Objects are the parts.
func (r *cardRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.picture, r.icon, r.track, r.watched, r.length, r.edge, r.name, r.second}
}
