package chain

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

const (
	requestTimeout = 15 * time.Second
	maxReply       = 16 << 20
)

// grpcNotFound is the status code that the gateway puts into a 404 for
// something that does not exist, as opposed to an unknown path.
const grpcNotFound = 5

// apiError is an answer other than 200.
type apiError struct {
	Status  int    // of HTTP
	Code    int    `json:"code"` // of gRPC; 0 when the answer was not from the gateway
	Message string `json:"message"`
}

// Error implements error.
func (e *apiError) Error() string {
	return fmt.Sprintf("HTTP status %d, code %d: %s", e.Status, e.Code, e.Message)
}

// Is makes "does not exist" recognisable by [ErrNotFound].
func (e *apiError) Is(target error) bool {
	return target == ErrNotFound && e.Status == http.StatusNotFound && e.Code == grpcNotFound
}

// rest is the transport: JSON over https, or plain http where that is safe. Of
// several addresses it uses one until that fails.
type rest struct {
	client  *http.Client
	chainID string // that other addresses must be of; "" for any
	at      *addresses
}

// newREST refuses plain http unless the host is this machine or confirmed.
func newREST(chainID string, bases, confirmed []string, client *http.Client) (*rest, error) {
	at := &addresses{}
	for _, base := range bases {
		u, err := url.Parse(base)
		if err != nil || u.Host == "" || u.Fragment != "" {
			return nil, fault.Wrong(err, "The network's address is not a web address. Please correct it in the settings.")
		}
		if !trusted(u, confirmed) {
			return nil, fault.Wrong(ErrPlain, "The network's address is not protected (it starts with http, not https), so others could read and change what the wallet sees. Use an https address, or confirm this one in the settings.")
		}
		u.Path = strings.TrimRight(u.Path, "/")
		at.bases = append(at.bases, u.String())
	}
	guarded := http.Client{}
	if client != nil {
		guarded = *client
	}
	guarded.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if len(via) > 5 || !trusted(r.URL, confirmed) {
			return ErrPlain
		}
		return nil
	}
	return &rest{client: &guarded, chainID: chainID, at: at}, nil
}

// trusted tells whether u may be talked to: https, or http to this machine or
// to a host that the user confirmed.
func trusted(u *url.URL, confirmed []string) bool {
	switch u.Scheme {
	case "https":
		return true
	case "http":
		ip := net.ParseIP(u.Hostname())
		return u.Hostname() == "localhost" || (ip != nil && ip.IsLoopback()) ||
			slices.ContainsFunc(confirmed, func(c string) bool { return hostOf(c) == u.Host })
	}
	return false
}

// hostOf reads host:port from a web address or from itself.
func hostOf(confirmed string) string {
	if u, err := url.Parse(confirmed); err == nil && u.Host != "" {
		return u.Host
	}
	return confirmed
}

// get fills into from the answer for path and query.
func (r *rest) get(ctx context.Context, path string, query url.Values, into any) error {
	_, err := r.getAt(ctx, path, query, into)
	return err
}

// heightHeader tells the height of the state that an answer is of.
const heightHeader = "Grpc-Metadata-X-Cosmos-Block-Height"

// getAt is get; it also returns the height that the answer is of, or 0 when
// the node does not say.
func (r *rest) getAt(ctx context.Context, path string, query url.Values, into any) (height uint64, err error) {
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	header, err := r.anywhere(ctx, http.MethodGet, path, nil, into, elsewhere)
	if err != nil {
		return 0, err
	}
	height, _ = strconv.ParseUint(header.Get(heightHeader), 10, 63)
	return height, nil
}

// post sends body as JSON and fills into from the answer. It must change
// nothing, for it may be sent to several addresses.
func (r *rest) post(ctx context.Context, path string, body, into any) error {
	_, err := r.anywhere(ctx, http.MethodPost, path, body, into, elsewhere)
	return err
}

// postOnce is post for something that counts: another address gets it only
// when no byte went to the one before.
func (r *rest) postOnce(ctx context.Context, path string, body, into any) error {
	_, err := r.anywhere(ctx, http.MethodPost, path, body, into, neverSent)
	return err
}

// under puts path, which may have a query, under base, which may have one too:
// some addresses carry a token there.
func under(base, path string) string {
	base, own, _ := strings.Cut(base, "?")
	path, query, _ := strings.Cut(path, "?")
	if all := strings.Trim(own+"&"+query, "&"); all != "" {
		return base + path + "?" + all
	}
	return base + path
}

func (r *rest) do(ctx context.Context, method, address string, body, into any) (http.Header, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("encode request: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(raw))
	if err != nil {
		return nil, errors.New("ask the chain: bad address")
	}
	if body == nil {
		req.Body, req.ContentLength = http.NoBody, 0
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := r.client.Do(req)
	if err != nil {
		return nil, unreachable(err)
	}
	defer res.Body.Close()
	return res.Header, decode(res, into)
}

// decode reads an answer: JSON of into, or an error.
func decode(res *http.Response, into any) error {
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxReply+1))
	if err != nil {
		return unreachable(err)
	}
	if len(raw) > maxReply {
		return fmt.Errorf("read answer: longer than %d bytes", maxReply)
	}
	if res.StatusCode != http.StatusOK {
		e := &apiError{}
		_ = json.Unmarshal(raw, e) // a proxy's page stays without code
		e.Status = res.StatusCode
		return e
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fault.Say(fmt.Errorf("read answer: %w", err), "The network gave an answer that makes no sense. Please check its address in the settings.")
	}
	return nil
}
