package client

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// Time limits of calls. A node gives up its own waiting after 10 to 15 s in
// most calls and 60 s in the others, and loses every answer that it has later
// than 30 s after the request.
const (
	quickLimit = 25 * time.Second
	slowLimit  = 70 * time.Second
)

// maxAnswer bounds what is read of one answer: a piece of 3 MiB in base64 has
// 4.2 MB.
const maxAnswer = 8 << 20

// newHTTP returns a client for gateways: connections are kept, compression is
// asked for by hand on slow lines, and redirects are not followed, since what is sent carries a signature.
func newHTTP() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			TLSHandshakeTimeout: 15 * time.Second,
			MaxIdleConnsPerHost: 16,
			IdleConnTimeout:     90 * time.Second,
			DisableCompression:  true,
			ForceAttemptHTTP2:   true,
			WriteBufferSize:     64 << 10,
			ReadBufferSize:      64 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// call sends one JSON-RPC request and reads its result into result.
func (c *Client) call(ctx context.Context, e *endpoint, limit time.Duration, method string, params, result any) error {
	id := c.ids.Add(1)
	body, err := json.Marshal(struct {
		JSONRPC string `json:"jsonrpc"`
		ID      int64  `json:"id"`
		Method  string `json:"method"`
		Params  [1]any `json:"params"`
	}{"2.0", id, method, [1]any{params}})
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	raw, err := c.post(ctx, e.rpc, limit, body, nil, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	defer c.release(raw)
	if err := decodeAnswer(raw.Bytes(), id, result); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	return nil
}

// decodeAnswer reads the JSON-RPC answer to the call id.
func decodeAnswer(raw []byte, id int64, result any) error {
	var r wire.Response
	if err := json.Unmarshal(raw, &r); err != nil {
		return fmt.Errorf("%w: %v", errGarbage, err)
	}
	switch {
	case !answers(r.ID, id):
		return fmt.Errorf("%w: it answers call %.40s", errGarbage, r.ID)
	case r.Error != nil && r.Error.Code == wire.RPCNoMethod:
		return fmt.Errorf("%w: %v", errNoMethod, r.Error)
	case r.Error != nil && r.Error.Code == wire.RPCServer:
		return fmt.Errorf("%w: the node's handler crashed: %v", ErrUnknownOutcome, r.Error)
	case r.Error != nil:
		return fmt.Errorf("%w: %v", errGarbage, r.Error)
	case len(r.Result) == 0:
		return fmt.Errorf("%w: no result", errGarbage)
	}
	if err := json.Unmarshal(r.Result, result); err != nil {
		return fmt.Errorf("%w: %v", errGarbage, err)
	}
	return nil
}

// answers tells whether an answer with the id got may be that to the call
// want: nodes echo the id, and what stands between may hand out another answer.
func answers(got json.RawMessage, want int64) bool {
	return len(got) == 0 || string(got) == "null" || string(got) == strconv.FormatInt(want, 10)
}

// post sends body and returns the whole answer in a buffer, to be given back
// with release. line, if not nil, is told how far the body got, and tap sees the
// answer while it comes.
func (c *Client) post(ctx context.Context, address string, limit time.Duration, body []byte, line *meter, tap *early) (*buffer, error) {
	ctx, cancel := context.WithTimeout(ctx, limit/c.hurry)
	defer cancel()
	defer context.AfterFunc(c.life, cancel)()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", errGarbage, err)
	}
	if line != nil {
		req.Body = line.watch(req.Body)
	}
	req.Header.Set("Content-Type", wire.ContentType)
	if c.downlink.slow() {
		req.Header.Set("Accept-Encoding", "gzip")
	}
	sent := time.Now()
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.transportError(ctx, err)
	}
	defer resp.Body.Close()
	c.skews.note(address, resp.Header, sent, time.Now())
	return c.readAnswer(ctx, resp, tap)
}

func (c *Client) readAnswer(ctx context.Context, resp *http.Response, tap *early) (*buffer, error) {
	b := c.buffer()
	err := b.fillFrom(resp, &c.downlink, tap)
	switch {
	case err != nil:
		err = c.transportError(ctx, err)
	case b.Len() > maxAnswer:
		err = fmt.Errorf("%w: too long", errGarbage)
	case resp.StatusCode != http.StatusOK:
		err = statusError(resp.StatusCode, b.Bytes())
	default:
		return b, nil
	}
	c.release(b)
	return nil, err
}

// statusError sorts HTTP errors, which come from the node's port or from a
// front end before it.
func statusError(status int, body []byte) error {
	text := fmt.Sprintf("HTTP %d %.200s", status, bytes.TrimSpace(body))
	switch {
	case status == http.StatusTooManyRequests:
		return fmt.Errorf("%w: %s", errBusy, text)
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusNotFound:
		return fmt.Errorf("%w: %s", ErrUnreachable, text)
	case status >= 500:
		return fmt.Errorf("%w: %s", ErrUnknownOutcome, text)
	}
	return fmt.Errorf("%w: %s", errGarbage, text)
}

// withoutAddress drops the address that net/http puts into its errors: the
// path of a gateway may be an access token.
func withoutAddress(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return fmt.Errorf("%s: %w", u.Op, u.Err)
	}
	return err
}

// transportError tells calls that were never sent from those without answer.
// The caller's own cancelling stays visible.
func (c *Client) transportError(ctx context.Context, err error) error {
	err = withoutAddress(err)
	if c.life.Err() != nil {
		return fmt.Errorf("%w: %v", ErrClosed, err)
	}
	if neverSent(err) && ctx.Err() == nil {
		return fmt.Errorf("%w: %v", ErrUnreachable, err)
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("%w: %w", ErrUnknownOutcome, context.Canceled)
	}
	return fmt.Errorf("%w: %v", ErrUnknownOutcome, err)
}

// neverSent tells whether err came up before a byte of the request was sent.
func neverSent(err error) bool {
	if op, ok := errors.AsType[*net.OpError](err); ok && (op.Op == "dial" || op.Op == "proxyconnect") {
		return true
	}
	_, badCertificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, notTLS := errors.AsType[tls.RecordHeaderError](err)
	return badCertificate || notTLS
}

// buffer is reused, since the pieces of a transfer are large.
type buffer struct{ bytes.Buffer }

// pieceAnswer is room for an answer with a whole piece.
const pieceAnswer = wire.DownloadPiece/3*4 + 8<<10

// fill reads r to its end without growing the buffer more than once. length
// is that of r, or negative.
func (b *buffer) fill(r io.Reader, length int64) error {
	if length < 0 {
		n, err := io.CopyN(&b.Buffer, r, 32<<10)
		if n < 32<<10 {
			if err == io.EOF {
				err = nil
			}
			return err
		}
		length = pieceAnswer
	}
	b.Grow(int(min(length, maxAnswer)) + bytes.MinRead)
	_, err := b.ReadFrom(r)
	return err
}

func (c *Client) buffer() *buffer {
	if b, ok := c.buffers.Get().(*buffer); ok {
		b.Reset()
		return b
	}
	return new(buffer)
}

func (c *Client) release(b *buffer) {
	if b != nil {
		c.buffers.Put(b)
	}
}
