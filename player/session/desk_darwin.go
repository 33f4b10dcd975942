package session

import (
	"os"
	"os/exec"
	"strconv"
)

// connect keeps the screen on; macOS gives its keys for media to programs that
// were built with its own frameworks.
func connect(Options) (panel, awake) { return noPanel{}, &wakeLock{} }

// wakeLock is a run of the system's caffeinate. It ends with this process, even
// when that crashes.
type wakeLock struct{ child *exec.Cmd }

func (w *wakeLock) hold() {
	if w.child != nil {
		return
	}
	child := exec.Command("/usr/bin/caffeinate", "-d", "-i", "-w", strconv.Itoa(os.Getpid()))
	if child.Start() == nil {
		w.child = child
	}
}

func (w *wakeLock) release() {
	if w.child == nil {
		return
	}
	_ = w.child.Process.Kill() // it may have ended
	_ = w.child.Wait()
	w.child = nil
}
