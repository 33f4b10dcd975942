package video

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// Measures of the bar.
const (
	barHeight   float32 = 24 // that takes the pointer
	trackHeight float32 = 6
	knobSize    float32 = 16
	maxHeld             = 12 // stretches that are drawn
)

// bar shows how far the video is and what is buffered, and takes jumps.
type bar struct {
	widget.BaseWidget

	v         *Video
	state     playback.State
	scrubbing bool    // the knob is held
	at        float64 // where it is held, as a part of the whole
	bubble    *pill   // the time under the pointer

	track, played, knob *canvas.Rectangle
	held                []*canvas.Rectangle
}

var (
	_ desktop.Hoverable = (*bar)(nil)
	_ desktop.Mouseable = (*bar)(nil)
	_ fyne.Draggable    = (*bar)(nil)
)

func newBar(v *Video) *bar {
	b := &bar{v: v, bubble: newPill(darkGlass), track: round(glass), played: round(accent), knob: round(white)}
	b.knob.CornerRadius = knobSize / 2
	for range maxHeld {
		h := round(held)
		h.Hide()
		b.held = append(b.held, h)
	}
	b.ExtendBaseWidget(b)
	return b
}

// position is the second that the bar shows: the player's, or the one under
// the held knob.
func (b *bar) position(s playback.State) float64 {
	if b.scrubbing {
		return b.at * s.Duration
	}
	return s.Position
}

// update shows a state.
func (b *bar) update(s playback.State) {
	b.state = s
	b.arrange(b.Size())
}

// arrange puts everything where the state says.
func (b *bar) arrange(size fyne.Size) {
	y := (size.Height - trackHeight) / 2
	move(b.track, 0, y, size.Width, trackHeight)
	for i, h := range b.held {
		if i >= len(b.state.Buffered) || b.state.Duration <= 0 {
			setVisible(h, false)
			continue
		}
		from, to := b.part(b.state.Buffered[i].From), b.part(b.state.Buffered[i].To)
		move(h, from*size.Width, y, (to-from)*size.Width, trackHeight)
		setVisible(h, to > from)
	}
	x := b.part(b.position(b.state)) * size.Width
	move(b.played, 0, y, x, trackHeight)
	move(b.knob, x-knobSize/2, (size.Height-knobSize)/2, knobSize, knobSize)
	setVisible(b.knob, b.state.Duration > 0)
}

// part is where a second lies, 0 to 1.
func (b *bar) part(second float64) float32 {
	if b.state.Duration <= 0 {
		return 0
	}
	return float32(min(1, max(0, second/b.state.Duration)))
}

// move places an object on whole pixels, and only if it is not there yet.
func move(o fyne.CanvasObject, x, y, width, height float32) {
	x, width = float32(int(x)), float32(int(width+0.5))
	if o.Position() != fyne.NewPos(x, y) || o.Size() != fyne.NewSize(width, height) {
		put(o, x, y, width, height)
	}
}

// under is the place under the pointer, 0 to 1.
func (b *bar) under(x float32) float64 {
	if b.Size().Width <= 0 {
		return 0
	}
	return float64(min(1, max(0, x/b.Size().Width)))
}

// hold takes the knob to the pointer.
func (b *bar) hold(x float32) {
	b.v.stir()
	if b.state.Duration <= 0 {
		return
	}
	b.scrubbing, b.at = true, b.under(x)
	b.point(x)
	b.v.chrome.update(b.v.state, b.v.full)
}

// release jumps to where the knob was held.
func (b *bar) release() {
	if !b.scrubbing {
		return
	}
	second := b.position(b.state)
	b.scrubbing = false
	b.v.stir()
	b.v.seek(second)
	b.v.Focus()
}

// point shows the time under the pointer above the bar.
func (b *bar) point(x float32) {
	if b.state.Duration <= 0 {
		return
	}
	b.bubble.set(clock(b.under(x)*b.state.Duration, b.state.Duration))
	half := b.bubble.width() / 2
	middle := b.Position().X + min(b.Size().Width-half, max(half, x))
	b.bubble.centre(middle, b.Position().Y-pillHeight/2-4)
}

// MouseDown is for the toolkit.
func (b *bar) MouseDown(e *desktop.MouseEvent) { b.hold(e.Position.X) }

// MouseUp is for the toolkit.
func (b *bar) MouseUp(*desktop.MouseEvent) { b.release() }

// Dragged is for the toolkit.
func (b *bar) Dragged(e *fyne.DragEvent) { b.hold(e.Position.X) }

// DragEnd is for the toolkit.
func (b *bar) DragEnd() { b.release() }

// MouseIn is for the toolkit.
func (b *bar) MouseIn(e *desktop.MouseEvent) { b.v.stir(); b.point(e.Position.X) }

// MouseMoved is for the toolkit.
func (b *bar) MouseMoved(e *desktop.MouseEvent) { b.v.stir(); b.point(e.Position.X) }

// MouseOut is for the toolkit.
func (b *bar) MouseOut() { b.bubble.set("") }

// CreateRenderer is for the toolkit.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{b.track}
	for _, h := range b.held {
		objects = append(objects, h)
	}
	return &plain{objects: append(objects, b.played, b.knob), layout: b.arrange, min: fyne.NewSize(100, barHeight)}
}
