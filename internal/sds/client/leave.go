package client

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// leaveLimit is how long leaving a session may take.
const leaveLimit = 5 * time.Second

// finish makes a call of the session and waits for its answer. A node that is
// left alone in the middle of a call may keep all others waiting, so a call
// that the caller gives up goes on in the background, until s.last is closed.
func finish[T any](ctx context.Context, s *uploadSession, call func(life context.Context) (T, error)) (T, error) {
	type outcome struct {
		t   T
		err error
	}
	var none T
	done, last := make(chan outcome, 1), make(chan struct{})
	err := s.c.background(func(life context.Context) {
		defer close(last)
		t, err := call(life)
		done <- outcome{t, err}
	})
	if err != nil {
		return none, err
	}
	s.last = last
	select {
	case o := <-done:
		return o.t, o.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// leaveCall leaves a session that may just be opening.
func (s *uploadSession) leaveCall(ctx context.Context) {
	if ctx.Err() != nil && s.last != nil {
		s.leave(ctx, s.stop)
	}
}

// leave ends a session once its last call has its answer; before that, no other
// one of the same file begins. stop tells the node that an unsigned one is over,
// so that the next need not wait until the node has forgotten it.
func (s *uploadSession) leave(ctx context.Context, stop func(context.Context)) {
	told := make(chan struct{})
	s.c.leaving.Store(s.id, told)
	err := s.c.background(func(life context.Context) {
		defer close(told)
		defer s.c.leaving.CompareAndDelete(s.id, told)
		if s.last != nil {
			<-s.last // calls of one session are never made at the same time
		}
		stop(life)
	})
	if err != nil { // the client is closed
		s.c.leaving.Delete(s.id)
		close(told)
	}
	select {
	case <-told:
	case <-ctx.Done():
	}
}

// left waits until a session of the same file that was given up is over.
func (c *Client) left(ctx context.Context, id string) error {
	told, open := c.leaving.Load(id)
	if !open {
		return nil
	}
	select {
	case <-told.(chan struct{}):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stop tells the node that the session is over, after the caller gave up.
func (s *uploadSession) stop(ctx context.Context) {
	p := s.data
	p.Stop = true
	var r wire.Result
	_ = s.c.call(ctx, s.e, leaveLimit, wire.MethodUploadData, p, &r) // best effort
}
