package chain

import (
	"errors"
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
	server := &http.Server{Handler: http.MaxBytesHandler(h, 4<<20), ReadHeaderTimeout: 10 * time.Second}
	c.servers = append(c.servers, server)
	go server.Serve(l)
}
