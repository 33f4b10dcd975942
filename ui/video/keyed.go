package video

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// keyed is a control that the keyboard can be on. Keys that it does not know
// are the video's.
type keyed struct {
	v       *Video
	focused bool
	draw    func()                              // shows the focus or its loss
	press   func()                              // Space or Enter; nil: as anywhere
	own     func(name fyne.KeyName) (used bool) // other keys; nil: none
}

// FocusGained is for the toolkit.
func (k *keyed) FocusGained() { k.focus(true) }

// FocusLost is for the toolkit.
func (k *keyed) FocusLost() { k.focus(false) }

func (k *keyed) focus(on bool) {
	k.focused, k.v.focused = on, on
	k.v.stir()
	k.draw()
}

// TypedRune is for the toolkit.
func (k *keyed) TypedRune(r rune) {
	if r != ' ' || k.press == nil {
		k.v.TypedRune(r)
	}
}

// TypedKey is for the toolkit.
func (k *keyed) TypedKey(e *fyne.KeyEvent) {
	switch {
	case k.press != nil && (e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter):
		k.v.stir()
		k.press()
	case k.own != nil && k.own(e.Name):
		k.v.stir()
	case e.Name == fyne.KeyEscape:
		k.v.Focus()
	default:
		k.v.TypedKey(e)
	}
}

// newRing is what shows that the keyboard is on a control.
func newRing() *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = white, 2, theme.ControlRadius
	r.Hide()
	return r
}
