package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// errSession is a video session that the gateway has forgotten, after an hour
// without a question or a restart.
var errSession = fmt.Errorf("%w: video session", ErrExpired)

// segmentTries is how often a segment is asked for that the gateway is still
// fetching.
const segmentTries = 6

// Segment returns the playlist or one of its segments by name, as it comes. The
// body must be closed. A session that the gateway has forgotten is opened
// again, which may cost ozone. A node sends a segment for 30 s only, so it has
// to be read as fast as it comes; one that breaks off ends with
// [io.ErrUnexpectedEOF].
func (v *Video) Segment(ctx context.Context, name string) (body io.ReadCloser, size int64, contentType string, err error) {
	if !safeSegment(name) {
		return nil, 0, "", explain(fmt.Errorf("%w: segment %.40q", ErrNotFound, name), "read video")
	}
	ctx, stop := context.WithCancel(ctx)
	resp, err := v.fetch(ctx, name)
	if err != nil {
		stop()
		return nil, 0, "", explain(err, "read video segment %s", name)
	}
	return &cancelBody{resp.Body, stop}, resp.ContentLength, resp.Header.Get("Content-Type"), nil
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
