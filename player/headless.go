package player

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/player/mpv"
)

// ErrStuck means that nothing came for as long as patience lasted.
var ErrStuck = errors.New("video does not go on")

// defaultPatience is longer than a gateway takes to fetch a slice from a slow
// node (10 s, sds.md 5.5) twice.
const defaultPatience = 30 * time.Second

// HeadlessOptions says what is played.
type HeadlessOptions struct {
	Start   float64 // second to begin at; 0 = the start
	Seconds float64 // of video to play; 0 = to the end
	Seek    float64 // when those were played: jump to this second and play as many again; 0 = do not jump
	Render  bool    // draw every picture, as for a window; otherwise they are only decoded

	Patience time.Duration            // give up when nothing has come for so long; 0 = 30 s
	Why      func() error             // what the source says of a failure; may be nil
	Length   func(seconds float64)    // told often how long the video is, once that is known; may be nil
	Log      func(level, text string) // warnings of the player, without addresses; may be nil
}

// Report is how it went. Times are counted from the call of [Headless], which
// includes starting the player.
type Report struct {
	FirstFrame    time.Duration // to the first picture drawn (to the first one ready, without Render)
	AfterSeek     time.Duration // from the order to jump to the first picture of the new place; 0 without a jump
	Played        float64       // seconds of video
	Stalls        int           // times it stood still for want of bytes
	Frames        int           // pictures drawn
	DroppedFrames int           // pictures that came too late to be drawn
	Offset        time.Duration // by which pictures were handed over behind their sound, the middle of all; negative = before
	OffsetMost    time.Duration // size of the offset that 95 % of the pictures kept to
	Width, Height int           // pixels, 0 = no picture
	Duration      float64       // length of the video in seconds, 0 = unknown
	Position      float64       // where it stood in the end, seconds
}

// Headless plays the video at address (see [mpv.Player.Load]) in real time,
// without window and sound. Every failure is a sentence; the report holds
// what was measured until then.
func Headless(ctx context.Context, address string, o HeadlessOptions) (Report, error) {
	if o.Patience <= 0 {
		o.Patience = defaultPatience
	}
	w := newWitness(time.Now())
	p, err := mpv.Open(mpv.Options{Pictures: o.Render, OnFrame: w.frame, OnEvent: w.event, Log: o.Log})
	if err != nil {
		return Report{}, err
	}
	defer p.Close()
	w.watch(p)
	if err := p.LoadAt(address, o.Start); err != nil {
		return Report{}, err
	}
	run := headless{o: o, p: p, w: w}
	err = run.play(ctx)
	return w.report(p.State()), err
}

// headless is one run.
type headless struct {
	o HeadlessOptions
	p *mpv.Player
	w *witness
}

func (h *headless) play(ctx context.Context) error {
	if err := h.until(ctx, h.shown); err != nil {
		return err
	}
	first := h.stretch()
	if h.o.Seek > 0 && h.o.Seconds <= 0 {
		first = h.shown // jump at once
	}
	if err := h.until(ctx, first); err != nil || h.o.Seek <= 0 {
		return err
	}
	h.w.jump(time.Now())
	h.p.Seek(h.o.Seek)
	if err := h.until(ctx, func(playback.State) bool { return h.w.jumped(h.o.Render) }); err != nil {
		return err
	}
	return h.until(ctx, h.stretch())
}

// shown tells whether there was something to see, or to hear where there is
// no picture.
func (h *headless) shown(s playback.State) bool {
	if !h.o.Render {
		return s.Shown
	}
	if h.w.drawn() > 0 {
		return true
	}
	picture := false
	for _, t := range s.Of(playback.Picture) {
		picture = picture || t.Chosen
	}
	return s.Shown && len(s.Tracks) > 0 && !picture
}

// stretch is a condition: the wanted seconds were played from now on, or the
// end was reached.
func (h *headless) stretch() func(playback.State) bool {
	begun := h.w.played()
	return func(s playback.State) bool {
		return s.Ended || h.o.Seconds > 0 && h.w.played()-begun >= h.o.Seconds
	}
}

// until waits for a condition. It ends early when the video fails, when ctx
// ends, and when nothing moves for as long as patience lasts.
func (h *headless) until(ctx context.Context, met func(playback.State) bool) error {
	patience := time.NewTimer(h.o.Patience)
	defer patience.Stop()
	progress := h.w.progress()
	for {
		s := h.p.State()
		if h.o.Length != nil && s.Duration > 0 {
			h.o.Length(s.Duration)
		}
		if s.Problem != nil {
			return h.explain(s.Problem)
		}
		if met(s) {
			return nil
		}
		if now := h.w.progress(); now != progress {
			progress = now
			patience.Reset(h.o.Patience)
		}
		select {
		case <-h.w.news:
		case <-patience.C:
			return h.explain(fault.Say(ErrStuck, "The video does not go on: nothing has come for %s. It is damaged, or the connection is too bad; try again.", h.o.Patience))
		case <-ctx.Done():
			return fault.Say(fmt.Errorf("play: %w", context.Cause(ctx)), "Playing was stopped.")
		}
	}
}

// explain prefers what the source knows to what the player saw of it.
func (h *headless) explain(err error) error {
	if h.o.Why == nil {
		return err
	}
	why := h.o.Why()
	if why == nil {
		return err
	}
	if _, said := errors.AsType[*fault.Error](why); !said {
		return fmt.Errorf("%w: %w", err, why)
	}
	return fmt.Errorf("%w: %w", why, err)
}
