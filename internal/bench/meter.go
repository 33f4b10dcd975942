package main

import (
	"bytes"
	"encoding/json"
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
	files       atomic.Int64 // bytes of the files that were uploaded
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
			if err := m.read(r); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
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

// read counts what a request holds, and the size of the file if it asks for an
// upload.
func (m *meter) read(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	m.sent.Add(int64(len(body)))
	var call struct {
		Method string
		Params []struct{ Filesize int64 }
	}
	if json.Unmarshal(body, &call) == nil && call.Method == "user_requestUpload" && len(call.Params) == 1 {
		m.files.Add(call.Params[0].Filesize)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}
