package client

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// errCutting is a lost answer to the last piece of a video: the node is
// cutting it, which may take longer than it can keep an answer.
var errCutting = errors.New("the node is cutting the video")

// prepared is a piece ready to be sent.
type prepared struct {
	start, end int64
	id         int64 // of the call
	body       *buffer
	err        error
}

// pieces sends what the node asks for until it has all. While one piece is
// on its way the next is prepared.
func (s *uploadSession) pieces(ctx context.Context, r wire.Result) error {
	var ahead chan prepared
	defer func() {
		if ahead != nil { // src must not be read after the upload returned
			s.c.release((<-ahead).body)
		}
	}()
	for left := 2*s.size + wire.UploadPiece; ; {
		start, end, done, err := s.asked(r)
		if done || err != nil {
			return err
		}
		if left -= end - start; left < 0 {
			return fmt.Errorf("%w: the node asks for the same bytes again and again", errRestart)
		}
		p := s.take(ahead, start, end)
		ahead = nil
		if p.err != nil {
			return p.err
		}
		ahead = s.ahead(end)
		if r, err = s.piece(ctx, p); err != nil {
			return err
		}
		s.progress(end)
	}
}

// asked reads the range that the node wants next.
func (s *uploadSession) asked(r wire.Result) (start, end int64, done bool, err error) {
	if code, _ := wire.ParseReturn(r.Return); code == wire.Success {
		return 0, 0, true, nil
	}
	start, end, ok := r.Range()
	if !ok || start == end || end > s.size || end-start > wire.MaxBody/4*3-4096 {
		return 0, 0, false, fmt.Errorf("%w: the node asks for bytes %d to %d of %d", errGarbage, start, end, s.size)
	}
	return start, end, false, nil
}

// piece sends one piece and reads what comes next.
func (s *uploadSession) piece(ctx context.Context, p prepared) (wire.Result, error) {
	err := s.c.up.pass(ctx, s.c.clock, p.end-p.start)
	if err == nil {
		err = s.c.uplink.begin(ctx)
	}
	if err != nil {
		s.c.release(p.body)
		return wire.Result{}, err
	}
	began := time.Now()
	r, err := s.post(ctx, p)
	s.c.uplink.end(time.Since(began))
	if ctx.Err() != nil {
		return r, ctx.Err()
	}
	if err == nil {
		return r, sessionError(refused(wire.MethodUploadData, r.Return, r.Detail, wire.UploadData, wire.Success))
	}
	if s.o.Kind == wire.Video && p.end == s.size && errors.Is(err, ErrUnknownOutcome) {
		return r, errCutting
	}
	if errors.Is(err, ErrUnknownOutcome) { // sent twice, it could be stored twice
		return r, fmt.Errorf("%w: bytes %d to %d: %v", errRestart, p.start, p.end, err)
	}
	return r, err
}

// ahead prepares the piece that a node will most likely ask for next.
func (s *uploadSession) ahead(at int64) chan prepared {
	start, end := wire.UploadRange(at, s.size)
	if start >= end {
		return nil
	}
	ready := make(chan prepared, 1)
	go func() { ready <- s.prepare(start, end) }()
	return ready
}

// take returns the piece [start, end), from ahead if it is that one.
func (s *uploadSession) take(ahead chan prepared, start, end int64) prepared {
	if ahead != nil {
		p := <-ahead
		if p.err != nil || (p.start == start && p.end == end) {
			return p
		}
		s.c.release(p.body)
	}
	return s.prepare(start, end)
}

func (s *uploadSession) prepare(start, end int64) prepared {
	if start != s.next {
		s.inOrder = false
	}
	s.next = end
	p := prepared{start: start, end: end, id: s.c.ids.Add(1), body: s.c.buffer()}
	p.err = uploadBody(p.body, p.id, s.data, s.src, start, end, func(b []byte) { s.sent.Write(b) })
	if p.err != nil {
		s.c.release(p.body)
		p.body = nil
	}
	return p
}
