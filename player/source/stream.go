package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Stream is a stream of the storage network that is played: its playlist, and a
// session that fetches its segments.
type Stream struct {
	segments Segments
	keep     Keeper
	key      string
	name     string // of the playlist
	o        SessionOptions
	once     bool // nothing is kept for the next time

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
	list := s.list
	s.mu.Unlock()
	var err error
	for _, one := range sessions {
		err = errors.Join(err, one.Close())
	}
	if s.once && list != nil {
		s.keep.Drop(s.key + "/" + s.name)
		for _, segment := range list.Segments {
			s.keep.Drop(s.key + "/" + segment.Name)
		}
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
			if list, err := s.parse(p); err == nil && list.Complete {
				return list, nil
			}
		}
	}
	return s.ask(ctx, kept)
}

// lister is implemented by segments that have a way of their own to read their
// playlist.
type lister interface {
	Playlist(raw []byte) (*Playlist, error)
}

func (s *Stream) parse(raw []byte) (*Playlist, error) {
	if own, ok := s.segments.(lister); ok {
		return own.Playlist(raw)
	}
	return ParsePlaylist(bytes.NewReader(raw))
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
	list, err := s.parse(p)
	switch {
	case errors.Is(err, errElsewhere):
		return nil, fault.Say(err, "This stream is made of several streams, or locked with a key, and cannot be played here.")
	case err != nil:
		return nil, fault.Say(err, "This stream is damaged and cannot be played.")
	}
	if list.Complete {
		_ = s.keep.Fetch(ctx, kept, int64(len(p)), func(_ context.Context, piece func(int64, []byte) error) error { return piece(0, p) }, func(int64) {})
	}
	return list, nil
}
