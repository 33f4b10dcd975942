package source

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/player/fetch"
)

// webOptions are how web servers are asked: they give any range, and a few at a
// time.
var webOptions = SessionOptions{Options: fetch.Options{Parallel: 3, Resume: true}, Free: true}

// OpenWeb asks the server of an address for the video there. It is a file or a
// stream; exactly one is returned, and must be closed. Nothing that a server
// cannot prove is used a second time: it leaves keep when the video is closed.
// Every error has a sentence.
func OpenWeb(ctx context.Context, address string, keep Keeper) (*Played, *Stream, error) {
	u, err := url.Parse(address)
	if err != nil || !IsWebAddress(address) {
		return nil, nil, fault.Wrong(err, "This is not an address of a video.")
	}
	w := newWeb(address)
	key := "web/" + rand.Text()
	if strings.HasSuffix(strings.ToLower(u.Path), ".m3u8") {
		s, err := NewStream(streamName, key, newWebSegments(w, u), keep, webOptions)
		if err != nil {
			return nil, nil, err
		}
		s.once = true
		if err := s.Begin(ctx); err != nil {
			return nil, nil, errors.Join(err, s.Close())
		}
		return nil, s, nil
	}
	v, err := w.open(context.WithoutCancel(ctx), keep, key) // its answer outlives ctx
	if err != nil {
		return nil, nil, errors.Join(err, w.Close())
	}
	o := webOptions
	o.Resume = v.ranges
	s, err := NewSession(v, o)
	if err != nil {
		return nil, nil, errors.Join(err, v.Close())
	}
	s.Begin()
	return Play(titleOf(u), v.size, s), nil, nil
}

// open asks for the start of the video.
func (w *web) open(ctx context.Context, keep Keeper, key string) (*webVideo, error) {
	resp, err := w.get(ctx, w.address, 0, webBlock, "")
	if err != nil {
		return nil, err
	}
	a, err := readAnswer(resp)
	if err != nil {
		resp.Body.Close()
		return nil, err
	}
	return &webVideo{web: w, answered: a, keep: keep, key: key, first: resp}, nil
}

// Close implements [io.Closer].
func (w *web) Close() error {
	w.http.CloseIdleConnections()
	return nil
}

// webSegments is a stream on a web server: a playlist, or one that names several
// of the same video, and segments wherever they lie.
type webSegments struct {
	*web
	from *url.URL // the address that was opened

	mu    sync.Mutex
	list  *url.URL            // of the playlist that is played; nil before it was chosen
	parts map[string]*url.URL // segments by the names that they get here
	names map[string]string   // the names by address
}

func newWebSegments(w *web, from *url.URL) *webSegments {
	return &webSegments{web: w, from: from, parts: map[string]*url.URL{}, names: map[string]string{}}
}

// Segment implements [Segments].
func (s *webSegments) Segment(ctx context.Context, name string) (body io.ReadCloser, size int64, contentType string, err error) {
	if name == streamName {
		raw, err := s.playlist(ctx)
		if err != nil {
			return nil, 0, "", err
		}
		return io.NopCloser(bytes.NewReader(raw)), int64(len(raw)), "", nil
	}
	s.mu.Lock()
	at := s.parts[name]
	s.mu.Unlock()
	if at == nil {
		return nil, 0, "", fmt.Errorf("%w: no segment %.40q", ErrRefused, name)
	}
	resp, err := s.get(ctx, at.String(), 0, 0, "")
	if err != nil {
		return nil, 0, "", err
	}
	if _, err := readPiece(resp); err != nil {
		resp.Body.Close()
		return nil, 0, "", fmt.Errorf("fetch segment: %w", err)
	}
	return resp.Body, resp.ContentLength, resp.Header.Get("Content-Type"), nil
}

// playlist asks for the playlist that is played, and chooses it the first time.
func (s *webSegments) playlist(ctx context.Context) ([]byte, error) {
	s.mu.Lock()
	chosen := s.list
	s.mu.Unlock()
	if chosen != nil {
		_, raw, err := s.read(ctx, chosen)
		return raw, err
	}
	at, raw, err := s.read(ctx, s.from)
	if err != nil {
		return nil, err
	}
	variants, err := parseMaster(raw, at)
	if err != nil {
		return nil, damagedStream(err)
	}
	if len(variants) > 0 {
		if at, raw, err = s.choose(ctx, variants); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = at
	return raw, nil
}

// read fetches a playlist, and returns where it lies in the end.
func (s *webSegments) read(ctx context.Context, from *url.URL) (at *url.URL, raw []byte, err error) {
	resp, err := s.get(ctx, from.String(), 0, 0, "")
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		if _, err = readPiece(resp); err == nil {
			err = noUse("a part of a playlist")
		}
		return nil, nil, err
	}
	if raw, err = io.ReadAll(io.LimitReader(resp.Body, maxPlaylist+1)); err != nil {
		return nil, nil, fault.Say(hideAddress(err), "The server of this address does not answer; check the address and your connection, and try again.")
	}
	return resp.Request.URL, raw, nil
}

// parse reads a playlist that lies at an address. Its segments get names of
// their own, the same each time.
func (s *webSegments) parse(at *url.URL, raw []byte) (*Playlist, error) {
	return parsePlaylist(bytes.NewReader(raw), func(ref string) (string, error) {
		u, err := at.Parse(ref)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
			return "", errors.New("a segment that is not on a web server")
		}
		u.Fragment = ""
		s.mu.Lock()
		defer s.mu.Unlock()
		name, known := s.names[u.String()]
		if len(s.names) > 10*maxSegments {
			return "", errors.New("always other segments")
		}
		if !known {
			name = strconv.Itoa(len(s.names)) + segmentEnding(u.Path)
			s.names[u.String()], s.parts[name] = name, u
		}
		return name, nil
	})
}

// Playlist implements [lister].
func (s *webSegments) Playlist(raw []byte) (*Playlist, error) {
	s.mu.Lock()
	at := s.list
	s.mu.Unlock()
	return s.parse(at, raw)
}
