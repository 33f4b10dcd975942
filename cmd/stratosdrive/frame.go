package main

import (
	"github.com/go-gl/glfw/v3.4/glfw"
)

// frame is what the toolkit does not tell of its window: where it lies, and the
// buttons at the side of a mouse. All of it belongs to the UI goroutine.
type frame struct {
	window *glfw.Window // nil until the first picture was painted
}

// Follow calls back and forward for the buttons at the side of the mouse, as
// soon as the window is there; calling it again does nothing.
func (f *frame) Follow(back, forward func()) {
	if f.window != nil {
		return
	}
	if f.window = glfw.GetCurrentContext(); f.window == nil {
		return
	}
	var next glfw.MouseButtonCallback
	next = f.window.SetMouseButtonCallback(func(w *glfw.Window, b glfw.MouseButton, a glfw.Action, m glfw.ModifierKey) {
		switch {
		case b == glfw.MouseButton4 && a == glfw.Press:
			back()
		case b == glfw.MouseButton5 && a == glfw.Press:
			forward()
		case b <= glfw.MouseButton3 && next != nil:
			next(w, b, a, m)
		}
	})
}

// Position is where the window lies. On Wayland programs may not know that.
func (f *frame) Position() (x, y int, ok bool) {
	if f.window == nil || glfw.GetPlatform() == glfw.PlatformWayland {
		return 0, 0, false
	}
	x, y = f.window.GetPos()
	return x, y, true
}
