package video

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// pill is a few words on a round ground.
type pill struct {
	box    *fyne.Container
	ground *canvas.Rectangle
	text   *canvas.Text
}

const pillHeight float32 = 22

func newPill(ground color.Color) *pill {
	p := &pill{ground: canvas.NewRectangle(ground), text: words("", theme.SmallText, theme.SemiBold, white)}
	p.ground.CornerRadius = pillHeight / 2
	p.text.Alignment = fyne.TextAlignCenter
	p.box = container.NewWithoutLayout(p.ground, p.text)
	p.box.Hide()
	return p
}

// set changes the words and tells whether it had to; without words nothing is
// shown.
func (p *pill) set(text string) bool {
	changed := setText(p.text, text)
	setVisible(p.box, text != "")
	return changed
}

func (p *pill) width() float32 {
	if !p.box.Visible() {
		return 0
	}
	return p.text.MinSize().Width + 2*10
}

// layOut puts the pill with its right edge and its middle where told.
func (p *pill) layOut(right, middle float32) {
	p.place(right-p.width(), middle)
}

// centre puts the middle of the pill where told.
func (p *pill) centre(x, middle float32) { p.place(x-p.width()/2, middle) }

func (p *pill) place(left, middle float32) {
	width, height := p.width(), p.text.MinSize().Height
	put(p.box, left, middle-pillHeight/2, width, pillHeight)
	put(p.ground, 0, 0, width, pillHeight)
	put(p.text, 0, (pillHeight-height)/2, width, height)
}
