package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// Limits of a download.
const (
	downloadTries = 6 // requests in all
	paidLosses    = 3 // requests that were paid and broke off
	wrongTries    = 2 // downloads whose content was wrong
	maxFile       = 1 << 46

	hangs = 25 * time.Second // a request without an answer for so long gets none
)

// Download writes the file id of owner (empty for the client's own account)
// to dst, in whatever order its pieces come, and returns nil only if what was
// written has that id. On an error dst may hold anything. size is the size of
// the file, which the network does not tell here: see List. progress, which
// may be nil, is told bytes done. If dst is an io.ReaderAt too, it is read
// back to check what did not come in order; else a temporary file is used.
func (c *Client) Download(ctx context.Context, id, owner string, size int64, dst io.WriterAt, progress func(done, total int64)) error {
	err := c.checkID(id)
	if err == nil && (size <= 0 || size > maxFile) {
		err = fmt.Errorf("%w: size %d", ErrWrongContent, size)
	}
	for try := 1; err == nil; try++ {
		v := newVerifier(id, size, dst, c.tempDir)
		err = c.transfer(ctx, c.ownFile(id, owner), &sink{size: size, piece: v.piece, progress: progress})
		if err == nil {
			err = v.finish(ctx)
		}
		v.close()
		if err == nil || try == wrongTries || !errors.Is(err, ErrWrongContent) || ctx.Err() != nil {
			break
		}
		c.gateways.fail(c.best(), c.clock.Now())
		err = nil
	}
	return explain(err, "download %s", id)
}

// Fetch hands the pieces of a file to piece as they arrive, in any order,
// without checking them: for content that proves itself. p is valid during the
// call only. Every byte of the file has been handed over when Fetch returns
// nil; after a broken transfer some may come twice.
func (c *Client) Fetch(ctx context.Context, id, owner string, piece func(offset int64, p []byte) error) error {
	err := c.checkID(id)
	if err == nil {
		err = c.transfer(ctx, c.ownFile(id, owner), &sink{piece: piece, early: true})
	}
	return explain(err, "fetch %s", id)
}

// checkID refuses what a node would not answer at all.
func (c *Client) checkID(id string) error {
	if !wire.CanonicalFileHash(id) {
		return fault.Wrong(ErrNotFound, "This is not the id of a file on the network.")
	}
	if wire.IsVideo(id) {
		return ErrVideo
	}
	return nil
}

// source is what a download is asked for with. The number and the time go
// into the signature.
type source struct {
	id     string // empty when only the answer tells
	method string
	params func(sn string, t int64) any
}

func (c *Client) ownFile(id, owner string) source {
	if owner == "" {
		owner = c.Address()
	}
	handle := wire.Handle{Owner: owner, Hash: id}.String()
	return source{id: id, method: wire.MethodDownload, params: func(sn string, t int64) any {
		message := wire.DownloadMessage(id, c.Address(), sn, t)
		return wire.DownloadParams{FileHandle: handle, Signature: wire.Signed(c.signer, message), ReqTime: t}
	}}
}

// sink takes what arrives. It lives as long as the download, over all tries.
type sink struct {
	size     int64 // 0 when not known
	begin    func(first *answer) error
	piece    func(offset int64, p []byte) error
	progress func(done, total int64)
	early    bool // pieces are passed on while they come in, see [early]

	mu    sync.Mutex // one piece may come in while another is taken
	got   spans
	plain []byte // the decoded piece
}

// expect prepares for what follows the first answer.
func (s *sink) expect(first *answer) error {
	if s.begin == nil {
		return nil
	}
	return s.begin(first)
}

// wants tells whether bytes may be part of the file and did not come before.
func (s *sink) wants(start, end int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return end <= maxFile && (s.size <= 0 || end <= s.size) && !s.got.has(start, end)
}

// give passes bytes of a piece on that is not there as a whole yet.
func (s *sink) give(offset int64, p []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.piece(offset, p); err != nil {
		return &sinkError{err}
	}
	return nil
}

// take decodes one answer and passes its bytes on, unless they came before.
func (s *sink) take(a *answer) error {
	if a.early != nil && a.early.err != nil {
		return a.early.err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	start, end, ok := a.Range()
	if !ok || end > maxFile || (s.size > 0 && end > s.size) {
		return fmt.Errorf("%w: bytes %d to %d of %d", ErrWrongContent, start, end, s.size)
	}
	if s.got.has(start, end) {
		return nil
	}
	if !a.passed(start, end) {
		offset, p, err := a.bytes(s.plain)
		if err != nil {
			return err
		}
		s.plain = p[:0]
		if err := s.piece(offset, p); err != nil {
			return &sinkError{err}
		}
	}
	s.got = s.got.add(start, end)
	if s.progress != nil {
		done := s.got.total()
		s.progress(done, max(s.size, done))
	}
	return nil
}

// sinkError is an error of the caller's own side: nothing to try again for.
type sinkError struct{ error }

// Unwrap returns the cause.
func (e *sinkError) Unwrap() error { return e.error }

// complete tells whether the whole file has arrived.
func (s *sink) complete() error {
	size, ok := s.got.whole()
	if !ok || (s.size > 0 && size != s.size) {
		return fmt.Errorf("%w: parts of the file did not come", errRestart)
	}
	return nil
}

// transfer downloads what src asks for into s. A transfer that breaks off
// begins again.
func (c *Client) transfer(ctx context.Context, src source, s *sink) error {
	var err error
	stale, paid, old := 0, 0, 0
	var gone patience
	for try := 0; try < downloadTries; try++ {
		began := c.clock.Now()
		e := c.pick(ctx)
		if err = c.transferOnce(ctx, e, src, s); err == nil {
			c.gateways.well(e)
			return nil
		}
		if _, own := errors.AsType[*sinkError](err); own || ctx.Err() != nil {
			return err
		}
		if src.id == "" && errors.Is(err, errPaid) && c.clock.Now().Sub(began) > hangs {
			return err // as nodes do with a link to a video, and every try is paid
		}
		if (paid > 0 || s.got.total() > 0) && gone.waits(err, c.clock.Now()) {
			c.gateways.fail(e, c.clock.Now())
			if serr := c.awayPause(ctx); serr != nil {
				return serr
			}
			try--
			continue
		}
		if _, used := errors.AsType[*refusedNumber](err); used && stale < staleNumbers {
			stale++
			try--
		} else if !gatewayFault(err) && !errors.Is(err, errRestart) {
			return err
		} else {
			c.gateways.fail(e, c.clock.Now())
		}
		if errors.Is(err, errNoMethod) {
			if old++; old == len(c.gateways.all) {
				return err
			}
		}
		if errors.Is(err, errRestart) {
			if paid++; paid == paidLosses {
				return err
			}
		}
		if serr := c.retryPause(ctx, e, stale+try); serr != nil {
			return serr
		}
	}
	return err
}

func (c *Client) retryPause(ctx context.Context, e *endpoint, n int) error {
	d := 40 * time.Millisecond << min(n, 6)
	if !e.loopback {
		d *= 4
	}
	return c.clock.Sleep(ctx, jitter(d))
}
