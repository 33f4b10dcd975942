package app

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/player"
	"github.com/stratosdrive/stratosdrive/player/mpv"
)

// PlayOptions says how something is played from the command line.
type PlayOptions struct {
	For  time.Duration // of the video; 0 plays to the end
	Seek time.Duration // where to jump afterwards; 0 jumps nowhere
}

// PlayReport is what was measured while playing.
type PlayReport struct {
	FirstFrameMS  int64   `json:"first_frame_ms"`
	AfterSeekMS   int64   `json:"after_seek_ms,omitempty"`
	PlayedSeconds float64 `json:"played_seconds"`
	Stalls        int     `json:"stalls"`
	DroppedFrames int     `json:"dropped_frames"`
	Width         int     `json:"width"`
	Height        int     `json:"height"`
	BytesFetched  int64   `json:"bytes_fetched"`
	Noz           int64   `json:"noz"`
}

// Play plays something without a window and reports how it went. The time to
// the first picture counts from this call, opening included.
func (a *App) Play(ctx context.Context, what string, o PlayOptions) (report PlayReport, err error) {
	started := time.Now()
	media, err := a.OpenMedia(ctx, what)
	if err != nil {
		return PlayReport{}, err
	}
	defer func() { err = firstError(err, media.Close()) }()
	opened := time.Since(started)
	r, err := player.Headless(ctx, media.URL, player.HeadlessOptions{
		Seconds: o.For.Seconds(), Seek: o.Seek.Seconds(), Render: true, Why: media.Problem,
	})
	use := media.Used()
	return PlayReport{
		FirstFrameMS: (opened + r.FirstFrame).Milliseconds(), AfterSeekMS: r.AfterSeek.Milliseconds(),
		PlayedSeconds: r.Played, Stalls: r.Stalls, DroppedFrames: r.DroppedFrames, Width: r.Width, Height: r.Height,
		BytesFetched: use.Fetched, Noz: use.Noz,
	}, err
}

// PlayWindow plays something in a window of its own, with the keys of mpv,
// until the person closes it or ctx ends.
func (a *App) PlayWindow(ctx context.Context, what string) (err error) {
	media, err := a.OpenMedia(ctx, what)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, media.Close()) }()
	over := make(chan mpv.EventKind, 1)
	p, err := mpv.Open(mpv.Options{Window: true, Sound: true, OnEvent: func(e mpv.Event) {
		if e.Kind == mpv.Closed || e.Kind == mpv.Failed {
			select {
			case over <- e.Kind:
			default: // the first reason counts
			}
		}
	}})
	if err != nil {
		return err
	}
	defer p.Close()
	if err := p.Load(media.URL); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return nil
	case kind := <-over:
		if kind == mpv.Closed {
			return nil
		}
		return firstError(media.Problem(), p.State().Problem)
	}
}
