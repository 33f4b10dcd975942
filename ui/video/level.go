package video

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// Measures of the volume.
const (
	levelWidth  float32 = 64
	levelHeight float32 = 24
	lineHeight  float32 = 4
)

// level shows and sets the volume.
type level struct {
	widget.BaseWidget
	keyed

	state                     playback.State
	track, loud, boost, limit *canvas.Rectangle
	ring                      *canvas.Rectangle
}

var (
	_ desktop.Hoverable = (*level)(nil)
	_ desktop.Mouseable = (*level)(nil)
	_ fyne.Focusable    = (*level)(nil)
	_ fyne.Draggable    = (*level)(nil)
)

func newLevel(v *Video) *level {
	l := &level{track: round(glass), loud: round(white), boost: round(boosted), limit: canvas.NewRectangle(white), ring: newRing()}
	l.keyed = keyed{v: v, draw: func() { setVisible(l.ring, l.focused) }, own: l.turn}
	l.ExtendBaseWidget(l)
	return l
}

func (l *level) update(s playback.State) {
	l.state = s
	l.arrange(l.Size())
}

// arrange draws the volume; what is amplified lies beyond a mark at 100 %.
func (l *level) arrange(size fyne.Size) {
	y, volume := (size.Height-lineHeight)/2, l.state.Volume
	if l.state.Muted {
		volume = 0
	}
	plain := float32(rules.PartOf(100, rules.Loudest)) * size.Width
	part := float32(rules.PartOf(volume, rules.Loudest)) * size.Width
	move(l.track, 0, y, size.Width, lineHeight)
	move(l.loud, 0, y, min(part, plain), lineHeight)
	move(l.boost, plain, y, max(0, part-plain), lineHeight)
	move(l.limit, plain, y-2, 1, lineHeight+4)
	move(l.ring, -6, 0, size.Width+12, size.Height)
}

func (l *level) set(x float32) {
	l.v.stir()
	l.v.setVolume(rules.Part(x, l.Size().Width) * rules.Loudest)
}

// turn is what arrows do while the keyboard is on the volume.
func (l *level) turn(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyLeft:
		l.v.louder(-5)
	case fyne.KeyRight:
		l.v.louder(5)
	default:
		return false
	}
	return true
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
	return &plain{objects: []fyne.CanvasObject{l.track, l.loud, l.boost, l.limit, l.ring}, layout: l.arrange, min: fyne.NewSize(levelWidth, levelHeight)}
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

// Layout places the parts.
func (p *plain) Layout(size fyne.Size) { p.layout(size) }

// MinSize is what it needs at least.
func (p *plain) MinSize() fyne.Size { return p.min }

// Objects are the parts.
func (p *plain) Objects() []fyne.CanvasObject { return p.objects }

// Destroy has nothing to end.
func (p *plain) Destroy() {}

// Refresh draws it anew.
func (p *plain) Refresh() {
	for _, o := range p.objects {
		canvas.Refresh(o)
	}
}
