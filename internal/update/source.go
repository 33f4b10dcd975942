package update

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// What can go wrong on the way. The sentences around them are for people.
var (
	ErrPlain   = errors.New("the address is not encrypted")
	ErrStalled = errors.New("too little came for too long")
	ErrDamaged = errors.New("what was sent is not what was signed")
)

// Source is where releases come from.
type Source struct {
	Address string // of the index, https or on this computer
	Keys    Keys

	// Transport reaches servers; nil is the usual one.
	Transport http.RoundTripper

	// Patience is how long a server may go on without sending anything worth
	// mentioning; zero is 30 seconds.
	Patience time.Duration
}

const (
	usualPatience = 30 * time.Second
	leastProgress = 16 << 10 // bytes in that time, where more are still to come
	mostRedirects = 5
)

// Look fetches the index and returns it if enough of the keys signed it.
func (s Source) Look(ctx context.Context) (Index, error) {
	body, err := s.fetch(ctx, s.Address, 0)
	if err != nil {
		return Index{}, unreachable(err)
	}
	defer body.close()
	raw, err := io.ReadAll(io.LimitReader(body, mostIndex+1))
	if err != nil {
		return Index{}, unreachable(err)
	}
	index, err := Read(raw, s.Keys)
	if err != nil {
		return Index{}, fault.Say(err, "The list of new versions was not made by the makers of Stratos Drive, so it is not believed. Your version goes on working.")
	}
	return index, nil
}

// unreachable explains that a server could not be asked; who stopped it knows.
func unreachable(err error) error {
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, ErrPlain):
		return fault.Say(err, "The server of new versions leads to an address that is not encrypted, so it is not followed. Your version goes on working.")
	}
	return fault.Say(err, "The server of new versions does not answer. Your version goes on working; try again later.")
}

// answer is the body of an answer, which ends when its server is too slow.
type answer struct {
	*watched
	status   int
	header   http.Header
	released func()
}

func (a *answer) close() { a.released() }

// fetch asks for an address, beginning at a byte.
func (s Source) fetch(ctx context.Context, address string, from int64) (*answer, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("address %q: %w", address, err)
	}
	if !mayAsk(u, nil) {
		return nil, fmt.Errorf("%w: %s", ErrPlain, u.Redacted())
	}
	ctx, cancel := context.WithCancelCause(ctx)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		cancel(err)
		return nil, fmt.Errorf("address %q: %w", address, err)
	}
	req.Header.Set("User-Agent", product)
	req.Header.Set("Accept-Encoding", "identity") // sizes and places are of the file itself
	if from > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", from))
	}
	return s.do(req, cancel)
}

func (s Source) do(req *http.Request, cancel context.CancelCauseFunc) (*answer, error) {
	patience := s.Patience
	if patience == 0 {
		patience = usualPatience
	}
	w := watch(req.Context(), patience, cancel)
	res, err := s.client().Do(req)
	if err != nil {
		w.end()
		if cause := context.Cause(req.Context()); cause != nil {
			err = cause
		}
		cancel(nil)
		return nil, fmt.Errorf("ask %s: %w", req.URL.Host, err)
	}
	w.body = res.Body
	a := &answer{watched: w, status: res.StatusCode, header: res.Header, released: func() {
		w.end()
		cancel(nil)
		_ = res.Body.Close()
	}}
	if res.StatusCode/100 != 2 && res.StatusCode != http.StatusRequestedRangeNotSatisfiable {
		a.close()
		return nil, fmt.Errorf("ask %s: %s", req.URL.Host, res.Status)
	}
	return a, nil
}

// client follows redirects to encrypted addresses only, and keeps nothing.
func (s Source) client() *http.Client {
	return &http.Client{Transport: s.Transport, CheckRedirect: func(to *http.Request, via []*http.Request) error {
		if len(via) > mostRedirects {
			return fmt.Errorf("over %d redirects", mostRedirects)
		}
		if !mayAsk(to.URL, via[0].URL) {
			return fmt.Errorf("%w: led to %s", ErrPlain, to.URL.Redacted())
		}
		return nil
	}}
}

// mayAsk tells whether an address may be asked: an encrypted one, or one on this
// computer unless another computer led there.
func mayAsk(u, from *url.URL) bool {
	if u.User != nil || u.Hostname() == "" {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && loopback(u) && (from == nil || loopback(from))
}

func loopback(u *url.URL) bool {
	addr, err := netip.ParseAddr(u.Hostname())
	return err == nil && addr.IsLoopback()
}

// at is the address of a file of the index.
func (s Source) at(f File) (string, error) {
	base, err := url.Parse(s.Address)
	if err != nil {
		return "", fmt.Errorf("address of the index: %w", err)
	}
	u, err := base.Parse(f.URL)
	if err != nil {
		return "", fmt.Errorf("address of %s: %w", f.Name, err)
	}
	if !mayAsk(u, base) {
		return "", fmt.Errorf("%w: %s", ErrPlain, u.Redacted())
	}
	return u.String(), nil
}
