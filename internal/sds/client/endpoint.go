package client

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// endpoint is one gateway.
type endpoint struct {
	rpc      string   // URL of the JSON-RPC port
	rest     *url.URL // base of the video endpoints; nil when not offered
	token    string
	loopback bool // answers in milliseconds, polling costs nothing
	// deaf is set once the node did not listen to a second signature of an
	// upload, as reference nodes do not: then files are sent again at once.
	deaf atomic.Bool
	// patient is set once it did listen: then a number that another device
	// used up costs nothing there.
	patient atomic.Bool
}

// newEndpoint checks the addresses of a gateway. plain are addresses (host,
// host:port or whole URL) that the user allowed to be http.
func newEndpoint(g network.Gateway, plain []string) (*endpoint, error) {
	rpc, err := parseBase(g.RPC, plain)
	if err != nil {
		return nil, fmt.Errorf("gateway: %w", err)
	}
	if rpc.Path == "" {
		rpc.Path = "/"
	}
	e := &endpoint{rpc: rpc.String(), token: g.Token, loopback: isLoopback(rpc.Hostname())}
	if g.REST == "" {
		return e, nil
	}
	if e.rest, err = parseBase(g.REST, plain); err != nil {
		return nil, fmt.Errorf("video address of the gateway: %w", err)
	}
	return e, nil
}

// parseBase reads a base URL. The name localhost becomes 127.0.0.1, since
// nodes refuse host names that they were not told about.
func parseBase(text string, plain []string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("%w: not a web address", errGarbage)
	}
	if strings.EqualFold(strings.TrimSuffix(u.Hostname(), "."), "localhost") {
		u.Host = strings.TrimSuffix(net.JoinHostPort("127.0.0.1", u.Port()), ":")
	}
	if u.Scheme == "http" && !isLoopback(u.Hostname()) && !confirmed(u, text, plain) {
		return nil, ErrPlainHTTP
	}
	return u, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func confirmed(u *url.URL, text string, plain []string) bool {
	return slices.ContainsFunc(plain, func(p string) bool {
		return p == text || p == u.Host || p == u.Hostname()
	})
}

// restURL returns the address of a video call; parts are escaped.
func (e *endpoint) restURL(call string, parts ...string) string {
	u := e.rest.JoinPath(strings.Trim(call, "/"))
	for _, p := range parts {
		u = u.JoinPath(url.PathEscape(p))
	}
	if e.token != "" {
		q := u.Query()
		q.Set("token", e.token)
		u.RawQuery = q.Encode()
	}
	return u.String()
}
