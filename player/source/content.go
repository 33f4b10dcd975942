package source

import (
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

// Stream is a stream of the storage network that is played: its playlist, and a
// session that fetches its segments.
type Stream struct {
	segments Segments
	keep     Keeper
	key      string
	name     string // of the playlist
	o        SessionOptions

	mu      sync.Mutex
	list    *Playlist // once read
	session *Session
	old     []*Session // of shorter playlists
	bytes   int64      // of playlists
}

// NewStream makes a stream of segments; playlist is the name of its playlist,
// and key what it is called in the cache, the same each time. When it is closed,
// so is segments if it is an io.Closer.
func NewStream(playlist, key string, segments Segments, keep Keeper, o SessionOptions) (*Stream, error) {
	if !segmentName.MatchString(playlist) {
		return nil, fault.Say(fmt.Errorf("%w: name %.40q", ErrPlaylist, playlist), "This stream is damaged and cannot be played.")
	}
	return &Stream{segments: segments, keep: keep, key: key, name: playlist, o: o}, nil
}

// Begin reads the playlist and begins to fetch what a player will ask for
// first.
func (s *Stream) Begin(ctx context.Context) error {
	_, session, err := s.playlist(ctx, false)
	if err == nil {
		session.Begin()
	}
	return err
}

// Close ends what is fetched.
func (s *Stream) Close() error {
	s.mu.Lock()
	sessions := s.old
	if s.session != nil {
		sessions = append(sessions, s.session)
	}
	s.old, s.session = nil, nil
	s.mu.Unlock()
	var err error
	for _, one := range sessions {
		err = errors.Join(err, one.Close())
	}
	return errors.Join(err, closeIfPossible(s.segments))
}

// playlist reads the playlist once; one that is still growing is read again
// each time that a player asks for it.
func (s *Stream) playlist(ctx context.Context, again bool) (*Playlist, *Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.list != nil && (s.list.Complete || !again) {
		return s.list, s.session, nil
	}
	list, err := s.read(ctx)
	if err != nil {
		return nil, nil, err
	}
	session, err := NewSession(newStreamVideo(s.segments, s.keep, s.key, list), s.o)
	if err != nil {
		return nil, nil, err
	}
	if s.session != nil {
		s.old = append(s.old, s.session)
	}
	s.list, s.session = list, session
	return list, session, nil
}

// read reads the playlist, from the cache if it is there: a complete one never
// changes.
func (s *Stream) read(ctx context.Context) (*Playlist, error) {
	kept := s.key + "/" + s.name
	if size := s.keep.Whole(kept); size > 0 && size <= maxPlaylist {
		p := make([]byte, size)
		if s.keep.Peek(kept, p, 0) == nil {
			if list, err := ParsePlaylist(bytes.NewReader(p)); err == nil && list.Complete {
				return list, nil
			}
		}
	}
	return s.ask(ctx, kept)
}

// ask asks the network for the playlist.
func (s *Stream) ask(ctx context.Context, kept string) (*Playlist, error) {
	body, _, _, err := s.segments.Segment(ctx, s.name)
	if err != nil {
		return nil, fmt.Errorf("fetch playlist: %w", err)
	}
	defer body.Close()
	p, err := io.ReadAll(io.LimitReader(body, maxPlaylist+1))
	s.bytes += int64(len(p))
	if err != nil {
		return nil, fmt.Errorf("fetch playlist: %w", err)
	}
	list, err := ParsePlaylist(bytes.NewReader(p))
	if err != nil {
		return nil, fault.Say(err, "This stream is damaged and cannot be played.")
	}
	if list.Complete {
		_ = s.keep.Fetch(ctx, kept, int64(len(p)), func(_ context.Context, piece func(int64, []byte) error) error { return piece(0, p) }, func(int64) {})
	}
	return list, nil
}
