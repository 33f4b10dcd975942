package testlink

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Options says what a line is like.
type Options struct {
	BitsPerSecond float64       // in each direction; 0 = without limit
	RoundTrip     time.Duration // there and back
}

// Carried is what went over a line.
type Carried struct {
	Connections int64
	Up, Down    int64 // bytes from and to those who connect
}

// Line is a line with any number of servers at its far end. It may be used by
// several goroutines.
type Line struct {
	roundTrip time.Duration
	up, down  *bucket
	closed    chan struct{}
	running   sync.WaitGroup

	connections, sent, received atomic.Int64

	mu        sync.Mutex
	ended     bool
	listeners []net.Listener
	open      map[net.Conn]bool
}

// New returns a line; it must be closed.
func New(o Options) *Line {
	return &Line{
		roundTrip: o.RoundTrip, up: newBucket(o.BitsPerSecond), down: newBucket(o.BitsPerSecond),
		closed: make(chan struct{}), open: map[net.Conn]bool{},
	}
}

// To returns an address of this computer, host:port, behind which the server at
// address lies, at the other end of the line.
func (l *Line) To(address string) (string, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("begin of the line: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return "", errors.Join(net.ErrClosed, listener.Close())
	}
	l.listeners = append(l.listeners, listener)
	l.running.Go(func() { l.accept(listener, address) })
	return listener.Addr().String(), nil
}

// Carried is what went over the line so far.
func (l *Line) Carried() Carried {
	return Carried{Connections: l.connections.Load(), Up: l.sent.Load(), Down: l.received.Load()}
}

// Close cuts the line and waits until nothing of it runs. It may be called more
// than once.
func (l *Line) Close() error {
	l.mu.Lock()
	first := !l.ended
	l.ended = true
	var err error
	if first {
		close(l.closed)
		for _, listener := range l.listeners {
			err = errors.Join(err, listener.Close())
		}
		for c := range l.open {
			_ = c.Close() // it may have ended by itself
		}
	}
	l.mu.Unlock()
	l.running.Wait()
	return err
}

func (l *Line) accept(listener net.Listener, address string) {
	for {
		c, err := listener.Accept()
		if err != nil {
			return // closed
		}
		l.connections.Add(1)
		l.running.Go(func() { l.connect(c, address) })
	}
}

// connect carries one connection from its handshake to its end.
func (l *Line) connect(near net.Conn, address string) {
	defer l.forget(near)
	if !l.keep(near) || !l.sleep(time.Now().Add(l.roundTrip)) {
		return
	}
	far, err := net.Dial("tcp", address)
	if err != nil {
		return // as from a server that is not there
	}
	defer l.forget(far)
	if !l.keep(far) {
		return
	}
	narrow(near, far)
	var both sync.WaitGroup
	both.Go(func() { l.way(far, near, l.up, &l.sent) })
	both.Go(func() { l.way(near, far, l.down, &l.received) })
	both.Wait()
}

// narrow keeps the system from taking in megabytes that nobody asked for.
func narrow(near, far net.Conn) {
	const buffer = 128 << 10
	if c, ok := near.(*net.TCPConn); ok {
		_ = c.SetWriteBuffer(buffer) // a wish; nothing depends on it
	}
	if c, ok := far.(*net.TCPConn); ok {
		_ = c.SetReadBuffer(buffer)
	}
}

// keep remembers a connection to be cut; false after Close.
func (l *Line) keep(c net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ended {
		l.open[c] = true
	}
	return !l.ended
}

func (l *Line) forget(c net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, c)
	_ = c.Close() // it may be closed already
}
