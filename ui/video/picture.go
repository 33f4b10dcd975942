package video

import (
	"image"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// picture is the part of the widget that shows what the player drew.
type picture struct {
	raster *canvas.Raster
	player Player
	seen   uint64 // number of the newest picture that was painted
	asked  image.Point
	old    uint64 // number of the last picture of what was loaded before
	fresh  bool   // a picture of what was loaded last was painted
	first  func() // is told of it

	painted atomic.Uint64
}

// nothing is painted before the first picture.
var nothing = &image.RGBA{Pix: []byte{0, 0, 0, 0xFF}, Stride: 4, Rect: image.Rect(0, 0, 1, 1)}

func newPicture(first func()) *picture {
	p := &picture{first: first}
	p.raster = canvas.NewRaster(p.paint)
	p.raster.ScaleMode = canvas.ImageScaleFastest
	return p
}

// paint is called by the toolkit whenever it uploads the picture, with the
// pixels that the picture has on the screen.
func (p *picture) paint(width, height int) image.Image {
	if p.player == nil {
		return nothing
	}
	if size := image.Pt(width, height); size != p.asked {
		p.asked = size
		p.player.SetSize(width, height)
	}
	frame, number := p.player.Frame()
	if frame == nil || number <= p.old {
		return nothing
	}
	if number != p.seen {
		p.seen = number
		p.painted.Add(1)
		if !p.fresh {
			p.fresh = true
			p.first()
		}
	}
	return frame
}

// show makes p the picture of a player, or of none.
func (p *picture) show(player Player) {
	p.player, p.seen, p.old, p.asked, p.fresh = player, 0, 0, image.Point{}, false
	p.raster.Refresh()
}

// renew forgets the picture that is shown: another video is about to be loaded.
func (p *picture) renew() {
	if p.fresh = false; p.player != nil {
		_, p.old = p.player.Frame()
	}
	p.raster.Refresh()
}

// layOut puts the picture in the middle of an area that begins at a place, as
// large as its shape allows.
func (p *picture) layOut(at fyne.Position, area fyne.Size, s playback.State) {
	x, y, width, height := letterbox(area, s.Width, s.Height)
	x, y = at.X+x, at.Y+y
	if p.raster.Position() != fyne.NewPos(x, y) || p.raster.Size() != fyne.NewSize(width, height) {
		put(p.raster, x, y, width, height)
	}
}

// letterbox fits a shape into an area; an unknown shape takes all of it.
func letterbox(area fyne.Size, shapeWidth, shapeHeight int) (x, y, width, height float32) {
	if shapeWidth <= 0 || shapeHeight <= 0 || area.Width <= 0 || area.Height <= 0 {
		return 0, 0, area.Width, area.Height
	}
	aspect := float32(shapeWidth) / float32(shapeHeight)
	width, height = area.Width, area.Width/aspect
	if height > area.Height {
		width, height = area.Height*aspect, area.Height
	}
	return (area.Width - width) / 2, (area.Height - height) / 2, width, height
}
