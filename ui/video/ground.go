package video

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// underPicture is how far the black around a picture reaches below it: edges
// are put on whole pixels, and nothing else may show between the two.
const underPicture float32 = 2

// ground is the black around the picture, in two parts. Nothing lies below the
// picture itself: without a graphics card each layer costs as much time as the
// picture does.
type ground struct{ first, second *canvas.Rectangle }

func newGround() ground { return ground{canvas.NewRectangle(black), canvas.NewRectangle(black)} }

// fill makes all of an area black.
func (g ground) fill(size fyne.Size) {
	move(g.first, 0, 0, size.Width, size.Height)
	move(g.second, 0, 0, 0, 0)
}

// frame makes an area black but for the picture in its middle, which begins at a
// place and leaves room at two sides at most.
func (g ground) frame(size fyne.Size, at fyne.Position) {
	width, height := at.X, at.Y
	switch {
	case width > 0 && height > 0:
		g.fill(size)
	case width > 0:
		move(g.first, 0, 0, width+underPicture, size.Height)
		move(g.second, size.Width-width-underPicture, 0, width+underPicture, size.Height)
	case height > 0:
		move(g.first, 0, 0, size.Width, height+underPicture)
		move(g.second, 0, size.Height-height-underPicture, size.Width, height+underPicture)
	default:
		move(g.first, 0, 0, 0, 0)
		move(g.second, 0, 0, 0, 0)
	}
}
