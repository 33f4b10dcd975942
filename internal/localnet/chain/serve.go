package chain

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// listeners are opened before anything else, so that a taken port is known at
// once.
type listeners struct{ rpc, rest, grpc net.Listener }

func listen(cfg Config) (*listeners, error) {
	l := &listeners{}
	for _, one := range []struct {
		address string
		into    *net.Listener
	}{{cfg.RPC, &l.rpc}, {cfg.REST, &l.rest}, {cfg.GRPC, &l.grpc}} {
		listener, err := net.Listen("tcp", one.address)
		if err != nil {
			l.Close()
			return nil, fault.Say(err, "The practice network cannot use the address %s: another program may be using it.", one.address)
		}
		*one.into = listener
	}
	return l, nil
}

// Close closes what is still open.
func (l *listeners) Close() error {
	var failed []error
	for _, one := range []net.Listener{l.rpc, l.rest, l.grpc} {
		if one != nil {
			failed = append(failed, one.Close())
		}
	}
	return errors.Join(failed...)
}

// serve answers wallets on the listeners.
func (c *Chain) serve(l *listeners) {
	env := c.engine.environment()
	rest, grpc := c.engine.app.services(localRPC{env})
	c.serveHTTP(l.rpc, c.engine.rpcHandler(env))
	c.serveHTTP(l.rest, rest)
	c.servers = append(c.servers, grpcCloser{grpc})
	go grpc.Serve(l.grpc)
}

func (c *Chain) serveHTTP(l net.Listener, h http.Handler) {
	server := &http.Server{
		Handler:           http.MaxBytesHandler(h, 4<<20),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0),
	}
	c.servers = append(c.servers, httpCloser{server})
	go server.Serve(l)
}

// httpCloser ends a web server when it has answered what it was asked.
type httpCloser struct{ *http.Server }

// Close waits a moment for answers on their way.
func (s httpCloser) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := s.Shutdown(ctx); err == nil {
		return nil
	}
	return s.Server.Close()
}
