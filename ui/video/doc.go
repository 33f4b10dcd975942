// Package video shows a playing video: the picture in its shape on a black
// ground, and over it controls that go away by themselves.
//
// [Video] is one widget. It knows the player only as the interface [Player],
// which a page hands over; what happens around it (going back, sharing, full
// screen, another try) is told through [Hooks]. The player calls
// [Video.FrameReady] and [Video.StateChanged] from its own goroutines, and
// everything else belongs to the goroutine of the window.
//
// Over a picture the controls are light on dark, whatever the theme.
package video
