package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// meter is a gateway that counts what passes through it to another one.
type meter struct {
	calls, sent atomic.Int64 // bytes of request bodies
	rpc, rest   *httptest.Server
}

// newMeter stands before a gateway.
func newMeter(g network.Gateway) (*meter, error) {
	m := &meter{}
	for _, side := range []struct {
		to  string
		srv **httptest.Server
	}{{g.RPC, &m.rpc}, {g.REST, &m.rest}} {
		u, err := url.Parse(side.to)
		if err != nil {
			return nil, err
		}
		proxy := httputil.NewSingleHostReverseProxy(u)
		*side.srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			m.calls.Add(1)
			r.Body = &counted{r.Body, &m.sent}
			proxy.ServeHTTP(w, r)
		}))
	}
	return m, nil
}

func (m *meter) gateway() network.Gateway {
	return network.Gateway{RPC: m.rpc.URL, REST: m.rest.URL}
}

func (m *meter) close() {
	m.rpc.Close()
	m.rest.Close()
}

// counted adds up the bytes that are read.
type counted struct {
	io.ReadCloser
	n *atomic.Int64
}

// Read implements [io.Reader].
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.n.Add(int64(n))
	return n, err
}
