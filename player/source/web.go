package source

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// ErrServer means that a server does not behave as one with a video does.
var ErrServer = errors.New("server is of no use")

// What is asked of a server at most.
const (
	webBlock     = 1 << 20 // bytes of a request
	webHeader    = 20 * time.Second
	webRedirects = 5
	webLargest   = 1 << 42
	webParts     = 1 << 16 // that a file is cut into
)

// IsWebAddress tells whether something names a video on a web server. What has
// a fragment does not: that part may be a key, which no server is told.
func IsWebAddress(what string) bool {
	u, err := url.Parse(what)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.Fragment == ""
}

// web is a server with a video. Nobody vouches for what it sends.
type web struct {
	http    *http.Client
	address string
}

// newWeb returns a client for one address. It follows redirects within its
// server and to other places of the internet, never to others of this computer
// or of the local network.
func newWeb(address string) *web {
	dialer := &net.Dialer{Timeout: webHeader}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, DisableCompression: true,
		TLSHandshakeTimeout: webHeader, ResponseHeaderTimeout: webHeader, MaxIdleConnsPerHost: 4,
		IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10,
		DialContext: func(ctx context.Context, network, target string) (net.Conn, error) {
			d := *dialer
			if redirected(ctx) {
				d.Control = public
			}
			return d.DialContext(ctx, network, target)
		},
	}
	return &web{&http.Client{Transport: transport, CheckRedirect: checkRedirect}, address}
}

// followed marks the context of a redirect's request.
type followed struct{}

func redirected(ctx context.Context) bool { return ctx.Value(followed{}) != nil }

func checkRedirect(r *http.Request, via []*http.Request) error {
	switch {
	case len(via) > webRedirects:
		return fmt.Errorf("%w: too many redirects", ErrServer)
	case r.URL.Scheme != "http" && r.URL.Scheme != "https", via[0].URL.Scheme == "https" && r.URL.Scheme == "http":
		return fmt.Errorf("%w: redirect to %.20q", ErrServer, r.URL.Scheme)
	}
	if r.URL.Host == via[0].URL.Host {
		return nil // the place that the user named, wherever that is
	}
	if ip, err := netip.ParseAddr(r.URL.Hostname()); err == nil && !isPublic(ip) || r.URL.Hostname() == "localhost" {
		return fmt.Errorf("%w: redirect into the local network", ErrServer)
	}
	*r = *r.WithContext(context.WithValue(r.Context(), followed{}, true))
	return nil
}

// public refuses connections to this computer and the local network: a name
// may lead anywhere.
func public(_, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(target.Addr()) {
		return fmt.Errorf("%w: redirect into the local network", ErrServer)
	}
	return nil
}

func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsValid() && !ip.IsLoopback() && !ip.IsPrivate() && !ip.IsLinkLocalUnicast() && !ip.IsUnspecified() && !ip.IsMulticast()
}

// get asks for bytes of an address, from up to, without to; to is 0 for all. It
// is the one that the user named, or one that its server named: then the rules
// for redirects hold.
func (w *web) get(ctx context.Context, address string, from, to int64, version string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	named, err2 := url.Parse(w.address)
	if err != nil || err2 != nil {
		return nil, fault.Wrong(hideAddress(errors.Join(err, err2)), "This is not an address of a video.")
	}
	if err := checkRedirect(r, []*http.Request{{URL: named}}); err != nil {
		return nil, elsewhere(err)
	}
	if to > 0 {
		r.Header.Set("Range", fmt.Sprintf("bytes=%d-%d", from, to-1))
		if version != "" {
			r.Header.Set("If-Range", version)
		}
	}
	resp, err := w.http.Do(r)
	if err == nil {
		return resp, nil
	}
	if errors.Is(err, ErrServer) {
		return nil, elsewhere(hideAddress(err))
	}
	return nil, fault.Say(hideAddress(err), "The server of this address does not answer; check the address and your connection, and try again.")
}

func elsewhere(err error) error {
	return fault.Say(fmt.Errorf("%w: %w", ErrRefused, err), "The address leads to a place that must not be opened. Nothing was played.")
}

// hideAddress leaves out what may hold a token.
func hideAddress(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// answered is what a server says about the video.
type answered struct {
	size    int64
	ranges  bool
	version string // strong ETag or date
	kind    string // media type
}

// readAnswer reads the answer to a question for a file, whose size has to be
// known.
func readAnswer(resp *http.Response) (answered, error) {
	a, err := readPiece(resp)
	if err == nil && (a.size <= 0 || a.size > webLargest) {
		err = fault.Say(fmt.Errorf("%w: %w: %d bytes", ErrRefused, ErrServer, a.size), "The server does not say how long this video is, so it cannot be played here. Download it first.")
	}
	return a, err
}

// readPiece reads the answer to a question for a segment: its size may be -1.
func readPiece(resp *http.Response) (answered, error) {
	a := answered{version: resp.Header.Get("ETag"), kind: resp.Header.Get("Content-Type"), size: resp.ContentLength}
	if a.version == "" || strings.HasPrefix(a.version, "W/") {
		a.version = resp.Header.Get("Last-Modified")
	}
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusPartialContent:
		a.ranges = true
		_, total, ok := contentRange(resp.Header.Get("Content-Range"))
		if !ok {
			return a, noUse("a range that is none")
		}
		a.size = total
	case http.StatusNotFound, http.StatusGone:
		return a, fault.Say(fmt.Errorf("%w: status %d", ErrRefused, resp.StatusCode), "There is nothing at this address any more.")
	case http.StatusUnauthorized, http.StatusForbidden:
		return a, fault.Say(fmt.Errorf("%w: status %d", ErrRefused, resp.StatusCode), "The server does not let everybody see this video.")
	default:
		return a, fault.Say(fmt.Errorf("%w: status %d", ErrServer, resp.StatusCode), "The server of this address has a problem; try again later.")
	}
	if strings.HasPrefix(a.kind, "text/html") {
		return a, fault.Say(fmt.Errorf("%w: %w: a web page", ErrRefused, ErrServer), "This address is a web page, not a video. Copy the address of the video itself.")
	}
	return a, nil
}

func noUse(why string) error {
	return fault.Say(fmt.Errorf("%w: %w: %s", ErrRefused, ErrServer, why), "The server of this address answers in a way that makes no sense, so the video cannot be played.")
}

// contentRange reads "bytes 0-99/1000".
func contentRange(text string) (from, total int64, ok bool) {
	text, ok = strings.CutPrefix(text, "bytes ")
	span, all, found := strings.Cut(text, "/")
	first, last, dash := strings.Cut(span, "-")
	from, err1 := strconv.ParseInt(first, 10, 64)
	to, err2 := strconv.ParseInt(last, 10, 64)
	total, err3 := strconv.ParseInt(all, 10, 64)
	ok = ok && found && dash && err1 == nil && err2 == nil && err3 == nil && from >= 0 && to >= from && total > to
	return from, total, ok
}

// titleOf is the last part of an address, as people read it.
func titleOf(u *url.URL) string {
	if name := path.Base(u.Path); name != "." && name != "/" {
		return name
	}
	return u.Hostname()
}
