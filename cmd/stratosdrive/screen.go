package main

import (
	"image"

	"github.com/go-gl/glfw/v3.4/glfw"
)

// screen is the part of the first screen that no bar of the desktop takes. The
// toolkit, which has this library running, does not tell. It belongs to the
// goroutine of the window.
func screen() image.Rectangle {
	monitor := glfw.GetPrimaryMonitor()
	if monitor == nil {
		return image.Rectangle{}
	}
	x, y, width, height := monitor.GetWorkarea()
	return image.Rect(x, y, x+width, y+height)
}
