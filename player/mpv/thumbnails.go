package mpv

import (
	"image"
	"math"
	"sync"
	"time"
)

// Thumbnails makes small pictures of places in a video, with a second, small
// player that never plays. What it costs depends on the address: one that
// gives only bytes which are already here costs nothing, and places that are
// not here have no picture.
//
// No method but Close waits. Pictures are kept until Close; there are at most
// [mostThumbnails] of them.
type Thumbnails struct {
	address string
	o       ThumbnailOptions

	look chan struct{} // holds one message: there is a wish
	quit chan struct{}
	done chan struct{}
	once sync.Once

	mu       sync.Mutex
	wish     float64
	wished   bool
	making   int     // slot of the picture that is being made, -1 = none
	duration float64 // 0 = not known yet
	pictures map[int]*image.RGBA
}

// ThumbnailOptions says what thumbnails are for. The zero value of a field
// stands for the value in its comment.
type ThumbnailOptions struct {
	Width, Height int    // pixels that a picture has at most, 192 x 108
	OnReady       func() // called after a wish came true, on a goroutine of its own; nil is allowed
}

const (
	mostThumbnails = 200
	thumbnailIdle  = 30 * time.Second // then the small player is closed until the next wish
	thumbnailLimit = 3 * time.Second  // for one picture; what takes longer is given up

	// thumbnailPatience is for one picture while somebody wants another:
	// libmpv waits where bytes are missing.
	thumbnailPatience = 500 * time.Millisecond
)

// NewThumbnails makes thumbnails of an address, which is one that
// [Player.Load] admits. Nothing is opened before the first wish. They must be
// closed.
func NewThumbnails(address string, o ThumbnailOptions) (*Thumbnails, error) {
	if _, err := admit(address); err != nil {
		return nil, err
	}
	if o.Width <= 0 || o.Height <= 0 {
		o.Width, o.Height = 192, 108
	}
	t := &Thumbnails{
		address: address, o: o, making: -1, pictures: map[int]*image.RGBA{},
		look: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
	}
	go t.loop()
	return t, nil
}

// Want asks for the picture at a second of the video. Only the newest wish
// counts.
func (t *Thumbnails) Want(seconds float64) {
	t.mu.Lock()
	slot := t.slot(seconds)
	t.wish, t.wished = max(0, seconds), t.pictures[slot] == nil && slot != t.making
	wished := t.wished
	t.mu.Unlock()
	if wished {
		poke(t.look)
	}
}

// Forget takes the wish back: nobody looks any more.
func (t *Thumbnails) Forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wished = false
}

// At is the picture at a second of the video, nil where there is none (yet).
// Nothing draws over it.
func (t *Thumbnails) At(seconds float64) *image.RGBA {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.pictures[t.slot(seconds)]
}

// Close ends what is going on and waits for it. It may be called more than
// once.
func (t *Thumbnails) Close() error {
	t.once.Do(func() { close(t.quit) })
	<-t.done
	return nil
}

// step is how many seconds share one picture. It is the same for a video
// however long somebody looks, once its length is known.
func (t *Thumbnails) step() float64 { return max(1, t.duration/mostThumbnails) }

func (t *Thumbnails) slot(seconds float64) int {
	return int(math.Floor(min(max(0, seconds), 1e9) / t.step()))
}

func (t *Thumbnails) loop() {
	defer close(t.done)
	var small *smallPlayer
	defer func() { small.close() }()
	idle := time.NewTimer(thumbnailIdle)
	defer idle.Stop()
	for {
		select {
		case <-t.quit:
			return
		case <-idle.C:
			small.close()
			small = nil
		case <-t.look:
			idle.Reset(thumbnailIdle)
			small = t.serve(small)
		}
	}
}

// serve makes wishes come true until there is none. It returns the player for
// the next, nil where this one is of no use any more.
func (t *Thumbnails) serve(small *smallPlayer) *smallPlayer {
	if small == nil {
		small = openSmall(t.address, t.o, t.quit, t.look)
	}
	for small != nil {
		t.learn(small.duration())
		at, ok := t.next()
		if !ok {
			return small
		}
		if !t.keep(at, small.picture(at)) {
			small.close() // what failed may be in any state
			t.lookAgain()
			return nil
		}
	}
	return nil
}

// lookAgain serves a wish that came while another could not be served.
func (t *Thumbnails) lookAgain() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.wished {
		poke(t.look)
	}
}

// learn takes in the length of the video, by which places share pictures.
func (t *Thumbnails) learn(duration float64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.duration == 0 {
		t.duration = duration
	}
}

// next is the place to make a picture of: the beginning of the wish's slot.
func (t *Thumbnails) next() (at float64, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	slot := t.slot(t.wish)
	ok = t.wished && t.pictures[slot] == nil
	t.wished, t.making = false, -1
	if ok {
		t.making = slot
	}
	return float64(slot) * t.step(), ok
}

// keep puts a picture where it belongs; nil tells that there is none.
func (t *Thumbnails) keep(at float64, picture *image.RGBA) bool {
	t.mu.Lock()
	t.making = -1
	if picture != nil {
		t.pictures[t.slot(at+t.step()/2)] = picture
	}
	t.mu.Unlock()
	if picture != nil && t.o.OnReady != nil {
		t.o.OnReady()
	}
	return picture != nil
}

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
