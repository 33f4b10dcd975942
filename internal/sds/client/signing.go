package client

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// signWindow is how long after the last byte a signature is worth sending. A
// node waits for 15 s.
const signWindow = 12 * time.Second

// sign tells the network that the file is complete, with a fresh number. When
// another device used that number up, it signs once more, unless to send the
// file again would be faster: some nodes do not listen any more then.
func (s *uploadSession) sign(ctx context.Context) error {
	patience := 3 * time.Second
	if !s.e.loopback {
		patience = 8 * time.Second
	}
	full := s.c.clock.Now()
	resend := !s.e.deaf.Load() && (s.e.loopback || full.Sub(s.began) > patience)
	err := s.signOnce(ctx, slowLimit)
	for try := 0; resend && s.c.clock.Now().Sub(full) < signWindow; try++ {
		first, stale := errors.AsType[*refusedNumber](err)
		if !stale {
			break
		}
		if err := s.c.clock.Sleep(ctx, jitter(10*time.Millisecond<<min(try, 5))); err != nil {
			return err
		}
		if err = s.signOnce(ctx, patience); errors.Is(err, ErrUnknownOutcome) {
			s.e.deaf.Store(true)
		}
		if _, heard := errors.AsType[*refusedNumber](err); err == nil || heard && !isStopped(err) {
			s.e.patient.Store(true)
		}
		if isStopped(err) {
			return first // this session is over; another may be asked for a second one
		}
	}
	switch {
	case errors.Is(err, errNoMethod): // the last piece was already the acceptance
		return nil
	case errors.Is(err, errNotAccepted), errors.Is(err, ErrUnreachable):
		return fmt.Errorf("%w: %v", errRestart, err)
	case errors.Is(err, ErrUnknownOutcome), errors.Is(err, errBusy), errors.Is(err, errGarbage):
		return s.accepted(ctx, err)
	}
	return sessionError(err)
}

// isStopped tells whether err is the node's word that the session is over.
func isStopped(err error) bool {
	r, ok := errors.AsType[*refusal](err)
	return ok && r.code == wire.SessionStopped
}

func (s *uploadSession) signOnce(ctx context.Context, limit time.Duration) error {
	b, err := s.c.billed(ctx, s.e, rankSign, func(sn string) error {
		t := s.c.now()
		signature := wire.Signed(s.c.signer, wire.UploadMessage(s.id, s.c.Address(), sn, t))
		p := wire.UploadSignParams{FileHash: s.id, Signature: signature, SequenceNumber: sn, ReqTime: t}
		r, err := finish(ctx, s, func(life context.Context) (r wire.Result, err error) {
			err = s.c.call(life, s.e, limit, wire.MethodUploadSign, p, &r)
			return r, err
		})
		if err != nil {
			return err
		}
		return refused(wire.MethodUploadSign, r.Return, r.Detail, wire.Success)
	})
	s.bill = b
	return err
}

// accepted finds out whether a signature without an answer was accepted.
func (s *uploadSession) accepted(ctx context.Context, lost error) error {
	p, began := s.c.poller(s.e), s.c.clock.Now()
	for s.c.clock.Now().Sub(began) < unknownGrace/2 {
		now, _, err := s.c.statusAnywhere(ctx, s.e, s.id)
		if err == nil && now.State != wire.StateUnknown {
			return nil
		}
		if err := p.wait(ctx); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: %v", errRestart, lost)
}
