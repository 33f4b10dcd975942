package session

import (
	"runtime"
	"syscall"
)

// connect keeps the screen on; Windows gives its keys for media to programs of
// its newer kind.
func connect(Options) (panel, awake) { return noPanel{}, &wakeLock{} }

// What SetThreadExecutionState takes (winbase.h).
const (
	continuous      = 0x80000000
	systemRequired  = 0x1
	displayRequired = 0x2
)

// wakeLock is a thread that tells Windows that it needs the screen. The end of
// the thread takes that back.
type wakeLock struct {
	end, done chan struct{} // nil while nothing is held
}

func (w *wakeLock) hold() {
	if w.end != nil {
		return
	}
	w.end, w.done = make(chan struct{}), make(chan struct{})
	go func(end, done chan struct{}) {
		defer close(done)
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		set := syscall.NewLazyDLL("kernel32.dll").NewProc("SetThreadExecutionState")
		_, _, _ = set.Call(continuous | systemRequired | displayRequired) // refused: the screen goes off as always
		<-end
		_, _, _ = set.Call(continuous)
	}(w.end, w.done)
}

func (w *wakeLock) release() {
	if w.end == nil {
		return
	}
	close(w.end)
	<-w.done
	w.end, w.done = nil, nil
}
