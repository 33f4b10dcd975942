package source

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Server serves videos to players on this computer. It may be used by several
// goroutines.
type Server struct {
	host string // the only Host that a request may name
	http *http.Server
	end  context.CancelFunc
	done chan struct{} // closed when nothing is accepted any more

	mu     sync.Mutex
	items  map[string]*Item // by token
	closed bool
}

// Serve starts a server on a free port of the loopback interface. It must be
// closed.
func Serve() (*Server, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fault.Say(fmt.Errorf("listen: %w", err), "The player could not open a connection inside this computer; close some programs and try again.")
	}
	ctx, end := context.WithCancel(context.Background())
	s := &Server{host: listener.Addr().String(), end: end, done: make(chan struct{}), items: map[string]*Item{}}
	s.http = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // its lines would hold addresses
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnState:         smallBuffer,
	}
	go func() {
		defer close(s.done)
		_ = s.http.Serve(listener) // always an error: the server was closed
	}()
	return s, nil
}

// smallBuffer keeps the system from taking megabytes that the player may never
// read: they would have been paid for.
func smallBuffer(c net.Conn, state http.ConnState) {
	const buffer = 256 << 10
	if tcp, ok := c.(*net.TCPConn); ok && state == http.StateNew {
		_ = tcp.SetWriteBuffer(buffer) // a wish; nothing depends on it
	}
}

// Close takes every address back and waits until nothing is read any more.
func (s *Server) Close() error {
	s.end()
	err := s.http.Close()
	<-s.done
	s.mu.Lock()
	s.closed = true
	items := s.items
	s.items = map[string]*Item{}
	s.mu.Unlock()
	for _, i := range items {
		err = errors.Join(err, i.end())
	}
	return err
}

// AddFile gives a file an address. When the item is closed, so is file if it
// is an io.Closer.
func (s *Server) AddFile(file File) (*Item, error) {
	return s.add(fileName(file.Title()), &fileContent{file: file})
}

// AddStream gives a stream an address. When the item is closed, so is stream.
func (s *Server) AddStream(stream *Stream) (*Item, error) {
	return s.add(streamName, &streamContent{stream})
}

func (s *Server) add(name string, c content) (*Item, error) {
	i := newItem(s, name, c)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errors.Join(fault.Say(nil, "The player was closed."), i.end())
	}
	s.items[i.token], s.items[i.preview] = i, i
	return i, nil
}

// token is what nobody can guess.
func token() string {
	raw := make([]byte, 24)
	_, _ = rand.Read(raw) // never fails, see crypto/rand
	return base64.RawURLEncoding.EncodeToString(raw)
}

// serveBytes answers with a few bytes.
func serveBytes(w http.ResponseWriter, r *http.Request, p []byte) {
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(p))
}

// ServeHTTP answers players. Whatever is not the exact address of a video is
// 404, so that nothing can be learned by trying.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "GET and HEAD only", http.StatusMethodNotAllowed)
		return
	}
	token, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	item := s.find(token)
	if item == nil || r.Host != s.host || !item.enter() {
		http.NotFound(w, r)
		return
	}
	defer item.leave()
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(item.ctx, cancel)()
	item.content.serve(&counted{ResponseWriter: w, served: &item.served}, r.WithContext(ctx), name, item, token == item.preview)
}

func (s *Server) find(token string) *Item {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.items[token]
}

func (s *Server) forget(i *Item) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.items, i.token)
	delete(s.items, i.preview)
}
