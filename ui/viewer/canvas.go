package viewer

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

const (
	mostZoom  float32 = 16
	zoomStep  float32 = 1.25
	noZoom    float32 = 0 // as large as the place allows
	wheelUnit float32 = 25
)

// photo shows a picture: fitted into its place, or zoomed and moved about with
// the wheel, by dragging and with two taps.
type photo struct {
	widget.BaseWidget

	picture *image.RGBA
	shown   *canvas.Image
	zoom    float32       // of the fitted size; noZoom fits
	centre  fyne.Position // part of the picture in the middle, 0 to 1
}

var (
	_ fyne.Scrollable     = (*photo)(nil)
	_ fyne.Draggable      = (*photo)(nil)
	_ fyne.DoubleTappable = (*photo)(nil)
)

func newPhoto(picture *image.RGBA) *photo {
	p := &photo{picture: picture, shown: canvas.NewImageFromImage(picture), centre: fyne.NewPos(0.5, 0.5)}
	p.shown.FillMode, p.shown.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleFastest
	p.ExtendBaseWidget(p)
	return p
}

// Zoom makes the picture larger or smaller by a factor; 0 fits it again.
func (p *photo) Zoom(by float32) {
	next := max(p.zoom, 1) * by
	switch {
	case by == noZoom || next <= 1.001:
		p.zoom, p.centre = noZoom, fyne.NewPos(0.5, 0.5)
	default:
		p.zoom = min(next, mostZoom)
	}
	p.Refresh()
}

// size of the picture as it is shown.
func (p *photo) size() fyne.Size {
	place, b := p.Size(), p.picture.Rect
	w, h := float32(b.Dx()), float32(b.Dy())
	fit := min(place.Width/w, place.Height/h, 1)
	return fyne.NewSize(w*fit*max(p.zoom, 1), h*fit*max(p.zoom, 1))
}

// Scrolled zooms.
func (p *photo) Scrolled(e *fyne.ScrollEvent) {
	switch {
	case e.Scrolled.DY > 0:
		p.Zoom(1 + min(e.Scrolled.DY/wheelUnit, 1)*(zoomStep-1))
	case e.Scrolled.DY < 0:
		p.Zoom(1 / (1 + min(-e.Scrolled.DY/wheelUnit, 1)*(zoomStep-1)))
	}
}

// Dragged moves the picture.
func (p *photo) Dragged(e *fyne.DragEvent) {
	size := p.size()
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	p.centre.X = held(p.centre.X - e.Dragged.DX/size.Width)
	p.centre.Y = held(p.centre.Y - e.Dragged.DY/size.Height)
	p.Refresh()
}

// DragEnd is for the toolkit.
func (p *photo) DragEnd() {}

// DoubleTapped zooms in, or fits again.
func (p *photo) DoubleTapped(*fyne.PointEvent) {
	if p.zoom == noZoom {
		p.Zoom(2)
		return
	}
	p.Zoom(noZoom)
}

func held(part float32) float32 { return min(max(part, 0), 1) }

// place puts the picture: centred where it is smaller than its place, and so
// that no edge comes inside where it is larger.
func (p *photo) place() {
	place, size := p.Size(), p.size()
	at := fyne.NewPos(along(place.Width, size.Width, p.centre.X), along(place.Height, size.Height, p.centre.Y))
	p.shown.Resize(size)
	p.shown.Move(at)
}

func along(place, size, centre float32) float32 {
	if size <= place {
		return (place - size) / 2
	}
	return min(0, max(place-size, place/2-centre*size))
}

// CreateRenderer is for the toolkit.
func (p *photo) CreateRenderer() fyne.WidgetRenderer {
	clip := container.NewClip(container.NewWithoutLayout(p.shown))
	return &photoRenderer{p: p, clip: clip}
}

type photoRenderer struct {
	p    *photo
	clip fyne.CanvasObject
}

// Destroy has nothing to end.
func (r *photoRenderer) Destroy() {}

// MinSize is what it needs at least.
func (r *photoRenderer) MinSize() fyne.Size { return fyne.NewSize(64, 64) }

// Objects are the parts.
func (r *photoRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.clip} }

// Layout places the parts.
func (r *photoRenderer) Layout(size fyne.Size) {
	r.clip.Resize(size)
	r.p.place()
}

// Refresh draws it anew.
func (r *photoRenderer) Refresh() {
	r.p.place()
	r.p.shown.Refresh()
	r.clip.Refresh()
}
