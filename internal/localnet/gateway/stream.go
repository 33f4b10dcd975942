package gateway

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
	"github.com/stratosdrive/stratosdrive/internal/localnet/video"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// cutter cuts a video in dir into slices.
type cutter func(ctx context.Context, j video.Job) ([]video.Slice, error)

func cutWith(faithful bool) cutter {
	return func(ctx context.Context, j video.Job) ([]video.Slice, error) {
		j.Reference = faithful
		return video.Cut(ctx, j)
	}
}

// spool is a video on its way in: a file in a folder of its own.
type spool struct {
	dir    string
	file   *os.File
	hasher *wire.FileHasher
	draft  *store.Draft
}

func (s *spool) path() string { return filepath.Join(s.dir, "video") }

// Write takes the next bytes.
func (s *spool) Write(p []byte) (int, error) {
	var hashed sync.WaitGroup
	hashed.Go(func() { s.hasher.Write(p) })
	n, err := s.file.Write(p)
	hashed.Wait()
	return n, err
}

// Discard removes the folder and what was not stored.
func (s *spool) Discard() {
	s.file.Close()
	os.RemoveAll(s.dir)
	s.draft.Discard()
}

func (g *Gateway) newSpool(u *upload) (target, error) {
	draft, err := g.store.NewDraft(u.hash, u.size, u.wish())
	if err != nil {
		return nil, err
	}
	s := &spool{hasher: wire.NewFileHasher(), draft: draft}
	if s.dir, err = os.MkdirTemp(g.spool, "video-*"); err == nil {
		s.file, err = os.Create(s.path())
	}
	if err != nil {
		draft.Discard()
		return nil, fmt.Errorf("spool video: %w", err)
	}
	return s, nil
}

// requestUploadStream opens a session for a video. Its signature goes to the
// meta node when all bytes are there, there is no uploadSign; so a wrong one
// need not show here.
func (g *Gateway) requestUploadStream(c *call, p uploadParams) any {
	u := g.newUpload(p, true)
	if !u.checked && !g.quirks.lateRefusal {
		return result(wire.BadSignature)
	}
	if r, bad := checkUpload(u); bad || u.size == 0 {
		return r
	}
	if err := g.coversUpload(c, u); err != nil {
		return g.refusal(wire.InternalData, err)
	}
	return g.openUpload(u, func() (target, error) { return g.newSpool(u) })
}

// errWrongHash refuses a video that is not what it was announced as.
const errWrongHash = meta.Refusal("file hash doesn't match")

// finishStream checks, cuts and stores a video whose last bytes have come. It
// goes on when the client no longer waits, and tells getFileStatus how it
// ended. u.mu is held.
func (g *Gateway) finishStream(c *call, u *upload) wire.Result {
	u.phase = storing
	s := u.to.(*spool)
	defer func() {
		s.Discard()
		u.phase = ended
		g.forget(u)
	}()
	if err := u.pump.wait(); err != nil {
		return g.refuseStream(u, roomRefusal(err))
	}
	if s.hasher.Sum(wire.Video) != u.hash {
		g.noteFailed(context.WithoutCancel(g.ctx), u.owner, u.hash, errWrongHash)
		return wire.Result{Return: wire.WrongFileInfo.String(), Detail: errWrongHash.Error()}
	}
	c.asked(oneAnswer)
	if err := g.storeVideo(u, s); err != nil {
		return g.refuseStream(u, roomRefusal(err))
	}
	return result(wire.Success)
}

func (g *Gateway) refuseStream(u *upload, err error) wire.Result {
	g.noteFailed(context.WithoutCancel(g.ctx), u.owner, u.hash, err)
	return g.refusal(wire.InternalData, err)
}

// storeVideo lets the meta node look at the call before the work and pay after
// it: a stale number or too little ozone costs no cutting, and a video that
// cannot be cut costs nothing.
func (g *Gateway) storeVideo(u *upload, s *spool) error {
	ctx := context.WithoutCancel(g.ctx)
	order := g.order(u, u.first.SequenceNumber)
	if err := g.checkStream(ctx, u, order); err != nil {
		return err
	}
	slices, err := g.cut(g.ctx, video.Job{File: s.path(), Hash: u.hash, Size: u.size, Dir: s.dir})
	if err != nil {
		g.logf("%v", err)
		return meta.Refusal(err.Error())
	}
	for _, one := range slices {
		if err := writeSlice(s.draft, one); err != nil {
			return err
		}
	}
	if err := s.draft.Flush(); err != nil {
		return err
	}
	defer g.payAlone(u.owner)()
	return g.commitDraft(ctx, s.draft, order, false)
}

func (g *Gateway) checkStream(ctx context.Context, u *upload, order meta.Upload) error {
	switch {
	case !u.checked:
		return meta.BadSignature
	case !u.inTime:
		return meta.BadTime
	}
	return g.meta.CheckUpload(ctx, order)
}

func writeSlice(d *store.Draft, one video.Slice) error {
	r, size, err := one.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	return d.WriteSlice(r, size)
}
