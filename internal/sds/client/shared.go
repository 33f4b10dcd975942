package client

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// SharedFile is a file behind a share link, as the gateway describes it.
type SharedFile struct {
	Name string // a safe base name, see [SafeName]
	Size int64
	ID   string
}

// DownloadShared gets the file behind a share link, with or without sds://.
// create is called once, before the first byte, and gives the place to write
// to. Nil is returned only if what was written has the id that the gateway
// named; a link itself does not tell the content. Wrong content is asked for once
// more, elsewhere if possible. The client's account pays.
func (c *Client) DownloadShared(ctx context.Context, link string, create func(SharedFile) (io.WriterAt, error), progress func(done, total int64)) (SharedFile, error) {
	var dst io.WriterAt
	var known SharedFile
	place := func(f SharedFile) (w io.WriterAt, err error) {
		if dst == nil {
			known = f
			dst, err = create(f)
		} else if f != known {
			err = fmt.Errorf("%w: the link names another file now", ErrWrongContent)
		}
		return dst, err
	}
	var err error
	for try := 1; ; try++ {
		err = c.downloadShared(ctx, link, place, progress)
		if err == nil || try == wrongTries || !errors.Is(err, ErrWrongContent) || ctx.Err() != nil {
			return known, explain(err, "download the share link")
		}
		c.gateways.fail(c.best(), c.clock.Now())
	}
}

func (c *Client) downloadShared(ctx context.Context, link string, place func(SharedFile) (io.WriterAt, error), progress func(done, total int64)) error {
	var v *verifier
	defer func() {
		if v != nil {
			v.close()
		}
	}()
	s := &sink{progress: progress, piece: func(offset int64, p []byte) error { return v.piece(offset, p) }}
	_, err := c.shared(ctx, link, s, func(f SharedFile) error {
		dst, err := place(f)
		if err == nil {
			v = newVerifier(f.ID, f.Size, dst, c.tempDir)
		}
		return err
	})
	if err == nil {
		err = v.finish(ctx)
	}
	return err
}

// FetchShared hands out the pieces of the file behind a share link as they
// come, without checking them, see [Client.Fetch]. begin is called once,
// before the first piece.
func (c *Client) FetchShared(ctx context.Context, link string, begin func(SharedFile) error, piece func(offset int64, p []byte) error) (SharedFile, error) {
	f, err := c.shared(ctx, link, &sink{piece: piece, early: true}, begin)
	return f, explain(err, "fetch the share link")
}

func (c *Client) shared(ctx context.Context, text string, s *sink, begin func(SharedFile) error) (SharedFile, error) {
	var f SharedFile
	link, err := parseLink(text)
	if err != nil {
		return f, err
	}
	s.begin = func(first *answer) error {
		now, err := describe(first.Result)
		switch {
		case err != nil:
			return err
		case f == now:
			return nil // a second try
		case f != SharedFile{}:
			return fmt.Errorf("%w: the link names another file now", ErrWrongContent)
		}
		f, s.size = now, now.Size
		if err := begin(f); err != nil {
			return &sinkError{err}
		}
		return nil
	}
	err = c.transfer(ctx, c.sharedFile(link), s)
	if errors.Is(err, errPaid) && (f == SharedFile{}) {
		return f, fault.Say(fmt.Errorf("%w: %w", ErrVideo, err), "The gateway did not deliver this link. It may be a video: that can be played, but not saved as a file.")
	}
	return f, err
}

// parseLink reads a link that a person gave.
func parseLink(text string) (wire.ShareLink, error) {
	link, err := wire.CompleteShareLink(text)
	if err != nil {
		return link, fmt.Errorf("%w: %v", ErrWrongLink, err)
	}
	return link, nil
}

// describe reads what the first answer says about the file.
func describe(r wire.Result) (SharedFile, error) {
	if !wire.CanonicalFileHash(r.FileHash) || r.FileSize <= 0 || r.FileSize > maxFile {
		return SharedFile{}, fmt.Errorf("%w: file %.60q of %d bytes", errGarbage, r.FileHash, r.FileSize)
	}
	return SharedFile{Name: SafeName(r.FileName), Size: r.FileSize, ID: r.FileHash}, nil
}

func (c *Client) sharedFile(link wire.ShareLink) source {
	return source{method: wire.MethodGetShared, params: func(sn string, t int64) any {
		message := wire.SharedMessage(link.Link, c.Address(), sn, t)
		return wire.GetSharedParams{ShareLink: link.Full(), Signature: wire.Signed(c.signer, message), ReqTime: t}
	}}
}
