package player

import (
	"math"
	"slices"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/player/mpv"
)

// witness writes down what a player does and when. Its methods are called
// from the player's goroutines.
type witness struct {
	begun time.Time
	news  chan struct{} // holds one message: look again

	mu     sync.Mutex
	player *mpv.Player // nil until watch
	notes
}

type notes struct {
	frames    int
	restarts  int
	moves     int // changes of the position
	firstDraw time.Duration
	firstShow time.Duration

	position float64   // as last seen
	offsets  []float64 // in seconds, of each picture behind its sound
	steady   bool      // position goes on from where it was last seen
	seconds  float64   // played

	order     time.Time // of a jump
	sought    bool      // the jump has begun
	newDraw   time.Time // first picture drawn after that
	newShow   time.Time // when the player called it done
	afterSeek time.Duration
}

func newWitness(begun time.Time) *witness {
	return &witness{begun: begun, news: make(chan struct{}, 1)}
}

func (w *witness) watch(p *mpv.Player) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.player = p
}

func (w *witness) note(write func(n *notes, now time.Time)) {
	now := time.Now()
	w.mu.Lock()
	write(&w.notes, now)
	w.mu.Unlock()
	select {
	case w.news <- struct{}{}:
	default:
	}
}

func (w *witness) frame() {
	offset, counts := w.takeOver()
	w.note(func(n *notes, now time.Time) {
		if n.frames++; n.frames == 1 {
			n.firstDraw = now.Sub(w.begun)
		}
		if n.sought && n.newDraw.IsZero() {
			n.newDraw = now
		}
		if counts {
			n.offsets = append(n.offsets, offset)
		}
	})
}

// takeOver takes the new picture as a painter does, and tells how far behind
// its sound it came, where both play.
func (w *witness) takeOver() (offset float64, counts bool) {
	w.mu.Lock()
	p := w.player
	w.mu.Unlock()
	if p == nil {
		return 0, false
	}
	p.Frame()
	s := p.State()
	return s.Offset, s.Shown && !s.Paused && !s.Seeking && !s.Cover
}

func (w *witness) event(e mpv.Event) {
	switch e.Kind {
	case mpv.Sought:
		w.note(func(n *notes, _ time.Time) { n.steady, n.sought = false, !n.order.IsZero() })
	case mpv.Restarted:
		w.note(func(n *notes, now time.Time) { n.restarted(now, w.begun) })
	case mpv.Changed:
		w.note(func(n *notes, _ time.Time) {
			if w.player != nil {
				n.moved(w.player.State())
			}
		})
	default:
		w.note(func(*notes, time.Time) {})
	}
}

func (n *notes) restarted(now, begun time.Time) {
	if n.restarts++; n.restarts == 1 {
		n.firstShow = now.Sub(begun)
	}
	if n.sought && n.newShow.IsZero() {
		n.newShow = now
	}
}

// moved adds up what was played: small steps forward, none across a jump.
func (n *notes) moved(s playback.State) {
	const largest = 2.0 // seconds; more in one step is a jump
	step := s.Position - n.position
	if step == 0 {
		return
	}
	n.moves++
	if n.steady && step > 0 && step < largest {
		n.seconds += step
	}
	n.position, n.steady = s.Position, s.Shown && !s.Seeking
}

// jump notes that a jump was ordered.
func (w *witness) jump(now time.Time) {
	w.note(func(n *notes, _ time.Time) {
		n.order, n.sought, n.newDraw, n.newShow = now, false, time.Time{}, time.Time{}
	})
}

// jumped tells whether the picture of the new place is there. The player says
// when it is; the drawing counts besides, for it may come later.
func (w *witness) jumped(drawn bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.newShow.IsZero() || drawn && w.frames > 0 && w.newDraw.IsZero() {
		return false
	}
	done := w.newShow
	if drawn && w.newDraw.After(done) {
		done = w.newDraw
	}
	w.afterSeek = done.Sub(w.order)
	return true
}

func (w *witness) drawn() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.frames
}

func (w *witness) played() float64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.seconds
}

// progress changes whenever the video goes on.
func (w *witness) progress() [3]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return [3]int{w.frames, w.restarts, w.moves}
}

func (w *witness) report(s playback.State) Report {
	w.mu.Lock()
	defer w.mu.Unlock()
	first := w.firstDraw
	if w.frames == 0 {
		first = w.firstShow
	}
	median, most := summary(w.offsets)
	return Report{
		Offset: median, OffsetMost: most,
		FirstFrame: first, AfterSeek: w.afterSeek, Played: w.seconds, Stalls: s.Stalls,
		Frames: w.frames, DroppedFrames: s.Dropped, Width: s.Width, Height: s.Height, Duration: s.Duration, Position: s.Position,
	}
}

// summary is the middle of offsets, and what 95 % of them do not exceed in
// size.
func summary(offsets []float64) (median, most time.Duration) {
	if len(offsets) == 0 {
		return 0, 0
	}
	sizes := make([]float64, len(offsets))
	for i, o := range offsets {
		sizes[i] = math.Abs(o)
	}
	sorted := slices.Sorted(slices.Values(offsets))
	slices.Sort(sizes)
	return duration(sorted[len(sorted)/2]), duration(sizes[len(sizes)*95/100])
}

func duration(seconds float64) time.Duration { return time.Duration(seconds * float64(time.Second)) }
