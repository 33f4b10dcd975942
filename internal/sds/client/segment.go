package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// errSession is a video session that the gateway has forgotten, after an hour
// without a question or a restart.
var errSession = fmt.Errorf("%w: video session", ErrExpired)

// segmentTries is how often a segment is asked for that the gateway is still
// fetching.
const segmentTries = 6

// Segment returns the playlist or one of its segments by name. The body must
// be closed. A session that the gateway has forgotten is opened again, which
// may cost ozone. A large segment is read ahead into a temporary file, since
// a node sends one for 30 s only, and players read as slowly as they play.
func (v *Video) Segment(ctx context.Context, name string) (body io.ReadCloser, size int64, contentType string, err error) {
	if !safeSegment(name) {
		return nil, 0, "", explain(fmt.Errorf("%w: segment %.40q", ErrNotFound, name), "read video")
	}
	body, resp, err := v.begin(ctx, name)
	if err != nil {
		return nil, 0, "", explain(err, "read video segment %s", name)
	}
	return body, resp.ContentLength, resp.Header.Get("Content-Type"), nil
}

// begin starts to read a segment.
func (v *Video) begin(ctx context.Context, name string) (io.ReadCloser, *http.Response, error) {
	ctx, stop := context.WithCancel(ctx)
	resp, err := v.fetch(ctx, name)
	if err != nil {
		stop()
		return nil, nil, err
	}
	if resp.ContentLength < readAhead {
		return &cancelBody{resp.Body, stop}, resp, nil
	}
	body, err := v.ahead(ctx, stop, name, resp)
	if err != nil {
		stop()
		resp.Body.Close()
	}
	return body, resp, err
}

// fetch asks for a segment until the gateway begins to send it.
func (v *Video) fetch(ctx context.Context, name string) (resp *http.Response, err error) {
	for try := range segmentTries {
		e, reqID := v.session()
		resp, err = v.c.segment(ctx, e.restURL(wire.RESTSegment, reqID, name))
		if err == nil || ctx.Err() != nil || (!gatewayFault(err) && !errors.Is(err, errSession)) {
			return resp, err
		}
		if errors.Is(err, errSession) || errors.Is(err, ErrUnreachable) {
			if err = v.reopen(ctx, reqID); err != nil {
				return nil, err
			}
			continue
		}
		if err := v.c.retryPause(ctx, e, try+1); err != nil {
			return nil, err
		}
	}
	return nil, err
}

func (v *Video) session() (*endpoint, string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.e, v.reqID
}

// reopen opens the video again, unless another segment did so meanwhile.
func (v *Video) reopen(ctx context.Context, old string) error {
	if _, now := v.session(); now != old {
		return nil
	}
	return v.open(ctx)
}

// segment starts to read a segment. Its time limit is for the first byte; the
// rest takes as long as the caller reads.
func (c *Client) segment(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithCancel(ctx)
	context.AfterFunc(c.life, cancel)
	timer := time.AfterFunc(slowLimit/c.hurry, cancel)
	resp, err := c.restDo(ctx, http.MethodGet, url, nil)
	if !timer.Stop() && err == nil {
		resp.Body.Close()
		err = fmt.Errorf("%w: segment", ErrUnknownOutcome)
	}
	if err == nil && (resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") == wire.ContentType) {
		raw, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
		resp.Body.Close()
		if err = restError(resp.StatusCode, raw); err == nil {
			err = fmt.Errorf("%w: a segment that is none", errGarbage)
		}
	}
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body = &cancelBody{resp.Body, cancel}
	return resp, nil
}

// cancelBody lets go of the request's context when it is closed.
type cancelBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

// Close implements [io.Closer].
func (b *cancelBody) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

// safeSegment tells whether name is a plain file name.
func safeSegment(name string) bool {
	return name != "" && len(name) < 256 && name != "." && name != ".." && !strings.ContainsAny(name, `/\`)
}

// readAhead is the size from which on segments are read ahead. Less than that
// fits into the buffers of a connection.
const readAhead = 256 << 10

// ahead returns the body of resp, read as fast as it comes. stop ends ctx and
// everything that goes on under it.
func (v *Video) ahead(ctx context.Context, stop context.CancelFunc, name string, resp *http.Response) (io.ReadCloser, error) {
	r, err := newReader(v.c.tempDir, SharedFile{Name: name, Size: resp.ContentLength}, stop)
	if err == nil {
		err = v.c.background(func(context.Context) {
			r.finish(explain(v.arrive(ctx, name, resp, r), "read video segment %s", name))
		})
		if err != nil {
			close(r.over)
			_ = r.Close()
		}
	}
	if err != nil {
		return nil, err
	}
	return &aheadBody{io.NewSectionReader(r, 0, resp.ContentLength), r}, nil
}

// aheadBody reads in order what arrives in the background.
type aheadBody struct {
	io.Reader
	io.Closer
}

// arrive takes all of a segment. One that breaks off is asked for again, from
// its start, as long as it comes further each time.
func (v *Video) arrive(ctx context.Context, name string, resp *http.Response, r *Reader) error {
	for {
		before := r.Arrived()
		err := takeAll(resp.Body, r)
		resp.Body.Close()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case r.Arrived() == r.file.Size:
			return nil
		case v.c.life.Err() != nil:
			return ErrClosed
		case r.Arrived() == before:
			return fault.Say(fmt.Errorf("%w: %d of %d bytes: %v", ErrTooSlow, before, r.file.Size, err),
				"The gateway breaks off while it sends this video; your internet line may be too slow for it.")
		}
		size := resp.ContentLength
		if resp, err = v.fetch(ctx, name); err != nil {
			return err
		}
		if resp.ContentLength != size {
			resp.Body.Close()
			return fmt.Errorf("%w: a segment of another size", errGarbage)
		}
	}
}

// takeAll gives what body holds to r.
func takeAll(body io.Reader, r *Reader) error {
	p := make([]byte, 64<<10)
	for at := int64(0); ; {
		n, err := body.Read(p)
		if n > 0 {
			if err := r.piece(at, p[:n]); err != nil {
				return err
			}
		}
		at += int64(n)
		if err != nil {
			return err
		}
	}
}
