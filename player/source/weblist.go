package source

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

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
		s, err := NewStream(streamName, key, &webSegments{w, u}, keep, webOptions)
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

// webSegments is a stream on a web server: a playlist with its segments beside
// it.
type webSegments struct {
	*web
	base *url.URL
}

// Segment implements [Segments].
func (s *webSegments) Segment(ctx context.Context, name string) (body io.ReadCloser, size int64, contentType string, err error) {
	address := s.address
	if name != streamName {
		address = s.base.ResolveReference(&url.URL{Path: "./" + name}).String()
	}
	resp, err := s.get(ctx, address, 0, 0, "")
	if err != nil {
		return nil, 0, "", err
	}
	if name == streamName && resp.StatusCode == 200 {
		return resp.Body, resp.ContentLength, resp.Header.Get("Content-Type"), nil
	}
	if _, err := readAnswer(resp); err != nil {
		resp.Body.Close()
		return nil, 0, "", fmt.Errorf("fetch segment: %w", err)
	}
	return resp.Body, resp.ContentLength, resp.Header.Get("Content-Type"), nil
}
