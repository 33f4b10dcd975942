package monitor

import (
	"net/http"
	"net/url"
	"strings"
)

// originRule is a list of browser origins: "*" for all, a host name, or a URL
// of which only those parts count that are given.
type originRule []string

// allows tells whether the browser page of a request may connect. Programs,
// which name no origin, always may: they need the token as well.
func (o originRule) allows(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	page := splitOrigin(origin)
	for _, rule := range o {
		if rule == "*" || splitOrigin(rule).covers(page) {
			return true
		}
	}
	return false
}

type originParts struct{ scheme, host, port string }

// splitOrigin takes scheme://host:port apart; host:port and a bare host are
// allowed too.
func splitOrigin(text string) originParts {
	text = strings.ToLower(text)
	if !strings.Contains(text, "://") {
		text = "//" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return originParts{host: "\x00"} // like no other
	}
	return originParts{scheme: u.Scheme, host: u.Hostname(), port: u.Port()}
}

func (p originParts) covers(page originParts) bool {
	return p.host == page.host && p.host != "\x00" &&
		(p.scheme == "" || p.scheme == page.scheme) && (p.port == "" || p.port == page.port)
}
