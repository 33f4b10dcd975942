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
	// Resume begins where it was left, on any device, and remembers where it
	// is left this time.
	Resume bool
}

// PlayReport is what was measured while playing.
type PlayReport struct {
	ReadyMS       int64   `json:"ready_ms"` // until the drive stood; not part of the next
	FirstFrameMS  int64   `json:"first_frame_ms"`
	AfterSeekMS   *int64  `json:"after_seek_ms,omitempty"` // nil: it did not come to a jump
	PlayedSeconds float64 `json:"played_seconds"`
	Stalls        int     `json:"stalls"`
	DroppedFrames int     `json:"dropped_frames"`
	AVOffsetMS    int64   `json:"av_offset_ms"`     // pictures behind their sound, the middle of all
	AVOffsetP95MS int64   `json:"av_offset_p95_ms"` // its size, which 95 % of the pictures keep to
	Width         int     `json:"width"`
	Height        int     `json:"height"`
	BytesFetched  int64   `json:"bytes_fetched"`
	BytesWasted   int64   `json:"bytes_wasted"` // of them, bytes that the player was not given
	Noz           int64   `json:"noz"`
	ResumedAt     float64 `json:"resumed_at,omitempty"` // seconds
	LeftAt        float64 `json:"left_at,omitempty"`    // seconds
}

// Play plays something without a window and reports how it went. The time to
// the first picture counts from opening, once the drive stands.
func (a *App) Play(ctx context.Context, what string, o PlayOptions) (PlayReport, error) {
	if !o.Resume {
		report, _, err := a.play(ctx, what, o, 0)
		return report, err
	}
	from, err := a.Watched(ctx, what)
	if err != nil {
		return PlayReport{}, err
	}
	report, r, err := a.play(ctx, what, o, from.At)
	report.ResumedAt, report.LeftAt = from.At.Seconds(), seconds(r.Position).Round(time.Millisecond).Seconds()
	return report, firstError(err, a.NoteWatched(ctx, what, seconds(r.Position), seconds(r.Duration), true))
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func (a *App) play(ctx context.Context, what string, o PlayOptions, from time.Duration) (_ PlayReport, r player.Report, err error) {
	started := time.Now()
	media, err := a.OpenMedia(ctx, what)
	if err != nil {
		return PlayReport{}, r, err
	}
	defer func() { err = firstError(err, media.Close()) }()
	opened := time.Since(started)
	r, err = player.Headless(ctx, media.URL, player.HeadlessOptions{
		Start: from.Seconds(), Seconds: o.For.Seconds(), Seek: o.Seek.Seconds(), Render: true, Why: media.Problem,
		Length: func(seconds float64) { media.Supply(seconds) }, // how much it needs a second
	})
	use := media.Used()
	var jump *int64
	if r.AfterSeek > 0 {
		ms := r.AfterSeek.Milliseconds()
		jump = &ms
	}
	return PlayReport{
		ReadyMS:      media.Ready.Milliseconds(),
		FirstFrameMS: (opened - media.Ready + r.FirstFrame).Milliseconds(), AfterSeekMS: jump,
		PlayedSeconds: r.Played, Stalls: r.Stalls, DroppedFrames: r.DroppedFrames, Width: r.Width, Height: r.Height,
		AVOffsetMS: r.Offset.Milliseconds(), AVOffsetP95MS: r.OffsetMost.Milliseconds(),
		BytesFetched: use.Fetched, BytesWasted: use.Wasted, Noz: use.Noz,
	}, r, err
}

// noteLimit is how long a player that was closed tries to tell where it stood.
const noteLimit = 20 * time.Second

// PlayWindow plays something in a window of its own, with the keys of mpv,
// until the person closes it or ctx ends. It goes on where it was left on any
// device, and remembers where it is left; that nobody could be asked or told
// does not keep it from playing.
func (a *App) PlayWindow(ctx context.Context, what string) error {
	drive := !IsLocalFile(what)
	var from Place
	if drive {
		from, _ = a.Watched(ctx, what)
	}
	at, length, err := a.playWindow(ctx, what, from.At)
	if drive && length > 0 {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteLimit)
		defer cancel()
		_ = a.NoteWatched(ctx, what, at, length, true)
	}
	return err
}

// playWindow returns where it was closed.
func (a *App) playWindow(ctx context.Context, what string, from time.Duration) (at, length time.Duration, err error) {
	media, err := a.OpenMedia(ctx, what)
	if err != nil {
		return 0, 0, err
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
		return 0, 0, err
	}
	defer p.Close()
	if err := p.LoadAt(media.URL, from.Seconds()); err != nil {
		return 0, 0, err
	}
	_ = media.AddSubtitles(ctx, p) // without them it plays too
	if untilOver(ctx, media, p, over) == mpv.Failed {
		err = firstError(media.Problem(), p.State().Problem)
	}
	s := p.State()
	return seconds(s.Position), seconds(s.Duration), err
}

// untilOver waits until a player has ended or ctx has, and tells how. What
// brings the video is told how long it is, for that says what it needs.
func untilOver(ctx context.Context, media *Media, p *mpv.Player, over <-chan mpv.EventKind) mpv.EventKind {
	tell := time.NewTicker(time.Second)
	defer tell.Stop()
	for {
		select {
		case <-ctx.Done():
			return mpv.Closed
		case kind := <-over:
			return kind
		case <-tell.C:
			media.Supply(p.State().Duration)
		}
	}
}
