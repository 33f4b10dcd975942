package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// fileContent serves a file with ranges.
type fileContent struct{ file File }

func (c *fileContent) serve(w http.ResponseWriter, r *http.Request, name string, i *Item) {
	if name != i.name {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", ContentType(c.file.Title()))
	reader := &cursor{ctx: r.Context(), file: c.file, fetched: &i.fetched, failed: i.failed}
	http.ServeContent(w, r, "", time.Time{}, reader)
}

func (c *fileContent) close() error { return closeIfPossible(c.file) }

func closeIfPossible(v any) error {
	if closer, ok := v.(io.Closer); ok {
		return closer.Close()
	}
	return nil
}

// Segments is a stream of the storage network: a playlist and the segments
// that it names, all asked for by name. It MUST allow several calls at a time.
type Segments interface {
	// Segment starts to read one. size is -1 where it is not known. The body
	// is closed by the caller, and ends with an error soon after ctx ends.
	Segment(ctx context.Context, name string) (body io.ReadCloser, size int64, contentType string, err error)
}

// streamName is what a player asks for; the endings tell it what comes.
const streamName = "index.m3u8"

// streamContent serves a stream: the playlist written anew, and the segments
// that it names.
type streamContent struct {
	playlistName string
	segments     Segments

	mu   sync.Mutex
	list *Playlist // once read
}

func (c *streamContent) close() error { return closeIfPossible(c.segments) }

func (c *streamContent) serve(w http.ResponseWriter, r *http.Request, name string, i *Item) {
	list, err := c.playlist(r.Context(), i, name == streamName)
	if err != nil {
		i.failed(err)
		http.Error(w, "the stream cannot be read", http.StatusBadGateway)
		return
	}
	if name == streamName {
		w.Header().Set("Content-Type", ContentType(name))
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(list.Encode()))
		return
	}
	segment, ok := list.served(name)
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", ContentType(name))
	if r.Method == http.MethodHead {
		return // its size is known only once it is fetched, and that costs
	}
	sent, err := c.send(w, r, segment.Name, i)
	if err == nil {
		return
	}
	i.failed(err)
	if sent > 0 {
		panic(http.ErrAbortHandler) // the player must not take a part for the whole
	}
	w.Header().Del("Content-Length")
	http.Error(w, "the segment cannot be read", http.StatusBadGateway)
}

// playlist reads the playlist once; one that is still growing is read again
// each time that a player asks for it.
func (c *streamContent) playlist(ctx context.Context, i *Item, again bool) (*Playlist, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.list != nil && (c.list.Complete || !again) {
		return c.list, nil
	}
	body, _, _, err := c.segments.Segment(ctx, c.playlistName)
	if err != nil {
		return nil, fmt.Errorf("fetch playlist: %w", err)
	}
	defer body.Close()
	list, err := ParsePlaylist(&tally{body, i})
	if errors.Is(err, ErrPlaylist) {
		return nil, fault.Say(err, "This stream is damaged and cannot be played.")
	}
	if err != nil {
		return nil, err
	}
	c.list = list
	return list, nil
}

// send passes a segment on and returns the bytes sent. One that is a playlist itself would lead the
// player elsewhere, and is refused.
func (c *streamContent) send(w http.ResponseWriter, r *http.Request, name string, i *Item) (int64, error) {
	body, size, _, err := c.segments.Segment(r.Context(), name)
	if err != nil {
		return 0, fmt.Errorf("fetch segment: %w", err)
	}
	defer body.Close()
	in := bufio.NewReaderSize(&tally{body, i}, 64<<10)
	start, err := in.Peek(64)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, fmt.Errorf("fetch segment: %w", err)
	}
	if bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(start, []byte("\ufeff"))), []byte("#EXT")) {
		return 0, fault.Say(fmt.Errorf("%w: a segment is a playlist", ErrPlaylist), "This stream is damaged and cannot be played.")
	}
	if size >= 0 {
		w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	}
	sent, err := io.Copy(w, in)
	if err != nil {
		return sent, fmt.Errorf("pass segment on: %w", err)
	}
	if size >= 0 && sent != size {
		return sent, fmt.Errorf("segment has %d of %d bytes: %w", sent, size, io.ErrUnexpectedEOF)
	}
	return sent, nil
}

// tally counts what comes from a stream.
type tally struct {
	r io.Reader
	i *Item
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.i.fetched.Add(int64(n))
	return n, err
}
