package video

import "fyne.io/fyne/v2"

// Focus gives the keyboard to the video.
func (v *Video) Focus() {
	if c := v.canvas(); c != nil && c.Focused() != v {
		c.Focus(v)
	}
}

func (v *Video) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(v) }

// handFocus gives the keyboard to an answer, if the video has it or nobody.
func (v *Video) handFocus(to fyne.Focusable) {
	if c := v.canvas(); c != nil && (c.Focused() == nil || c.Focused() == v) && c.Overlays().Top() == nil {
		c.Focus(to)
	}
}

// takeFocus takes the keyboard back from answers that go away.
func (v *Video) takeFocus(from ...fyne.Focusable) {
	c := v.canvas()
	if c == nil {
		return
	}
	for _, f := range from {
		if c.Focused() == f {
			c.Focus(v)
		}
	}
}
