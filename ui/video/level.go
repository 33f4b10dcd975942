package video

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// Measures of the volume.
const (
	levelWidth  float32 = 64
	levelHeight float32 = 24
	lineHeight  float32 = 4
	loudest             = 130.0 // percent, as the player allows
)

// level shows and sets the volume.
type level struct {
	widget.BaseWidget

	v           *Video
	state       playback.State
	track, loud *canvas.Rectangle
}

var (
	_ desktop.Hoverable = (*level)(nil)
	_ desktop.Mouseable = (*level)(nil)
	_ fyne.Draggable    = (*level)(nil)
)

func newLevel(v *Video) *level {
	l := &level{v: v, track: round(glass), loud: round(white)}
	l.ExtendBaseWidget(l)
	return l
}

func (l *level) update(s playback.State) {
	l.state = s
	l.arrange(l.Size())
}

func (l *level) arrange(size fyne.Size) {
	y := (size.Height - lineHeight) / 2
	part := float32(min(1, l.state.Volume/100))
	if l.state.Muted {
		part = 0
	}
	move(l.track, 0, y, size.Width, lineHeight)
	move(l.loud, 0, y, part*size.Width, lineHeight)
}

func (l *level) set(x float32) {
	if l.Size().Width > 0 {
		l.v.setVolume(float64(min(1, max(0, x/l.Size().Width))) * 100)
	}
}

// MouseDown is for the toolkit.
func (l *level) MouseDown(e *desktop.MouseEvent) { l.set(e.Position.X) }

// MouseUp is for the toolkit.
func (l *level) MouseUp(*desktop.MouseEvent) { l.v.Focus() }

// Dragged is for the toolkit.
func (l *level) Dragged(e *fyne.DragEvent) { l.set(e.Position.X) }

// DragEnd is for the toolkit.
func (l *level) DragEnd() {}

// MouseIn is for the toolkit.
func (l *level) MouseIn(*desktop.MouseEvent) { l.v.stir() }

// MouseMoved is for the toolkit.
func (l *level) MouseMoved(*desktop.MouseEvent) { l.v.stir() }

// MouseOut is for the toolkit.
func (l *level) MouseOut() {}

// CreateRenderer is for the toolkit.
func (l *level) CreateRenderer() fyne.WidgetRenderer {
	return &plain{objects: []fyne.CanvasObject{l.track, l.loud}, layout: l.arrange, min: fyne.NewSize(levelWidth, levelHeight)}
}

// round is a rectangle with the corners of a track.
func round(c color.Color) *canvas.Rectangle {
	r := canvas.NewRectangle(c)
	r.CornerRadius = trackHeight / 2
	return r
}

// plain draws objects that place themselves.
type plain struct {
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	min     fyne.Size
}

func (p *plain) Layout(size fyne.Size)        { p.layout(size) }
func (p *plain) MinSize() fyne.Size           { return p.min }
func (p *plain) Objects() []fyne.CanvasObject { return p.objects }
func (p *plain) Destroy()                     {}

func (p *plain) Refresh() {
	for _, o := range p.objects {
		canvas.Refresh(o)
	}
}
