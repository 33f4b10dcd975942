package video

import (
	"fmt"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

var (
	_ fyne.Tappable       = (*Video)(nil)
	_ fyne.DoubleTappable = (*Video)(nil)
	_ fyne.Focusable      = (*Video)(nil)
	_ fyne.Scrollable     = (*Video)(nil)
	_ desktop.Hoverable   = (*Video)(nil)
	_ desktop.Cursorable  = (*Video)(nil)
)

// Focus gives the keyboard to the video.
func (v *Video) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil && c.Focused() != v {
		c.Focus(v)
	}
}

// FocusGained is for the toolkit.
func (v *Video) FocusGained() {}

// FocusLost is for the toolkit.
func (v *Video) FocusLost() {}

// Tapped stops or goes on.
func (v *Video) Tapped(*fyne.PointEvent) {
	v.stir()
	v.Focus()
	v.togglePause()
}

// DoubleTapped fills the screen or leaves it.
func (v *Video) DoubleTapped(*fyne.PointEvent) { v.toggleFull() }

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

// keys are those that carry no letter. Jumps and volume as in YouTube and mpv.
var keys = map[fyne.KeyName]func(*Video){
	fyne.KeyLeft:   func(v *Video) { v.skip(-5) },
	fyne.KeyRight:  func(v *Video) { v.skip(5) },
	fyne.KeyUp:     func(v *Video) { v.louder(5) },
	fyne.KeyDown:   func(v *Video) { v.louder(-5) },
	fyne.KeyHome:   func(v *Video) { v.seek(0) },
	fyne.KeyEnd:    func(v *Video) { v.seekPart(1) },
	fyne.KeyEscape: func(v *Video) { v.leave() },
}

// letters are the keys with a letter or a sign, wherever the keyboard has it.
var letters = map[rune]func(*Video){
	' ': (*Video).togglePause, 'k': (*Video).togglePause,
	'j': func(v *Video) { v.skip(-10) }, 'l': func(v *Video) { v.skip(10) },
	'f': (*Video).toggleFull, 'm': (*Video).toggleMute,
	',': func(v *Video) { v.step(true) }, '.': func(v *Video) { v.step(false) },
	'[': func(v *Video) { v.faster(false) }, ']': func(v *Video) { v.faster(true) },
	'<': func(v *Video) { v.faster(false) }, '>': func(v *Video) { v.faster(true) },
	'c': (*Video).nextSubtitles,
}

// TypedKey is for the toolkit.
func (v *Video) TypedKey(e *fyne.KeyEvent) {
	if do, ok := keys[e.Name]; ok {
		do(v)
	}
}

// TypedRune is for the toolkit.
func (v *Video) TypedRune(r rune) {
	r = unicode.ToLower(r)
	if do, ok := letters[r]; ok {
		do(v)
	} else if r >= '0' && r <= '9' {
		v.seekPart(float64(r-'0') / 10)
	}
}

// leave goes out of full screen, or back.
func (v *Video) leave() {
	switch {
	case v.full:
		v.toggleFull()
	case v.hooks.Back != nil:
		v.hooks.Back()
	}
}

func (v *Video) toggleFull() {
	if v.hooks.FullScreen != nil {
		v.SetFullScreen(!v.full)
		v.hooks.FullScreen(v.full)
	}
}

func percent(volume float64) string { return fmt.Sprintf("Volume %.0f %%", volume) }
