package source

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
)

// Item is one video that a [Server] serves.
type Item struct {
	server  *Server
	token   string
	preview string // token of the address that fetches nothing
	name    string // last part of the address
	content content

	ctx     context.Context // ends when the item is closed
	cancel  context.CancelFunc
	served  atomic.Int64
	readers atomic.Int64

	mu      sync.Mutex
	closed  bool
	running sync.WaitGroup
	problem error
}

// content is what differs between a file and a stream.
type content interface {
	// serve answers a request for name below the item's address; with here,
	// only of what lies on this computer.
	serve(w http.ResponseWriter, r *http.Request, name string, i *Item, here bool)
	close() error
}

func newItem(s *Server, name string, c content) *Item {
	i := &Item{server: s, token: token(), preview: token(), name: name, content: c}
	i.ctx, i.cancel = context.WithCancel(context.Background())
	return i
}

// URL is the address for a player. It is a key: who has it, on this computer,
// can watch.
func (i *Item) URL() string { return i.address(i.token) }

// Preview is an address that gives only what lies on this computer already. A
// byte that would have to be fetched breaks the answer off.
func (i *Item) Preview() string { return i.address(i.preview) }

func (i *Item) address(token string) string {
	u := url.URL{Scheme: "http", Host: i.server.host, Path: "/" + token + "/" + i.name}
	return u.String()
}

// Served is the number of bytes given to players so far.
func (i *Item) Served() int64 { return i.served.Load() }

// Problem is the last error of the source, which says more than the player
// can know; nil while there was none.
func (i *Item) Problem() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.problem
}

// Close takes the address back, stops what is being read and closes the
// source. It may be called more than once.
func (i *Item) Close() error {
	i.server.forget(i)
	return i.end()
}

func (i *Item) end() error {
	i.mu.Lock()
	first := !i.closed
	i.closed = true
	i.mu.Unlock()
	i.cancel()
	i.running.Wait()
	if !first {
		return nil
	}
	return i.content.close()
}

// enter notes a request, unless the item is closed.
func (i *Item) enter() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.closed {
		return false
	}
	i.running.Add(1)
	i.readers.Add(1)
	return true
}

func (i *Item) leave() {
	i.readers.Add(-1)
	i.running.Done()
}

// Readers is how many players read right now.
func (i *Item) Readers() int { return int(i.readers.Load()) }

// failed notes an error of the source; a player that hangs up is none.
func (i *Item) failed(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.problem = err
}

// counted counts what a player gets of a video.
type counted struct {
	http.ResponseWriter
	served  *atomic.Int64
	refused bool
}

// WriteHeader implements [http.ResponseWriter].
func (c *counted) WriteHeader(code int) {
	c.refused = code >= http.StatusBadRequest
	c.ResponseWriter.WriteHeader(code)
}

// Write implements [http.ResponseWriter].
func (c *counted) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	if !c.refused {
		c.served.Add(int64(n))
	}
	return n, err
}

// fileName makes a title the last part of an address: other players show it.
func fileName(title string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || !unicode.IsPrint(r) || strings.ContainsRune(`/\?#%`, r) {
			return '_'
		}
		return r
	}, title)
	const longest = 100
	if r := []rune(name); len(r) > longest {
		name = string(r[len(r)-longest:]) // keeps the ending
	}
	if name = strings.Trim(name, " ."); name == "" {
		return "video"
	}
	return name
}
