package app

import (
	"context"
	"io"
	"sync"
	"sync/atomic"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/player/source"
)

// stream is a video of the network that is opened, and so paid, only when
// something is missing here.
type stream struct {
	open func(ctx context.Context) (*client.Video, error)
	noz  atomic.Int64
	done sync.WaitGroup

	mu    sync.Mutex
	video *client.Video
}

// Segment implements [source.Segments].
func (s *stream) Segment(ctx context.Context, name string) (body io.ReadCloser, size int64, contentType string, err error) {
	v, err := s.get(ctx)
	if err != nil {
		return nil, 0, "", asVideo(err)
	}
	body, size, contentType, err = v.Segment(client.Urgent(ctx), name)
	return body, size, contentType, asVideo(err)
}

func (s *stream) get(ctx context.Context) (*client.Video, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.video != nil {
		return s.video, nil
	}
	v, err := s.open(client.Urgent(ctx))
	if err != nil {
		return nil, err
	}
	s.video = v
	s.done.Go(func() {
		if cost, ok := v.Cost(context.WithoutCancel(ctx)); ok {
			s.noz.Store(cost.Noz)
		}
	})
	return v, nil
}

// Close implements [io.Closer].
func (s *stream) Close() error {
	s.done.Wait()
	return nil
}

// playlistName is what storage nodes call the playlist of a video (sds.md 7.1).
const playlistName = "index.m3u8"

// playStream makes a stream something that can be watched; key is what it is
// called in the cache. Its playlist is read, and its first segment on its way,
// when it returns.
func (a *App) playStream(ctx context.Context, key, title string, open func(ctx context.Context) (*client.Video, error)) (*Media, error) {
	keep, err := a.keeper()
	if err != nil {
		return nil, err
	}
	s := &stream{open: open}
	video, err := source.NewStream(playlistName, key, s, keep, source.SessionOptions{Free: true})
	if err != nil {
		return nil, err
	}
	if err := video.Begin(ctx); err != nil {
		return nil, firstError(err, video.Close())
	}
	return a.serveStream(video, title, "Plays from the network", func(duration float64) playback.Supply {
		supply := video.Supply(duration)
		supply.Noz = s.noz.Load()
		return supply
	})
}
