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
	bill  *bill
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
	stale, final, paid := 0, 0, 0
	for try := 0; try < downloadTries; try++ {
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
		if _, used := errors.AsType[*refusedNumber](err); used && stale < staleNumbers {
			stale++
			try--
		} else if errors.Is(err, errPaid) {
			paid++
		} else if !gatewayFault(err) {
			final++ // another gateway may be allowed to serve videos
		}
		if ctx.Err() != nil || final == len(order) || paid == paidLosses {
			return err
		}
		if err := v.c.retryPause(ctx, e, stale+try); err != nil {
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
	b, err := v.c.billed(ctx, e, rank, func(sn string) error {
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
	v.e, v.reqID, v.bill = e, r.ReqID, b
	if v.Playlist == "" {
		v.Playlist = r.HeaderFile
	}
	return nil
}

// Cost asks what opening the video took from the account's ozone; ok is false
// where that cannot be told.
func (v *Video) Cost(ctx context.Context) (cost Cost, ok bool) {
	v.mu.Lock()
	e, b := v.e, v.bill
	v.mu.Unlock()
	return v.c.measure(ctx, e, b)
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
