package video

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

var (
	_ fyne.Tappable       = (*Video)(nil)
	_ fyne.DoubleTappable = (*Video)(nil)
	_ fyne.Focusable      = (*Video)(nil)
	_ fyne.Scrollable     = (*Video)(nil)
	_ desktop.Hoverable   = (*Video)(nil)
	_ desktop.Cursorable  = (*Video)(nil)
)

// FocusGained is for the toolkit.
func (v *Video) FocusGained() {}

// FocusLost is for the toolkit.
func (v *Video) FocusLost() {}

// Tapped stops or goes on; over the list of keys it takes that away.
func (v *Video) Tapped(*fyne.PointEvent) {
	v.stir()
	v.Focus()
	if v.keys.box.Visible() {
		v.toggle(v.keys)
		return
	}
	v.togglePause()
}

// DoubleTapped fills the screen or leaves it; in a small window it leads back
// to the large one.
func (v *Video) DoubleTapped(*fyne.PointEvent) {
	if v.small && v.hooks.Back != nil {
		v.hooks.Back()
		return
	}
	v.toggleFull()
}

// Scrolled changes the volume.
func (v *Video) Scrolled(e *fyne.ScrollEvent) {
	switch {
	case e.Scrolled.DY > 0:
		v.louder(5)
	case e.Scrolled.DY < 0:
		v.louder(-5)
	}
}

// MouseIn shows the controls.
func (v *Video) MouseIn(*desktop.MouseEvent) { v.stir() }

// MouseMoved shows the controls.
func (v *Video) MouseMoved(*desktop.MouseEvent) { v.stir() }

// MouseOut does nothing: the pointer may be on a control, and the controls go
// by themselves.
func (v *Video) MouseOut() {}

// Cursor hides the pointer together with the controls.
func (v *Video) Cursor() desktop.Cursor {
	if v.awake {
		return desktop.DefaultCursor
	}
	return desktop.HiddenCursor
}

// TypedKey is for the toolkit.
func (v *Video) TypedKey(e *fyne.KeyEvent) { v.carryOut(rules.OfName(string(e.Name)), 0) }

// TypedRune is for the toolkit.
func (v *Video) TypedRune(r rune) { v.carryOut(rules.OfRune(r), int(r-'0')) }

// carryOut does what a key asks for.
func (v *Video) carryOut(o rules.Order, digit int) {
	if o == rules.ToPart {
		v.seekPart(float64(digit) / 10)
	} else if do, ok := orders[o]; ok {
		do(v)
	}
}

// orders are what keys do.
var orders = map[rules.Order]func(*Video){
	rules.PlayPause:   (*Video).togglePause,
	rules.BackTen:     func(v *Video) { v.skip(-10) },
	rules.OnTen:       func(v *Video) { v.skip(10) },
	rules.BackFive:    func(v *Video) { v.skip(-5) },
	rules.OnFive:      func(v *Video) { v.skip(5) },
	rules.FrameBack:   func(v *Video) { v.step(true) },
	rules.FrameOn:     func(v *Video) { v.step(false) },
	rules.ToStart:     func(v *Video) { v.seek(0) },
	rules.ToEnd:       func(v *Video) { v.seekPart(1) },
	rules.ChapterBack: func(v *Video) { v.chapter(false) },
	rules.ChapterOn:   func(v *Video) { v.chapter(true) },

	rules.PreviousItem: func(v *Video) { v.goTo(v.hooks.Previous, v.chrome.before) },
	rules.NextItem:     func(v *Video) { v.goTo(v.hooks.Next, v.chrome.after) },

	rules.VolumeUp:   func(v *Video) { v.louder(5) },
	rules.VolumeDown: func(v *Video) { v.louder(-5) },
	rules.Mute:       (*Video).toggleMute,

	rules.SpeedDown:   func(v *Video) { v.setSpeed(rules.Slower(v.state.Speed)) },
	rules.SpeedUp:     func(v *Video) { v.setSpeed(rules.Faster(v.state.Speed)) },
	rules.SpeedHalf:   func(v *Video) { v.setSpeed(rules.Times(v.state.Speed, 0.5)) },
	rules.SpeedDouble: func(v *Video) { v.setSpeed(rules.Times(v.state.Speed, 2)) },
	rules.SpeedNormal: func(v *Video) { v.setSpeed(1) },

	rules.NextSubtitles:    (*Video).nextSubtitles,
	rules.ShowSubtitles:    (*Video).toggleSubtitles,
	rules.SubtitlesEarlier: func(v *Video) { v.delaySubtitles(-delayStep) },
	rules.SubtitlesLater:   func(v *Video) { v.delaySubtitles(delayStep) },
	rules.NextSound:        (*Video).nextSound,
	rules.SoundEarlier:     func(v *Video) { v.delaySound(-delayStep) },
	rules.SoundLater:       func(v *Video) { v.delaySound(delayStep) },

	rules.LoopWhole:   (*Video).loopWhole,
	rules.LoopPart:    (*Video).loopPart,
	rules.FullScreen:  (*Video).toggleFull,
	rules.SmallWindow: func(v *Video) { v.do(v.hooks.Small) },
	rules.ShowFigures: (*Video).toggleFigures,
	rules.ShowKeys:    (*Video).toggleKeys,
	rules.Leave:       (*Video).leave,
}
