package mpv

import (
	"image"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// smallPlayer is a paused player of which pictures are taken.
type smallPlayer struct {
	*Player
	news  chan struct{}
	quit  chan struct{} // closed when nobody waits any more
	hurry chan struct{} // a message: something else is wanted

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
func openSmall(address string, o ThumbnailOptions, quit, hurry chan struct{}) *smallPlayer {
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
	s.hurry = hurry // whatever is wanted, the video must be open
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

// until waits for a condition, and gives up on a problem, after a while,
// sooner when something else is wanted, and when the thumbnails are closed.
func (s *smallPlayer) until(met func(playback.State) bool) bool {
	begun := time.Now()
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
		case <-s.hurry:
			limit.Reset(thumbnailPatience - time.Since(begun))
		case <-limit.C:
			return false
		case <-s.quit:
			return false
		}
	}
}
