package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Link is a word that leads somewhere, as in the way to a folder.
type Link struct {
	widget.BaseWidget
	hover
	focus

	OnTapped func()

	text  string
	small bool
}

var (
	_ fyne.Tappable     = (*Link)(nil)
	_ fyne.Focusable    = (*Link)(nil)
	_ desktop.Hoverable = (*Link)(nil)
)

// NewLink returns a word that leads somewhere.
func NewLink(text string, tapped func()) *Link {
	l := &Link{text: text, OnTapped: tapped}
	l.hover.of, l.focus.of = l, l
	l.ExtendBaseWidget(l)
	return l
}

// NewTextLink returns a small word that does something, for the line over a
// field or the head of a card.
func NewTextLink(text string, tapped func()) *Link {
	l := NewLink(text, tapped)
	l.small = true
	return l
}

// Text returns the word.
func (l *Link) Text() string { return l.text }

// Tapped follows the link.
func (l *Link) Tapped(*fyne.PointEvent) {
	if l.OnTapped != nil {
		l.OnTapped()
	}
}

// TypedKey follows the link by keyboard.
func (l *Link) TypedKey(key *fyne.KeyEvent) { pressedBy(l, key, func() { l.Tapped(nil) }) }

func (l *Link) style() Style {
	if l.small {
		return Small.With(theme.SemiBold).In(theme.Accent)
	}
	style := Second.At(theme.NameText)
	if l.hovered || l.focused {
		return style.In(theme.Accent)
	}
	return style
}

// CreateRenderer is for the toolkit.
func (l *Link) CreateRenderer() fyne.WidgetRenderer {
	text, under := canvas.NewText(l.text, nil), canvas.NewRectangle(nil)
	r := &renderer{objects: []fyne.CanvasObject{text, under}}
	r.layout = func(size fyne.Size) {
		text.Text = ellipsis(l.text, l.style(), size.Width)
		height := text.MinSize().Height
		top := (size.Height - height) / 2
		place(text, 0, top, size.Width, height)
		place(under, 0, top+height, size.Width, 2)
	}
	r.refresh = func() {
		l.style().dress(text)
		under.FillColor, under.Hidden = theme.Color(theme.Accent), !l.focused && (!l.small || !l.hovered)
	}
	r.min = func() fyne.Size { return l.style().measure(l.text) }
	r.refresh()
	return r
}

// NewTrouble returns what a page shows when it could not be loaded: what went
// wrong in a sentence, and a way to try again.
func NewTrouble(err error, again func()) fyne.CanvasObject {
	return container.NewCenter(Column(16,
		container.NewCenter(NewTile("warning", theme.Warn, theme.WarnSoft, 56)),
		NewParagraph(say.Trouble(err), Body, 380).Align(fyne.TextAlignCenter),
		container.NewCenter(NewButton(Secondary, lang.L("Try again"), "", again)),
	))
}

// Light shows the word as if the pointer were on it: what is dragged would go
// there.
func (l *Link) Light(on bool) {
	if l.hovered != on {
		l.hovered = on
		l.Refresh()
	}
}
