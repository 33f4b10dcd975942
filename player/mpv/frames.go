package mpv

import (
	"image"
	"sync"
	"unsafe"
)

// frames are three pictures that go round between one who draws and one who
// paints: one is drawn, one is ready, one is painted. None of the two ever
// waits for the other, and what is painted is never drawn over.
type frames struct {
	mu     sync.Mutex
	back   *image.RGBA // of the one who draws
	ready  *image.RGBA
	front  *image.RGBA // of the one who paints
	fresh  bool        // ready is newer than front
	due    int64       // of ready, see frameInfo; 0 = unknown
	number uint64      // of the newest that was drawn
	shown  uint64      // of front
}

// blank returns the picture to draw next; it belongs to the caller until
// publish.
func (f *frames) blank(want size) *image.RGBA {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.back == nil || f.back.Rect.Dx() != want.width || f.back.Rect.Dy() != want.height {
		f.back = aligned(want)
	}
	return f.back
}

// publish makes the picture that was drawn the newest; due is when it belongs
// on the screen.
func (f *frames) publish(due int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.back, f.ready = f.ready, f.back
	f.fresh, f.due = true, due
	f.number++
}

// take returns the newest picture; it belongs to the caller until the next
// take. The first time that it is taken, due is when it belongs on the screen,
// otherwise 0.
func (f *frames) take() (picture *image.RGBA, number uint64, due int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fresh {
		f.front, f.ready = f.ready, f.front
		f.fresh, f.shown, due = false, f.number, f.due
	}
	return f.front, f.shown, due
}

func (f *frames) any() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.number > 0
}

// aligned makes a picture whose rows begin at multiples of 64 bytes.
func aligned(s size) *image.RGBA {
	const line = 64
	stride := s.width * 4
	buffer := make([]byte, stride*s.height+line)
	skip := int(-uintptr(unsafe.Pointer(&buffer[0])) % line)
	return &image.RGBA{
		Pix: buffer[skip : skip+stride*s.height : skip+stride*s.height], Stride: stride,
		Rect: image.Rect(0, 0, s.width, s.height),
	}
}
