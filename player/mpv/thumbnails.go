package mpv

import (
	"image"
	"math"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/playback"
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
		address: address, o: o, pictures: map[int]*image.RGBA{},
		look: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
	}
	go t.loop()
	return t, nil
}

// Want asks for the picture at a second of the video. Only the newest wish
// counts.
func (t *Thumbnails) Want(seconds float64) {
	t.mu.Lock()
	t.wish, t.wished = max(0, seconds), t.pictures[t.slot(seconds)] == nil
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
		small = openSmall(t.address, t.o, t.quit)
	}
	for small != nil {
		t.learn(small.duration())
		at, ok := t.next()
		if !ok {
			return small
		}
		picture := small.picture(at)
		if !t.keep(at, picture) {
			small.close() // what failed may be in any state
			return nil
		}
	}
	return nil
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
	t.wished = false
	return float64(slot) * t.step(), ok
}

// keep puts a picture where it belongs; nil tells that there is none.
func (t *Thumbnails) keep(at float64, picture *image.RGBA) bool {
	if picture == nil {
		return false
	}
	t.mu.Lock()
	t.pictures[t.slot(at+t.step()/2)] = picture
	t.mu.Unlock()
	if t.o.OnReady != nil {
		t.o.OnReady()
	}
	return true
}

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// smallPlayer is a paused player of which pictures are taken.
type smallPlayer struct {
	*Player
	news chan struct{}
	quit chan struct{} // closed when nobody waits any more

	mu     sync.Mutex
	phase  int    // of the newest jump
	before uint64 // pictures that were drawn when it was ordered
}

// Phases of a jump.
const (
	jumpNone = iota
	jumpOrdered
	jumpBegun
	jumpDone
)

// openSmall opens the video and waits until its first picture is drawn; nil
// where that fails.
func openSmall(address string, o ThumbnailOptions, quit chan struct{}) *smallPlayer {
	s := &smallPlayer{news: make(chan struct{}, 1), quit: quit}
	p, err := Open(Options{Pictures: true, small: true, OnFrame: func() { poke(s.news) }, OnEvent: s.event})
	if err != nil {
		return nil
	}
	s.Player = p
	p.SetSize(o.Width, o.Height)
	if p.Load(address) != nil || !s.until(func(st playback.State) bool { return st.Shown && st.Width > 0 && p.pictures.fresh.Load() > 0 }) {
		s.close()
		return nil
	}
	return s
}

func (s *smallPlayer) close() {
	if s != nil {
		_ = s.Player.Close()
	}
}

func (s *smallPlayer) duration() float64 { return s.State().Duration }

func (s *smallPlayer) event(e Event) {
	s.mu.Lock()
	switch {
	case e.Kind == Sought && s.phase == jumpOrdered:
		s.phase = jumpBegun
	case e.Kind == Restarted && s.phase == jumpBegun:
		s.phase = jumpDone
	}
	s.mu.Unlock()
	poke(s.news)
}

// picture is what is to be seen at a second, or at the key picture before it.
// nil means that it is not to be had.
func (s *smallPlayer) picture(at float64) *image.RGBA {
	s.mu.Lock()
	s.phase, s.before = jumpOrdered, s.pictures.fresh.Load()
	s.mu.Unlock()
	s.order("seek", number(at), "absolute+keyframes")
	if !s.until(func(playback.State) bool { return s.jumped() }) {
		return nil
	}
	// Where bytes are missing the player shows another place, or the last one.
	const between = 20 // seconds from one key picture to the next, at most
	if shown := s.State().Position; shown < at-between || shown > at+between {
		return nil
	}
	frame, _ := s.Frame()
	if frame == nil {
		return nil
	}
	kept := *frame
	kept.Pix = append([]byte{}, frame.Pix...)
	return &kept
}

func (s *smallPlayer) jumped() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.phase == jumpDone && s.pictures.fresh.Load() > s.before
}

// until waits for a condition, and gives up on a problem, after a while, and
// when the thumbnails are closed.
func (s *smallPlayer) until(met func(playback.State) bool) bool {
	limit := time.NewTimer(thumbnailLimit)
	defer limit.Stop()
	for {
		state := s.State()
		if state.Problem != nil {
			return false
		}
		if met(state) {
			return true
		}
		select {
		case <-s.news:
		case <-limit.C:
			return false
		case <-s.quit:
			return false
		}
	}
}
