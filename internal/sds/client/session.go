package client

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// conflictWait is how long a node keeps a session that nobody feeds (120 s),
// and a little more.
const conflictWait = 135 * time.Second

// desiredTier is what other clients ask for.
const desiredTier = 2

// uploadSession is one session of an upload with one gateway.
type uploadSession struct {
	*upload
	e       *endpoint
	sn      string
	data    wire.UploadDataParams // of every piece, without the bytes
	sent    maphash.Hash
	next    int64 // end of the bytes that went into sent
	inOrder bool  // the node asked for every byte once, from the start
	began   time.Time
	last    chan struct{} // closed when the last piece has its answer
	// leaveLine lets another session begin, once nothing more is to be sent.
	leaveLine func()
}

// session sends the whole file to e. It returns how long the accepted file
// may be unknown to the network.
func (u *upload) session(ctx context.Context, e *endpoint) (grace time.Duration, err error) {
	s := &uploadSession{upload: u, e: e, inOrder: true, began: u.c.clock.Now()}
	s.sent.SetSeed(u.seed)
	if err := u.c.left(ctx, u.id); err != nil {
		return 0, err
	}
	if s.leaveLine, err = u.c.uplink.enter(ctx); err != nil {
		return 0, err
	}
	defer func() { s.leaveLine() }()
	if u.o.Kind == wire.Video {
		return s.video(ctx)
	}
	r, err := s.open(ctx, wire.MethodUpload)
	if err != nil {
		s.leaveCall(ctx)
		return 0, err
	}
	err = s.pieces(ctx, r)
	s.leaveLine()
	if err == nil {
		err = u.changed(&s.sent, s.inOrder)
	}
	if err != nil {
		s.leave(ctx, s.stop)
		return 0, err
	}
	err = s.sign(ctx)
	if ctx.Err() != nil { // nothing is to be stopped, only waited for
		s.leave(ctx, func(context.Context) {})
	}
	return unknownGrace, err
}

// video sends a video stream. Its first signature is the one that is billed,
// after the last byte, so the number must not move meanwhile: after
// a refusal the next try keeps the queue to itself.
func (s *uploadSession) video(ctx context.Context) (time.Duration, error) {
	if s.stale > 0 {
		leave, err := s.c.queue.enter(ctx, rankNormal)
		if err != nil {
			return 0, err
		}
		defer leave()
	}
	r, err := s.open(ctx, wire.MethodUploadStream)
	if err != nil {
		s.leaveCall(ctx)
		return 0, err
	}
	err = s.pieces(ctx, r)
	if errors.Is(err, ErrChanged) && s.changed(&s.sent, s.inOrder) == nil {
		// Nodes keep what they cut under its name: another one's upload of the
		// same name came between.
		err = fmt.Errorf("%w: the node mixed the file up: %v", errRestart, err)
	}
	if ctx.Err() != nil {
		s.leave(ctx, s.stop)
	}
	if errors.Is(err, errCutting) {
		return unknownGrace + time.Duration(s.size/(1<<20))*time.Second, nil
	}
	return unknownGrace, s.c.judge(ctx, s.e, Ozone{Sequence: s.sn}, err)
}

// open asks for an upload until the node takes it.
func (s *uploadSession) open(ctx context.Context, method string) (wire.Result, error) {
	wait := &poller{s.c.clock, 250 * time.Millisecond, 5 * time.Second}
	began := s.c.clock.Now()
	for {
		r, err := s.request(ctx, method)
		if !errors.Is(err, errConflict) {
			return r, err
		}
		if s.broken < len(s.c.gateways.all)-1 {
			return r, err // another gateway may have no such session
		}
		if s.c.clock.Now().Sub(began) > conflictWait {
			s.waited = true // somebody else feeds that session
			return r, err
		}
		if err := s.rest(ctx, wait); err != nil {
			return r, err
		}
		if now, err := s.c.status(ctx, s.e, s.id); err == nil && now.Finished() {
			return r, errStored
		}
	}
}

// rest waits, and leaves the line to others meanwhile.
func (s *uploadSession) rest(ctx context.Context, wait *poller) (err error) {
	s.leaveLine()
	s.leaveLine = func() {}
	if err := wait.wait(ctx); err != nil {
		return err
	}
	leave, err := s.c.uplink.enter(ctx)
	if err == nil {
		s.leaveLine = leave
	}
	return err
}

func (s *uploadSession) request(ctx context.Context, method string) (wire.Result, error) {
	o, err := s.c.ozone(ctx, s.e)
	if err != nil {
		return wire.Result{}, err
	}
	s.met, s.gone = true, patience{}
	if o.Noz.Sign() <= 0 {
		return wire.Result{}, fmt.Errorf("%w: the account has none", ErrNoOzone)
	}
	s.sn = o.Sequence
	t := s.c.now()
	signature := wire.Signed(s.c.signer, wire.UploadMessage(s.id, s.c.Address(), s.sn, t))
	s.data = wire.UploadDataParams{FileHash: s.id, Signature: signature, ReqTime: t, SequenceNumber: s.sn}
	r, err := finish(ctx, s, func(life context.Context) (r wire.Result, err error) {
		err = s.c.call(life, s.e, slowLimit, method, wire.UploadParams{
			FileName: s.name, FileSize: s.size, FileHash: s.id, Signature: signature,
			DesiredTier: desiredTier, AllowHigherTier: true, ReqTime: t, SequenceNumber: s.sn,
		}, &r)
		return r, err
	})
	if err == nil {
		err = sessionError(refused(method, r.Return, r.Detail, wire.UploadData, wire.Success))
	}
	return r, err
}

// sessionError gives the codes that end a session their meaning.
func sessionError(err error) error {
	r, ok := errors.AsType[*refusal](err)
	if !ok {
		return err
	}
	switch r.code {
	case wire.Conflict:
		return fmt.Errorf("%w: %v", errConflict, err)
	case wire.SessionStopped, wire.TimeOut, wire.Generic:
		return fmt.Errorf("%w: %v", errRestart, err)
	case wire.WrongFileInfo:
		return fmt.Errorf("%w: %v", ErrChanged, err)
	case wire.InternalData:
		if r.text == "" && r.method != wire.MethodUploadSign { // of the node, not of the network
			return fmt.Errorf("%w: %v", errRestart, err)
		}
	}
	return err
}

// post sends a piece and waits for the answer.
func (s *uploadSession) post(ctx context.Context, p prepared) (wire.Result, error) {
	return finish(ctx, s, func(life context.Context) (wire.Result, error) {
		defer s.c.release(p.body)
		return s.send(life, p)
	})
}

func (s *uploadSession) send(ctx context.Context, p prepared) (wire.Result, error) {
	var r wire.Result
	for try := 0; ; try++ {
		line := &meter{began: time.Now(), limit: readLimit / s.c.hurry}
		raw, err := s.c.post(ctx, s.e.rpc, slowLimit, p.body.Bytes(), line, nil)
		if err == nil {
			err = decodeAnswer(raw.Bytes(), p.id, &r)
			s.c.release(raw)
		}
		if errors.Is(err, ErrUnknownOutcome) && line.cutOff() {
			s.alone = s.alone || s.c.uplink.alone()
			err = fmt.Errorf("%w: a piece took over %v: %v", ErrTooSlow, readLimit, err)
		}
		if !errors.Is(err, ErrUnreachable) || try == 4 { // never sent: it may be sent again
			return r, err
		}
		if err := s.c.clock.Sleep(ctx, jitter(200*time.Millisecond<<try)); err != nil {
			return r, err
		}
	}
}
