package source

import (
	"context"
	"errors"

	"github.com/stratosdrive/stratosdrive/player/fetch"
)

// start runs a fetch. s.mu is held.
func (s *Session) start(o fetch.Order) {
	ctx, stop := context.WithCancel(s.ctx)
	t := &transfer{stop: stop, part: o.Part}
	s.running[o.ID] = t
	s.work.Go(func() {
		defer stop()
		err := s.video.Fetch(ctx, o, Tell{
			Arrived: func(n int64) { s.arrived(o, t, n) },
			Size:    func(size int64) { s.sized(o.Part, size) },
		})
		s.ended(o, err)
	})
}

func (s *Session) arrived(o fetch.Order, t *transfer, n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.o.Free:
	case !s.o.Whole:
		s.noz += n
	case !t.paid:
		s.noz += s.sizes[o.Part]
	}
	t.paid = true
	s.s.Arrive(s.now(), o.ID, n)
	s.decide()
	s.tell()
}

// size is how large a part is, as far as is known.
func (s *Session) size(part int) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sizes[part]
}

func (s *Session) sized(part int, size int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.s.Size(part, size)
	s.sizes[part] = size
}

func (s *Session) ended(o fetch.Order, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.running, o.ID)
	how := fetch.Done
	switch {
	case err == nil:
	case errors.Is(err, ErrRefused):
		how = fetch.Refused
	default:
		how = fetch.Failed
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		s.failed[o.Part] = err
	}
	s.s.End(s.now(), o.ID, how)
	s.decide()
	s.tell()
}
