package video

import (
	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// sync shows the player's state.
func (v *Video) sync() {
	if v.player != nil {
		v.state = v.player.State()
	}
	if v.hooks.Supply != nil {
		v.supply = v.hooks.Supply(v.state.Duration)
	}
	if v.state.Open && !v.opened && v.address != "" {
		v.opened = true
		v.do(v.hooks.Opened)
	}
	v.jumpOnce()
	v.placePicture(v.Size())
	v.trouble.show(v.failure(), v.Size())
	v.showStill()
	v.sayWait()
	v.offerNext()
	if v.figures.box.Visible() {
		v.showFigures()
	}
	if v.awake {
		v.chrome.update(v.state, v.full)
	} else if v.reasons().Any() {
		v.stir()
	}
}

// stock is what could be played without fetching: what the player holds, and
// what lies on this computer.
func stock(s playback.State, u playback.Supply) []playback.Range {
	return rules.Merge(s.Buffered, u.Here)
}

// failure is why nothing plays, nil while all is well.
func (v *Video) failure() error {
	if v.problem != nil {
		return v.problem
	}
	return v.state.Problem
}

// sayWait says what the picture waits for, once that takes long.
func (v *Video) sayWait() {
	kind := rules.WaitOf(v.state)
	if v.failure() != nil || v.player == nil || v.address == "" || v.ask.open() {
		kind = rules.Nothing
	}
	say, again := v.waiting.See(kind, v.clock.now())
	if again > 0 {
		v.look.in(again, v.sync)
	}
	v.notice.wait(sayWait(say, v.part(say), v.supply.Fetched))
}

// part is which part of what is waited for is there; negative where that is
// not known.
func (v *Video) part(kind rules.Wait) float64 {
	if kind != rules.Network && kind != rules.Jumping {
		return -1
	}
	return rules.Filled(v.state.Buffered, v.state.Position)
}

// stir shows the controls, and lets them go some time later.
func (v *Video) stir() {
	v.attention.Stir(v.clock.now())
	v.hide.in(rules.Rest, v.settle)
	if !v.awake {
		v.awake = true
		v.chrome.update(v.state, v.full)
		v.chrome.box.Show()
		v.raise()
		v.repaint()
	}
}

// raise moves subtitles up while the controls lie over them.
func (v *Video) raise() {
	part := 0.0
	if v.awake {
		p := v.picture.raster
		part = rules.Lift(p.Position().Y+p.Size().Height, p.Size().Height, v.Size().Height-v.chrome.foot())
	}
	if v.player != nil && part != v.raised {
		v.raised = part
		v.player.RaiseSubtitles(part)
	}
}

// settle hides the controls, unless somebody may want them.
func (v *Video) settle() {
	if !v.awake || v.attention.Shown(v.clock.now(), v.reasons()) {
		return
	}
	v.awake = false
	v.chrome.box.Hide()
	v.raise()
	v.repaint()
}

// reasons are why the controls have to stay.
func (v *Video) reasons() rules.Reasons {
	return rules.Reasons{
		NoPlayer: v.player == nil, Paused: v.state.Paused, Ended: v.state.Ended, Trouble: v.failure() != nil,
		Asking: v.ask.open(), Held: v.chrome.bar.scrubbing, Pointed: v.chrome.bar.glimpse.box.Visible(), Focused: v.focused,
		Heard: rules.Heard(v.state), Covered: v.keys.box.Visible() || v.covered(),
	}
}

// covered tells whether a menu lies over the window.
func (v *Video) covered() bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	return c != nil && c.Overlays().Top() != nil
}

// repaint draws the picture again. The toolkit does not do so by itself when
// something comes up that it never painted before, or goes away.
func (v *Video) repaint() { v.ground.first.Refresh() }

// toggle shows a panel or takes it away.
func (v *Video) toggle(p *panel) {
	setVisible(p.box, !p.box.Visible())
	v.stir()
	v.repaint()
}

// tell shows a word in the picture for a moment.
func (v *Video) tell(text string) { v.notice.tell(text) }

// showFigures brings the figures up to date.
func (v *Video) showFigures() {
	names, values := column{}, column{}
	for _, l := range figures(v.state, v.supply) {
		names, values = append(names, l.name), append(values, l.value)
	}
	v.figures.set(names, values)
	v.figures.place(side, topShade)
}
