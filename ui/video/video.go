package video

import (
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// Video is a widget that shows a playing video with its controls. Unless said
// otherwise its methods belong to the goroutine of the window.
type Video struct {
	widget.BaseWidget

	hooks   Hooks
	player  Player
	address string
	state   playback.State
	supply  playback.Supply
	problem error // shown instead of a player's
	full    bool
	small   bool    // a small window, with few controls
	raised  float64 // part of the picture by which the subtitles are
	playOn  bool    // the next follows at the end
	opened  bool    // length and tracks are known
	offered bool    // what comes next, after the end
	last    int     // subtitles that were shown last, 0 = none
	jump    later

	ground  ground
	picture *picture
	record  *record
	still   *still
	chrome  *chrome
	notice  *notice
	figures *panel
	keys    *panel
	ask     *question
	trouble *trouble

	clock     clock
	attention rules.Attention
	waiting   rules.Waiting
	hide      alarm // the controls go
	look      alarm // a wait became long
	goOn      alarm // with what comes next
	awake     bool  // the controls are shown
	focused   bool  // the keyboard is on a control
	newFrame  atomic.Bool
	newState  atomic.Bool
}

// New returns a widget without a player: black, with its controls.
func New(h Hooks) *Video { return newVideo(h, clockOf(h), false) }

// NewSmall returns a widget for a small window: it has few controls, and "Back"
// leads to the large one.
func NewSmall(h Hooks) *Video { return newVideo(h, clockOf(h), true) }

func newVideo(h Hooks, c clock, small bool) *Video {
	v := &Video{hooks: h, clock: c, small: small, awake: true, ground: newGround(), record: newRecord(), still: newStill()}
	v.picture = newPicture(v.StateChanged)
	v.hide.clock, v.look.clock, v.goOn.clock = &v.clock, &v.clock, &v.clock
	v.chrome, v.notice, v.trouble, v.ask = newChrome(v), newNotice(v), newTrouble(v), newQuestion(v)
	v.figures, v.keys = newPanel(), newPanel()
	v.keys.set(keyColumns()...)
	v.ExtendBaseWidget(v)
	return v
}

// SetPlayer gives the widget something that plays; nil takes it away, which
// must be done before the player is closed.
func (v *Video) SetPlayer(p Player) { v.Take(p, "") }

// Take gives the widget something that plays an address already.
func (v *Video) Take(p Player, address string) {
	v.player, v.address, v.problem, v.state, v.raised = p, address, nil, playback.State{}, -1
	v.opened = p != nil && p.State().Open
	v.picture.show(p)
	v.stir()
	v.sync()
}

// Play loads an address into the player. What goes wrong is shown in the
// picture.
func (v *Video) Play(address string) {
	v.address, v.problem, v.last, v.jump, v.offered = address, nil, 0, later{}, false
	v.opened = false
	v.picture.renew()
	v.ask.close()
	if v.player != nil {
		v.problem = v.player.Load(address)
	}
	v.stir()
	v.sync()
}

// SetTitle says what is playing and, in a second line, where it comes from.
func (v *Video) SetTitle(title, detail string) {
	if v.chrome.heading == title && v.chrome.second == detail {
		return
	}
	v.chrome.heading, v.chrome.second = title, detail
	v.chrome.layOut(v.Size())
}

// SetNeighbours says what comes before and after the video; empty is nothing.
func (v *Video) SetNeighbours(before, after string) {
	v.chrome.before, v.chrome.after = before, after
	v.chrome.layOut(v.Size())
	v.sync()
}

// SetPlayOn says whether the next follows at the end.
func (v *Video) SetPlayOn(on bool) { v.playOn = on }

// SetThumbnails gives the widget small pictures to show above the bar; nil
// takes them away, which must be done before they are closed.
func (v *Video) SetThumbnails(t Thumbnails) { v.chrome.bar.glimpse.source = t }

// SetHooks changes what the page around the video does.
func (v *Video) SetHooks(change func(*Hooks)) {
	change(&v.hooks)
	v.chrome.hook()
	v.chrome.layOut(v.Size())
	v.trouble.elsewhere.tapped = v.hooks.Elsewhere
	v.trouble.layOut(v.Size())
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

// StateChanged tells that the player's State, or how the bytes come, has
// something new. It may be called from any goroutine and returns at once.
func (v *Video) StateChanged() {
	if v.newState.CompareAndSwap(false, true) {
		fyne.Do(func() {
			v.newState.Store(false)
			v.sync()
		})
	}
}

// ThumbnailReady tells that there is a new small picture. It may be called
// from any goroutine.
func (v *Video) ThumbnailReady() { fyne.Do(v.chrome.bar.glimpse.look) }

// Painted is how many different pictures reached the screen so far. It may be
// called from any goroutine.
func (v *Video) Painted() uint64 { return v.picture.painted.Load() }

// MinSize is as small as the controls allow.
func (v *Video) MinSize() fyne.Size {
	if v.small {
		return fyne.NewSize(200, 112)
	}
	return fyne.NewSize(480, 270)
}

// CreateRenderer is for the toolkit.
func (v *Video) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{v: v, objects: []fyne.CanvasObject{
		v.ground.first, v.ground.second, v.picture.raster, v.record.box, v.still.box, v.chrome.box, v.notice.box, v.figures.box, v.ask.box, v.keys.box, v.trouble.box,
	}}
}

type renderer struct {
	v       *Video
	objects []fyne.CanvasObject
}

// Layout places the parts.
func (r *renderer) Layout(size fyne.Size) {
	v := r.v
	v.placePicture(size)
	v.still.layOut(size)
	for _, o := range r.objects[3:] {
		put(o, 0, 0, size.Width, size.Height)
	}
	v.chrome.layOut(size)
	v.notice.layOut(size)
	v.figures.place(side, topShade)
	v.ask.layOut(size)
	v.keys.centre(size)
	v.trouble.layOut(size)
}

// MinSize is what it needs at least.
func (r *renderer) MinSize() fyne.Size { return r.v.MinSize() }

// Objects are the parts.
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

// Refresh draws it anew.
func (r *renderer) Refresh() {
	r.Layout(r.v.Size())
	canvas.Refresh(r.v)
}

// Destroy ends what it holds.
func (r *renderer) Destroy() {
	r.v.hide.stop()
	r.v.look.stop()
	r.v.goOn.stop()
	r.v.notice.stop()
}
