package video

import (
	"image/color"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// rest is how long the controls stay after the pointer came to rest.
const rest = 2500 * time.Millisecond

// Video is a widget that shows a playing video with its controls. Unless said
// otherwise its methods belong to the goroutine of the window.
type Video struct {
	widget.BaseWidget

	hooks   Hooks
	player  Player
	address string
	state   playback.State
	problem error // shown instead of a player's
	full    bool
	rest    time.Duration

	ground  *canvas.Rectangle
	picture *picture
	chrome  *chrome
	notice  *notice
	trouble *trouble

	hide     *time.Timer
	awake    bool // the controls are shown
	newFrame atomic.Bool
	newState atomic.Bool
}

// New returns a widget without a player: black, with its controls.
func New(h Hooks) *Video {
	v := &Video{hooks: h, rest: rest, awake: true, ground: canvas.NewRectangle(black), picture: newPicture()}
	v.chrome, v.notice, v.trouble = newChrome(v), newNotice(), newTrouble(v)
	v.ExtendBaseWidget(v)
	return v
}

// SetPlayer gives the widget something that plays; nil takes it away, which
// must be done before the player is closed.
func (v *Video) SetPlayer(p Player) {
	v.player, v.problem, v.state = p, nil, playback.State{}
	v.picture.show(p)
	v.stir()
	v.sync()
}

// Play loads an address into the player. What goes wrong is shown in the
// picture.
func (v *Video) Play(address string) {
	v.address, v.problem = address, nil
	if v.player != nil {
		v.problem = v.player.Load(address)
	}
	v.stir()
	v.sync()
}

// SetTitle says what is playing and, in a second line, where it comes from.
func (v *Video) SetTitle(title, detail string) {
	v.chrome.heading, v.chrome.second = title, detail
	v.chrome.layOut(v.Size())
}

// SetUsed says what playing has used so far ("0.42 ozone used"); empty shows
// nothing.
func (v *Video) SetUsed(text string) {
	if v.chrome.used.set(text) {
		v.chrome.layOut(v.Size())
	}
}

// ShowProblem shows why nothing plays, with a way to try again; nil takes it
// away.
func (v *Video) ShowProblem(err error) {
	v.problem = err
	v.sync()
}

// SetFullScreen tells the widget that the window fills the screen, or does no
// longer.
func (v *Video) SetFullScreen(on bool) {
	v.full = on
	v.chrome.update(v.state, v.full)
}

// FrameReady tells that the player has a new picture. It may be called from
// any goroutine and returns at once.
func (v *Video) FrameReady() {
	if v.newFrame.CompareAndSwap(false, true) {
		fyne.Do(func() {
			v.newFrame.Store(false)
			v.picture.raster.Refresh()
		})
	}
}

// StateChanged tells that the player's State has something new. It may be
// called from any goroutine and returns at once.
func (v *Video) StateChanged() {
	if v.newState.CompareAndSwap(false, true) {
		fyne.Do(func() {
			v.newState.Store(false)
			v.sync()
		})
	}
}

// Painted is how many different pictures reached the screen so far. It may be
// called from any goroutine.
func (v *Video) Painted() uint64 { return v.picture.painted.Load() }

// sync shows the player's state.
func (v *Video) sync() {
	if v.player != nil {
		v.state = v.player.State()
	}
	v.picture.layOut(v.Size(), v.state)
	v.trouble.show(v.failure(), v.Size())
	v.notice.wait(v.waitingFor())
	if v.awake {
		v.chrome.update(v.state, v.full)
	} else if !v.mayRest() {
		v.stir()
	}
}

// failure is why nothing plays, nil while all is well.
func (v *Video) failure() error {
	if v.problem != nil {
		return v.problem
	}
	return v.state.Problem
}

// waitingFor says in words what the picture waits for; empty when it does not.
func (v *Video) waitingFor() string {
	switch {
	case v.failure() != nil || v.player == nil || v.address == "":
		return ""
	case !v.state.Shown:
		return "Opening…"
	case v.state.Waiting:
		return "Waiting for the network…"
	}
	return ""
}

// stir shows the controls, and lets them go some time later.
func (v *Video) stir() {
	if v.hide != nil {
		v.hide.Stop()
	}
	v.hide = time.AfterFunc(v.rest, func() { fyne.Do(v.settle) })
	if !v.awake {
		v.awake = true
		v.chrome.update(v.state, v.full)
		v.chrome.box.Show()
	}
}

// settle hides the controls, unless somebody may want them.
func (v *Video) settle() {
	if !v.mayRest() {
		return
	}
	v.awake = false
	v.chrome.box.Hide()
}

// mayRest tells whether the picture can do without controls.
func (v *Video) mayRest() bool {
	if v.player == nil || v.state.Paused || v.state.Ended || v.failure() != nil || v.chrome.bar.scrubbing {
		return false
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	return c == nil || c.Overlays().Top() == nil
}

// tell shows a word in the picture for a moment.
func (v *Video) tell(text string) { v.notice.tell(text) }

// MinSize is as small as the controls allow.
func (v *Video) MinSize() fyne.Size { return fyne.NewSize(480, 270) }

// CreateRenderer is for the toolkit.
func (v *Video) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{v: v, objects: []fyne.CanvasObject{v.ground, v.picture.raster, v.chrome.box, v.notice.box, v.trouble.box}}
}

type renderer struct {
	v       *Video
	objects []fyne.CanvasObject
}

func (r *renderer) Layout(size fyne.Size) {
	v := r.v
	put(v.ground, 0, 0, size.Width, size.Height)
	v.picture.layOut(size, v.state)
	put(v.chrome.box, 0, 0, size.Width, size.Height)
	v.chrome.layOut(size)
	put(v.notice.box, 0, 0, size.Width, size.Height)
	v.notice.layOut(size)
	put(v.trouble.box, 0, 0, size.Width, size.Height)
	v.trouble.layOut(size)
}

func (r *renderer) MinSize() fyne.Size           { return r.v.MinSize() }
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *renderer) BackgroundColor() color.Color { return black }
func (r *renderer) Refresh() {
	r.Layout(r.v.Size())
	canvas.Refresh(r.v)
}

func (r *renderer) Destroy() {
	if r.v.hide != nil {
		r.v.hide.Stop()
	}
	r.v.notice.stop()
}
