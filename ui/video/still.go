package video

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// The shape of a picture that is not known yet.
const (
	usualWidth  = 16
	usualHeight = 9
	stillIcon   = float32(40)
)

// still stands for the picture until its first one is painted: the poster, or
// without one the shape of a picture.
type still struct {
	box    *fyne.Container
	ground *canvas.Rectangle
	icon   *canvas.Image
	poster *canvas.Image
}

func newStill() *still {
	s := &still{
		ground: canvas.NewRectangle(shape), icon: canvas.NewImageFromResource(whiteIcon("film")),
		poster: &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillContain},
	}
	s.icon.FillMode, s.icon.Translucency = canvas.ImageFillContain, 0.6
	s.poster.Hide()
	s.box = container.NewWithoutLayout(s.ground, s.icon, s.poster)
	return s
}

// set changes the poster; nil is none.
func (s *still) set(poster image.Image) {
	s.poster.Image = poster
	setVisible(s.poster, poster != nil)
	setVisible(s.icon, poster == nil)
	s.poster.Refresh()
}

// layOut puts it where the picture will be. What is waited for is said in the
// middle, so the icon stands above that.
func (s *still) layOut(size fyne.Size) {
	width, height := usualWidth, usualHeight
	if p := s.poster.Image; p != nil {
		width, height = p.Bounds().Dx(), p.Bounds().Dy()
	}
	x, y, w, h := letterbox(size, width, height)
	put(s.ground, x, y, w, h)
	put(s.poster, x, y, w, h)
	put(s.icon, (size.Width-stillIcon)/2, size.Height/2-stillIcon-pillHeight, stillIcon, stillIcon)
}

// SetPoster gives the widget a picture to show until the video has one; nil
// takes it away.
func (v *Video) SetPoster(poster image.Image) {
	v.still.set(poster)
	v.still.layOut(v.Size())
	v.sync()
	v.repaint()
}

// showStill shows what stands for the picture, as long as there is none.
func (v *Video) showStill() {
	wanted := v.failure() == nil && (v.address == "" || v.player == nil || rules.Awaited(v.state, v.picture.fresh))
	if wanted != v.still.box.Visible() {
		setVisible(v.still.box, wanted)
		v.repaint()
	}
}
