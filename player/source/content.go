package source

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

// fileContent serves a file with ranges.
type fileContent struct{ file File }

// Peeker is a file of which some bytes lie here and others would have to be
// fetched.
type Peeker interface {
	// Peek reads bytes that are here and fetches nothing.
	Peek(p []byte, off int64) (int, error)
}

func (c *fileContent) serve(w http.ResponseWriter, r *http.Request, name string, i *Item, here bool) {
	if name != i.name {
		http.NotFound(w, r)
		return
	}
	read := c.file.ReadAt
	if p, ok := c.file.(Peeker); ok && here {
		read = func(_ context.Context, b []byte, off int64) (int, error) { return p.Peek(b, off) }
	}
	w.Header().Set("Content-Type", ContentType(c.file.Title()))
	failed := i.failed
	if here {
		failed = func(error) {}
	}
	http.ServeContent(w, r, "", time.Time{}, &cursor{ctx: r.Context(), size: c.file.Size(), read: read, failed: failed})
}

func (c *fileContent) close() error { return closeIfPossible(c.file) }

func closeIfPossible(v any) error {
	if closer, ok := v.(io.Closer); ok {
		return closer.Close()
	}
	return nil
}

// streamName is what a player asks for; the endings tell it what comes.
const streamName = "index.m3u8"

// streamContent serves a stream: the playlist written anew, and the segments
// that it names.
type streamContent struct {
	stream *Stream
}

func (c *streamContent) close() error { return c.stream.Close() }

func (c *streamContent) serve(w http.ResponseWriter, r *http.Request, name string, i *Item, here bool) {
	list, session, err := c.stream.playlist(r.Context(), name == streamName && !here)
	if err != nil {
		i.failed(err)
		http.Error(w, "the stream cannot be read", http.StatusBadGateway)
		return
	}
	if name == streamName {
		w.Header().Set("Content-Type", ContentType(name))
		serveBytes(w, r, list.Encode())
		return
	}
	n, ok := list.served(name)
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", ContentType(name))
	if r.Method == http.MethodHead {
		return // its size is known only once it is fetched, and that costs
	}
	c.send(w, r, session, n, i, here)
}

// send passes a segment on, as it comes.
func (c *streamContent) send(w http.ResponseWriter, r *http.Request, s *Session, n int, i *Item, here bool) {
	read := s.ReadAt
	if here {
		read = func(_ context.Context, p []byte, off int64) (int, error) { return s.Peek(p, off) }
	}
	buf := make([]byte, 64<<10)
	sent := int64(0)
	for {
		got, err := read(r.Context(), buf, int64(n)<<slotShift+sent)
		if sent == 0 && (err == nil || errors.Is(err, io.EOF)) {
			w.Header().Set("Content-Length", strconv.FormatInt(s.size(n), 10))
		}
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil && sent == 0:
			w.Header().Del("Content-Length")
			http.Error(w, "the segment cannot be read", http.StatusBadGateway)
		}
		if err != nil {
			if !here {
				i.failed(err)
			}
			if sent > 0 {
				panic(http.ErrAbortHandler) // the player must not take a part for the whole
			}
			return
		}
		if _, err := w.Write(buf[:got]); err != nil {
			return
		}
		sent += int64(got)
	}
}
