package main

import (
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

const (
	awake  = 2 * time.Second        // after something happened, the window is as quick as it can be
	asleep = 250 * time.Millisecond // the longest that it may sleep while something is to be drawn
)

// idler lets the window sleep while nothing happens. The toolkit asks the system
// sixty times a second whether something did, which costs more than all else in
// a window that nobody touches. The idler waits for the system instead: a key or
// the mouse wakes the window at once, news from elsewhere after a moment.
type idler struct {
	moving func() bool           // pictures have to move now; asked on the UI goroutine
	wait   func(seconds float64) // for the system, or so long
	do     func(func())          // on the UI goroutine, to its end
	pause  func(time.Duration)
	now    func() time.Time
}

// newIdler returns an idler of the window; it may run once the toolkit does.
func newIdler(moving func() bool) *idler {
	return &idler{moving: moving, wait: glfw.WaitEventsTimeout, do: fyne.DoAndWait, pause: time.Sleep, now: time.Now}
}

// run does not return.
func (i *idler) run() {
	for {
		if !i.sleep() {
			i.pause(awake)
		}
	}
}

// sleep waits for the system, and tells whether nothing happened.
func (i *idler) sleep() (quiet bool) {
	i.do(func() {
		if i.moving() {
			return
		}
		defer ended()
		began := i.now()
		i.wait(asleep.Seconds())
		quiet = i.now().Sub(began) >= asleep
	})
	return quiet
}

// ended catches what glfw says when the toolkit has ended in the meantime; what
// goes wrong in a handler of an event goes on.
func ended() {
	why := recover()
	if _, ofGLFW := why.(*glfw.Error); why != nil && !ofGLFW {
		panic(why)
	}
}
