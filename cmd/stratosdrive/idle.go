package main

import (
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

const (
	awake  = 2 * time.Second        // after somebody did something, the window is as quick as it can be
	glance = 50 * time.Millisecond  // for news to be taken in and drawn
	asleep = 15 * time.Second       // the longest that it sleeps: what the toolkit brings by itself waits so long
	drowsy = 250 * time.Millisecond // the same while a cursor blinks
)

// idler lets the window sleep while nothing happens. The toolkit asks the system
// sixty times a second whether something did, which costs more than all else in
// a window that nobody touches; so does each short sleep. The idler waits for
// the system instead: a key or the mouse wakes the window at once, and so does
// what other goroutines bring by Do.
type idler struct {
	moving func() bool           // pictures have to move now; asked on the UI goroutine
	typing func() bool           // a cursor blinks; asked there too
	wait   func(seconds float64) // for the system, or so long
	wake   func()                // ends wait
	post   func(func())          // for the UI goroutine, later
	do     func(func())          // on the UI goroutine, to its end
	pause  func(time.Duration)
	now    func() time.Time

	waiting, news atomic.Bool
}

// newIdler returns an idler of the window; it may run once the toolkit does.
func newIdler() *idler {
	return &idler{
		wait: glfw.WaitEventsTimeout, wake: glfw.PostEmptyEvent, post: fyne.Do, do: fyne.DoAndWait,
		pause: time.Sleep, now: time.Now,
	}
}

// Do runs f on the UI goroutine, soon, and wakes it.
func (i *idler) Do(f func()) {
	i.post(f)
	i.news.Store(true)
	if i.waiting.Load() {
		defer ended()
		i.wake()
	}
}

// run does not return.
func (i *idler) run(moving, typing func() bool) {
	i.moving, i.typing = moving, typing
	for {
		i.pause(i.sleep())
	}
}

// sleep waits for the system or for news, and returns how long the window stays
// awake then.
func (i *idler) sleep() (up time.Duration) {
	up = awake
	i.do(func() {
		if i.moving() {
			return
		}
		long := asleep
		if i.typing() {
			long = drowsy
		}
		defer ended()
		began := i.now()
		news := i.doze(long)
		if news || i.now().Sub(began) >= long {
			up = glance
		}
	})
	return up
}

// doze waits for the system, unless there are news, and tells whether there are.
func (i *idler) doze(long time.Duration) (news bool) {
	i.waiting.Store(true) // first, so that what comes now wakes
	defer i.waiting.Store(false)
	if !i.news.Load() {
		i.wait(long.Seconds())
	}
	return i.news.Swap(false)
}

// ended catches what glfw says when the toolkit has ended in the meantime; what
// goes wrong in a handler of an event goes on.
func ended() {
	why := recover()
	if _, ofGLFW := why.(*glfw.Error); why != nil && !ofGLFW {
		panic(why)
	}
}
