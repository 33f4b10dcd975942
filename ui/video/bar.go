package video

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// Measures of the bar.
const (
	barHeight   float32 = 24 // that takes the pointer
	trackHeight float32 = 6
	knobSize    float32 = 16
	markHeight  float32 = 14 // of an end of the part that is repeated
	maxHeld             = 12 // stretches that are drawn
	maxChapters         = 60 // chapters that are drawn; more would hide the bar
)

// bar shows how far the video is, what is at hand and where chapters begin,
// and takes jumps.
type bar struct {
	widget.BaseWidget
	keyed

	state     playback.State
	stock     []playback.Range // what is at hand
	scrubbing bool             // the knob is held
	over      bool             // the toolkit says that the pointer is here
	at        float64          // where it is held, as a part of the whole
	glimpse   *glimpse         // what is under the pointer

	track, played, knob, ring *canvas.Rectangle
	from, to                  *canvas.Rectangle // of the part that is repeated
	held                      []*canvas.Rectangle
	chapters                  *fyne.Container
}

var (
	_ desktop.Hoverable = (*bar)(nil)
	_ desktop.Mouseable = (*bar)(nil)
	_ fyne.Draggable    = (*bar)(nil)
	_ fyne.Focusable    = (*bar)(nil)
)

func newBar(v *Video) *bar {
	b := &bar{
		track: round(glass), played: round(accent), knob: round(white), ring: newRing(), glimpse: newGlimpse(v.repaint),
		from: canvas.NewRectangle(white), to: canvas.NewRectangle(white), chapters: container.NewWithoutLayout(),
	}
	b.keyed = keyed{v: v, draw: func() { setVisible(b.ring, b.focused) }}
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

// update shows a state, and what is at hand.
func (b *bar) update(s playback.State, stock []playback.Range) {
	b.state, b.stock = s, stock
	b.arrange(b.Size())
}

// arrange puts everything where the state says.
func (b *bar) arrange(size fyne.Size) {
	y := (size.Height - trackHeight) / 2
	move(b.track, 0, y, size.Width, trackHeight)
	stretches := rules.Stretches(b.stock, b.state.Duration, maxHeld)
	for i, h := range b.held {
		if i < len(stretches) {
			move(h, float32(stretches[i].From)*size.Width, y, float32(stretches[i].To-stretches[i].From)*size.Width, trackHeight)
		}
		setVisible(h, i < len(stretches))
	}
	x := b.part(b.position(b.state)) * size.Width
	move(b.played, 0, y, x, trackHeight)
	move(b.knob, x-knobSize/2, (size.Height-knobSize)/2, knobSize, knobSize)
	setVisible(b.knob, b.state.Duration > 0)
	move(b.ring, -6, 0, size.Width+12, size.Height)
	b.arrangeChapters(size, y)
	b.arrangeLoop(size)
}

// arrangeChapters makes a gap where a chapter begins.
func (b *bar) arrangeChapters(size fyne.Size, y float32) {
	chapters := b.state.Chapters
	if len(chapters) > maxChapters || b.state.Duration <= 0 {
		chapters = nil
	}
	for len(b.chapters.Objects) < len(chapters) {
		b.chapters.Add(canvas.NewRectangle(gap))
	}
	for i, mark := range b.chapters.Objects {
		if setVisible(mark, i < len(chapters) && chapters[i].At > 0); mark.Visible() {
			move(mark, b.part(chapters[i].At)*size.Width-1, y, 2, trackHeight)
		}
	}
}

// arrangeLoop marks the part that is repeated.
func (b *bar) arrangeLoop(size fyne.Size) {
	l, y := b.state.Loop, (size.Height-markHeight)/2
	move(b.from, b.part(l.From)*size.Width-1, y, 2, markHeight)
	move(b.to, b.part(l.To)*size.Width-1, y, 2, markHeight)
	setVisible(b.from, l.Begun && b.state.Duration > 0)
	setVisible(b.to, l.Begun && l.To > 0 && b.state.Duration > 0)
}

// part is where a second lies, 0 to 1.
func (b *bar) part(second float64) float32 { return float32(rules.PartOf(second, b.state.Duration)) }

// move places an object on whole pixels, and only if it is not there yet.
func move(o fyne.CanvasObject, x, y, width, height float32) {
	x, width = float32(int(x)), float32(int(width+0.5))
	if o.Position() != fyne.NewPos(x, y) || o.Size() != fyne.NewSize(width, height) {
		put(o, x, y, width, height)
	}
}

// hold takes the knob to the pointer.
func (b *bar) hold(x float32) {
	b.v.stir()
	if b.state.Duration <= 0 {
		return
	}
	b.scrubbing, b.at = true, rules.Part(x, b.Size().Width)
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
	if !b.over { // it came up under a pointer that rested: nobody tells when that leaves
		b.glimpse.hide()
	}
	b.v.stir()
	b.v.seek(second)
	b.v.Focus()
}

// point shows what is under the pointer above the bar.
func (b *bar) point(x float32) {
	if b.state.Duration > 0 {
		b.glimpse.show(b.state, rules.Part(x, b.Size().Width)*b.state.Duration, b.Position().AddXY(x, 0), b.Position().X, b.Size().Width)
	}
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
func (b *bar) MouseIn(e *desktop.MouseEvent) {
	b.over = true
	b.v.stir()
	b.point(e.Position.X)
}

// MouseMoved is for the toolkit.
func (b *bar) MouseMoved(e *desktop.MouseEvent) { b.v.stir(); b.point(e.Position.X) }

// MouseOut is for the toolkit.
func (b *bar) MouseOut() {
	b.over = false
	b.glimpse.hide()
}

// CreateRenderer is for the toolkit.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{b.track}
	for _, h := range b.held {
		objects = append(objects, h)
	}
	return &plain{
		objects: append(objects, b.played, b.chapters, b.from, b.to, b.knob, b.ring),
		layout:  b.arrange, min: fyne.NewSize(100, barHeight),
	}
}
