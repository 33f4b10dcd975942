package mpv

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

// renderer draws the pictures of one player on a goroutine of its own.
type renderer struct {
	lib     *library
	context uintptr
	number  uint64 // under which libmpv's callback finds it
	onFrame func()
	frames  frames

	wake chan struct{} // holds at most one wake-up
	quit chan struct{}
	done chan struct{}

	fresh  atomic.Uint64 // pictures that were drawn for the first time
	redraw atomic.Bool   // the picture must be drawn again although it is not new
	mu     sync.Mutex
	area   size // what the painter has, zero = as the video
	video  size // as it is shown
	coded  size // as the file says it is coded, known earlier
}

type size struct{ width, height int }

// newRenderer must be called before anything is loaded, or libmpv finds no
// place to draw to and gives up the picture.
func newRenderer(lib *library, handle uintptr, onFrame func()) (*renderer, error) {
	r := &renderer{
		lib: lib, onFrame: onFrame,
		wake: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
	}
	api := [3]byte{'s', 'w', 0}
	params := []renderParam{{paramAPI, unsafe.Pointer(&api)}, {}}
	var pin runtime.Pinner
	defer pin.Unpin()
	pin.Pin(&api)
	if code := lib.renderCreate(unsafe.Pointer(&r.context), handle, unsafe.Pointer(&params[0])); code < 0 {
		return nil, fmt.Errorf("software renderer: error %d", code)
	}
	r.number = lib.waker(r.kick)
	go r.loop()
	lib.renderSetCallback(r.context, lib.updated, uintptr(r.number))
	return r, nil
}

// kick makes the loop look, without ever waiting.
func (r *renderer) kick() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// close ends the loop before the context is freed: libmpv aborts the process
// when a context is freed that somebody draws with.
func (r *renderer) close() {
	close(r.quit)
	<-r.done
	r.lib.renderSetCallback(r.context, 0, 0)
	r.lib.renderFree(r.context)
	r.lib.wakers.Delete(r.number)
}

func (r *renderer) loop() {
	defer close(r.done)
	for {
		select {
		case <-r.quit:
			return
		case <-r.wake:
		}
		const frame = 1 // MPV_RENDER_UPDATE_FRAME
		if r.lib.renderUpdate(r.context)&frame != 0 {
			r.redraw.Store(true)
		}
		if r.redraw.Load() && r.draw() && r.onFrame != nil {
			r.onFrame()
		}
	}
}

// draw draws the current picture. It never waits for the size of the video:
// libmpv holds everything else back, that size too, until the first picture is
// drawn or 0.2 s are over.
func (r *renderer) draw() bool {
	want := r.target()
	r.redraw.Store(false)
	due, fresh := r.next()
	img := r.frames.blank(want)
	dims := [2]int32{int32(want.width), int32(want.height)}
	stride := uintptr(img.Stride)
	format := [5]byte{'r', 'g', 'b', 'a', 0} // "rgb0" would leave the picture transparent
	var noBlock int32
	params := []renderParam{
		{paramSize, unsafe.Pointer(&dims)},
		{paramFormat, unsafe.Pointer(&format)},
		{paramStride, unsafe.Pointer(&stride)},
		{paramPointer, unsafe.Pointer(&img.Pix[0])},
		{paramNoBlock, unsafe.Pointer(&noBlock)},
		{},
	}
	if code := r.lib.renderRender(r.context, unsafe.Pointer(&params[0])); code < 0 {
		return false
	}
	runtime.KeepAlive(params)
	r.frames.publish(due)
	if fresh {
		r.fresh.Add(1)
	}
	return true
}

// next tells of the picture that is drawn next when it belongs on the screen,
// 0 where nobody knows, and whether it was never drawn before.
func (r *renderer) next() (due int64, fresh bool) {
	info := &frameInfo{}
	if r.lib.renderInfo.next(r.context, info) < 0 || info.flags&framePresent == 0 || info.flags&frameAgain != 0 {
		return 0, false
	}
	return info.due, true
}

func (r *renderer) setArea(width, height int) { r.resize(&r.area, size{width, height}) }

func (r *renderer) setVideo(width, height int) { r.resize(&r.video, size{width, height}) }

func (r *renderer) setCoded(width, height int) { r.resize(&r.coded, size{width, height}) }

// resize draws the picture again where a new size makes a difference, so that
// a paused video follows the window too.
func (r *renderer) resize(field *size, to size) {
	before := r.target()
	r.mu.Lock()
	*field = to
	r.mu.Unlock()
	if r.target() != before {
		if r.frames.any() {
			r.redraw.Store(true)
		}
		r.kick()
	}
}

// target is the size to draw: that of the video as far as it is known.
func (r *renderer) target() size {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, known := range []size{r.video, r.coded, r.area} {
		if known.width > 0 && known.height > 0 {
			return fit(known, r.area)
		}
	}
	return size{640, 360}
}

// fit shrinks a video into an area without enlarging it, 0 = no limit. The
// width is a multiple of 16 pixels, 64 bytes, which is what fast drawing
// wants (render.h, MPV_RENDER_PARAM_SW_STRIDE); the painter stretches the
// picture back to its true shape.
func fit(video, area size) size {
	scale := 1.0
	if area.width > 0 && area.height > 0 {
		scale = min(1, float64(area.width)/float64(video.width), float64(area.height)/float64(video.height))
	}
	const largest = 8192
	scale = min(scale, largest/float64(max(video.width, video.height)))
	width := int(float64(video.width)*scale+8) / 16 * 16
	return size{max(16, width), max(1, int(float64(video.height)*scale+0.5))}
}
