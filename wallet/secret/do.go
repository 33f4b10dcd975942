package secret

import (
	"crypto/subtle"
	"runtime"
)

// Sizes of the frames of [Do]: the lower one stays in use while the code runs,
// so that the stack is not shrunk, which would leave a copy behind; the upper
// one covers what the code uses.
const (
	baseFrame = 72 << 10
	workFrame = 96 << 10
)

// Do runs f on a stack and a thread of its own and overwrites stack and
// vector registers afterwards, so that no copy of what f computed with stays
// there. What f allocates is f's to wipe. A panic of f is passed on.
func Do(f func()) {
	done := make(chan any, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer func() { done <- recover() }()
		based(f)
	}()
	if p := <-done; p != nil {
		panic(p)
	}
}

//go:noinline
func based(f func()) {
	var base [baseFrame]byte
	overwrite() // the stack has its final size before f begins
	defer overwrite()
	defer clearRegisters()
	f()
	runtime.KeepAlive(&base)
}

// overwrite fills the stack above the caller with zeros.
//
//go:noinline
func overwrite() {
	var frame [workFrame]byte
	sink(&frame)
}

//go:noinline
func sink(frame *[workFrame]byte) { clear(frame[:]) }

// Wipe overwrites every slice with zeros.
func Wipe(secrets ...[]byte) {
	for _, s := range secrets {
		clear(s)
	}
}

func equal(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
