package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// Video is a video stream that a gateway keeps ready. Segments may be asked
// for from several goroutines.
type Video struct {
	Playlist string // name of the HLS playlist, which names the segments

	c       *Client
	prepare func(sn string, t int64) (path []string, body wire.PrepareRequest)

	mu    sync.Mutex
	e     *endpoint
	reqID string
}

// OpenVideo asks a gateway to make a video of owner (empty for the client's
// own account) ready. It costs ozone, unless the gateway still has the video.
func (c *Client) OpenVideo(ctx context.Context, owner, id string) (*Video, error) {
	if owner == "" {
		owner = c.Address()
	}
	v := &Video{c: c, prepare: func(sn string, t int64) ([]string, wire.PrepareRequest) {
		return []string{wire.RESTPrepare, owner, id}, c.prepareBody(wire.DownloadMessage(id, c.Address(), sn, t), t)
	}}
	if !wire.IsVideo(id) {
		return nil, explain(fmt.Errorf("%w: not the id of a video", ErrNotFound), "open video")
	}
	return v, explain(v.open(ctx), "open video %s", id)
}

// OpenSharedVideo is OpenVideo for a share link, with or without sds://.
func (c *Client) OpenSharedVideo(ctx context.Context, text string) (*Video, error) {
	link, err := parseLink(text)
	if err != nil {
		return nil, explain(err, "open shared video")
	}
	v := &Video{c: c, prepare: func(sn string, t int64) ([]string, wire.PrepareRequest) {
		path := []string{wire.RESTPrepareShared, link.Link}
		if link.Password != "" {
			path = append(path, link.Password) // nodes drop it from the query
		}
		return path, c.prepareBody(wire.SharedMessage(link.Link, c.Address(), sn, t), t)
	}}
	return v, explain(v.open(ctx), "open shared video")
}

func (c *Client) prepareBody(message string, t int64) wire.PrepareRequest {
	s := wire.Signed(c.signer, message)
	return wire.PrepareRequest{PubKey: s.PubKey, Wallet: s.Address, Signature: s.Signature, ReqTime: t}
}

// open prepares the video on the first gateway that can.
func (v *Video) open(ctx context.Context) error {
	var err error
	for try := range downloadTries {
		order := v.c.order()
		e := order[try%len(order)]
		if e.rest == nil {
			err = fmt.Errorf("%w: the gateway has no video port", errNoMethod)
			continue
		}
		if err = v.openAt(ctx, e); err == nil {
			v.c.gateways.well(e)
			return nil
		}
		_, stale := errors.AsType[*refusedNumber](err)
		if ctx.Err() != nil || (!stale && !gatewayFault(err) && len(order) == 1) {
			return err
		}
		if err := v.c.retryPause(ctx, e, try); err != nil {
			return err
		}
	}
	return err
}

func (v *Video) openAt(ctx context.Context, e *endpoint) error {
	rank := rankNormal
	if isUrgent(ctx) {
		rank = rankUrgent
	}
	var r wire.PrepareResponse
	_, err := v.c.billed(ctx, e, rank, func(sn string) error {
		path, body := v.prepare(sn, v.c.now())
		raw, err := json.Marshal(body)
		if err != nil {
			return err
		}
		return v.c.rest(ctx, http.MethodPost, e.restURL(path[0], path[1:]...), raw, &r)
	})
	if err != nil {
		return err
	}
	if r.ReqID == "" || !safeSegment(r.HeaderFile) {
		return fmt.Errorf("%w: no playlist", errGarbage)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.e, v.reqID = e, r.ReqID
	if v.Playlist == "" {
		v.Playlist = r.HeaderFile
	}
	return nil
}

// rest makes a small call to the video port.
func (c *Client) rest(ctx context.Context, method, url string, body []byte, result any) error {
	ctx, cancel := context.WithTimeout(ctx, slowLimit/c.hurry)
	defer cancel()
	defer context.AfterFunc(c.life, cancel)()
	resp, err := c.restDo(ctx, method, url, body)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return c.transportError(ctx, err)
	}
	if err := restError(resp.StatusCode, raw); err != nil {
		return err
	}
	if err := json.Unmarshal(raw, result); err != nil {
		return fmt.Errorf("%w: %v", errGarbage, err)
	}
	return nil
}

func (c *Client) restDo(ctx context.Context, method, url string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", errGarbage, err)
	}
	if body != nil {
		req.Header.Set("Content-Type", wire.ContentType)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.transportError(ctx, err)
	}
	return resp, nil
}

// restError reads a failure of the video port. Its messages are those of the
// reference node; a malformed path comes with status 200.
func restError(status int, raw []byte) error {
	var r wire.RESTError
	if json.Unmarshal(raw, &r) != nil || r.ErrCode == 0 {
		if status == http.StatusOK {
			return nil
		}
		return statusError(status, raw)
	}
	switch {
	case r.Message == wire.TextSessionExpired:
		return fmt.Errorf("%w: %s", errSession, r.Message)
	case r.Message == wire.TextActiveNode, strings.Contains(r.Message, "time out"), strings.Contains(r.Message, "get video slice"):
		return fmt.Errorf("%w: %s", errBusy, r.Message)
	case r.Message == wire.TextNoSegment:
		return fmt.Errorf("%w: %s", ErrNotFound, r.Message)
	}
	return &refusal{method: "video", code: wire.NoCode, text: r.Message}
}

// errSession is a video session that the gateway has forgotten, after an hour
// without a question or a restart.
var errSession = fmt.Errorf("%w: video session", ErrExpired)

// segmentTries is how often a segment is asked for that the gateway is still
// fetching.
const segmentTries = 6

// Segment returns the playlist or one of its segments by name. The body must
// be closed. A session that the gateway has forgotten is opened again, which
// may cost ozone.
func (v *Video) Segment(ctx context.Context, name string) (body io.ReadCloser, size int64, contentType string, err error) {
	if !safeSegment(name) {
		return nil, 0, "", explain(fmt.Errorf("%w: segment %.40q", ErrNotFound, name), "read video")
	}
	for try := range segmentTries {
		e, reqID := v.session()
		var resp *http.Response
		resp, err = v.c.segment(ctx, e.restURL(wire.RESTSegment, reqID, name))
		if err == nil {
			return resp.Body, resp.ContentLength, resp.Header.Get("Content-Type"), nil
		}
		if ctx.Err() != nil || (!gatewayFault(err) && !errors.Is(err, errSession)) {
			break
		}
		if errors.Is(err, errSession) || errors.Is(err, ErrUnreachable) {
			if err = v.reopen(ctx, reqID); err != nil {
				break
			}
			continue
		}
		if err := v.c.retryPause(ctx, e, try+1); err != nil {
			break
		}
	}
	return nil, 0, "", explain(err, "read video segment %s", name)
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

func (b *cancelBody) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

// safeSegment tells whether name is a plain file name.
func safeSegment(name string) bool {
	return name != "" && len(name) < 256 && name != "." && name != ".." && !strings.ContainsAny(name, `/\`)
}
