package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/player/fetch"
)

// Session is a video while it is played: it reads what is here and lets a
// [fetch.Scheduler] decide what is fetched. It is safe for several goroutines
// and must be closed.
type Session struct {
	video Video
	o     SessionOptions
	ctx   context.Context
	end   context.CancelFunc
	begun time.Time
	work  sync.WaitGroup

	mu      sync.Mutex
	s       *fetch.Scheduler
	running map[int]*transfer
	waiting map[int]*waiter
	readers int
	news    chan struct{} // closed and replaced whenever something may be readable
	timer   *time.Timer
	sizes   []int64 // of the parts, as known
	failed  map[int]error
	noz     int64
}

// transfer is a fetch that runs.
type transfer struct {
	stop context.CancelFunc
	part int
	paid bool
}

// waiter is a reader that waits; err says that its part was given up.
type waiter struct {
	part int
	err  error
}

// NewSession begins a session. Nothing is fetched yet. When it is closed, so is
// video if it is an io.Closer.
func NewSession(video Video, o SessionOptions) (*Session, error) {
	layout := video.Layout()
	scheduler, err := fetch.New(layout, o.Options, video.Here)
	if err != nil {
		return nil, fmt.Errorf("lay out the video: %w", err)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Session{
		video: video, o: o, begun: o.Now(), s: scheduler, running: map[int]*transfer{}, waiting: map[int]*waiter{},
		news: make(chan struct{}), failed: map[int]error{}, sizes: make([]int64, len(layout.Parts)),
	}
	for i, p := range layout.Parts {
		s.sizes[i] = p.Size
	}
	s.ctx, s.end = context.WithCancel(context.Background())
	return s, nil
}

// Begin begins to fetch what a player will ask for first.
func (s *Session) Begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.s.Wait(s.now(), -1, 0)
	s.decide()
	s.s.Leave(-1)
}

// Close ends what is fetched and waits for it.
func (s *Session) Close() error {
	s.end()
	s.mu.Lock()
	if s.timer != nil {
		s.timer.Stop()
	}
	s.mu.Unlock()
	s.work.Wait()
	return closeIfPossible(s.video)
}

func (s *Session) now() time.Duration { return s.o.Now().Sub(s.begun) }

// ReadAt reads bytes of the video and waits for the first of them. It returns
// fewer than asked for, without an error, where the next ones are not here.
func (s *Session) ReadAt(ctx context.Context, p []byte, off int64) (int, error) {
	reader := s.enter()
	defer s.leave(reader)
	for {
		news := s.current()
		n, err := s.video.Peek(p, off)
		if n > 0 {
			s.served(reader, off, int64(n))
			return n, nil
		}
		if err == nil || errors.Is(err, io.EOF) {
			return 0, err
		}
		if errors.Is(err, ErrNotHere) {
			err = s.await(ctx, reader, off, news)
		}
		if err != nil {
			return s.rescue(ctx, reader, p, off, err)
		}
	}
}

// Peek reads only what is here, and fetches nothing.
func (s *Session) Peek(p []byte, off int64) (int, error) { return s.video.Peek(p, off) }

// rescue tries the one way that is left.
func (s *Session) rescue(ctx context.Context, reader int, p []byte, off int64, err error) (int, error) {
	r, ok := s.video.(Rescuer)
	if !ok || ctx.Err() != nil || s.ctx.Err() != nil {
		return 0, err
	}
	n, rerr := r.Rescue(ctx, p, off)
	if n > 0 {
		s.served(reader, off, int64(n))
		return n, nil
	}
	if rerr != nil {
		return 0, rerr
	}
	return 0, err
}

func (s *Session) enter() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.readers++
	return s.readers
}

func (s *Session) leave(reader int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiting[reader] != nil {
		delete(s.waiting, reader)
		s.s.Leave(reader)
		s.decide()
	}
}

func (s *Session) current() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.news
}

func (s *Session) served(reader int, off, n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.waiting, reader)
	s.s.Serve(s.now(), reader, off, n)
	s.decide()
}

// await lets a reader wait until something came, since news was taken.
func (s *Session) await(ctx context.Context, reader int, off int64, news <-chan struct{}) error {
	w := s.wait(reader, off)
	select {
	case <-news:
	case <-ctx.Done():
		return ctx.Err()
	case <-s.ctx.Done():
		return context.Canceled
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return w.err
}

func (s *Session) wait(reader int, off int64) *waiter {
	s.mu.Lock()
	defer s.mu.Unlock()
	part, _ := s.s.Part(off)
	if s.s.Usable(off) && s.video.Here(part) < s.s.Here(part) {
		s.s.Lost(part) // the cache had no more room for it, or it was damaged
	}
	w := s.waiting[reader]
	if w == nil {
		w = &waiter{part: part}
		s.waiting[reader] = w
	}
	s.s.Wait(s.now(), reader, off)
	s.decide()
	return w
}

// tell wakes all who wait. s.mu is held.
func (s *Session) tell() {
	close(s.news)
	s.news = make(chan struct{})
}

// decide carries out what the scheduler wants now. s.mu is held.
func (s *Session) decide() {
	if s.ctx.Err() != nil {
		return
	}
	now := s.now()
	orders, again := s.s.Decide(now)
	for _, o := range orders {
		switch o.Kind {
		case fetch.Start:
			s.start(o)
		case fetch.Cancel:
			s.running[o.ID].stop()
		case fetch.GiveUp:
			s.giveUp(o.Part)
		}
	}
	if s.timer != nil {
		s.timer.Stop()
	}
	if again > 0 {
		s.timer = time.AfterFunc(max(again-now, time.Millisecond), func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.decide()
		})
	}
}

func (s *Session) giveUp(part int) {
	for _, w := range s.waiting {
		if w.part == part {
			w.err = s.failed[part]
		}
	}
	s.tell()
}
