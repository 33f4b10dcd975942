package mpv

import (
	"errors"
	"fmt"
	"image"
	"regexp"
	"strings"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// Errors that callers decide on; each comes with a sentence.
var (
	ErrAddress = errors.New("address may not be played") // neither http on this computer nor an absolute path
	ErrStart   = errors.New("libmpv did not start")      // the library is there but refuses to work
	ErrOpen    = errors.New("video could not be opened") // nothing there, or nobody answered
	ErrFormat  = errors.New("not a video that can be played")
	ErrCut     = errors.New("video ends before its end") // bytes are missing
)

// EventKind says what an [Event] is about.
type EventKind int

// Events of a player.
const (
	Changed   EventKind = iota // State has something new
	Opened                     // length and tracks are known
	Sought                     // a jump began; pictures from now on are of the new place
	Restarted                  // the first picture after Load, or after a jump, was drawn
	Stalled                    // the picture stands still for want of bytes
	Ended                      // the end was reached
	Failed                     // State.Problem says why nothing plays
	Closed                     // the person closed the window of the player's own
)

// Event is news of a player.
type Event struct{ Kind EventKind }

// Options says what a player is for. The zero value plays without picture and
// without sound, in real time.
type Options struct {
	Pictures bool // draw pictures for Frame
	Window   bool // a window of the player's own with mpv's keys, instead of Frame
	Sound    bool // use the system's sound output; where there is none it plays silently

	// OnFrame is called after each new picture, OnEvent for each event. Both
	// run on goroutines of the player: they must return soon and must not
	// call Close. nil is allowed.
	OnFrame func()
	OnEvent func(Event)

	// Log gets warnings and errors of libmpv, without addresses.
	Log func(level, message string)

	small bool // makes thumbnails: paused, without sound
}

// Player plays one video at a time. Its methods may be called from several
// goroutines, and do nothing after Close.
type Player struct {
	lib    *library
	o      Options
	handle uintptr

	alive   sync.RWMutex // held for reading while handle is used
	closing bool
	pumped  chan struct{} // closed when the event goroutine is gone
	gone    chan struct{} // closed when Close is done

	pictures *renderer // nil without Pictures

	mu      sync.Mutex
	state   playback.State
	playing target     // what was loaded last
	words   [][]string // orders that add subtitles to it
	careful bool       // without the hardware's help, which may have failed
	dropped [2]int     // by the output, by the decoder
	skew    float64    // seconds by which libmpv plans pictures after their sound
	late    float64    // seconds after its time that the newest picture was handed over
}

// Open starts a player. The error is [ErrMissing] where libmpv is not
// installed, [ErrStart] where it does not work; both carry a sentence. The
// player must be closed.
func Open(o Options) (*Player, error) {
	lib, err := shared.get()
	if err != nil {
		return nil, err
	}
	numbersWithPoints()
	p := &Player{lib: lib, o: o, pumped: make(chan struct{}), gone: make(chan struct{})}
	p.state = playback.State{Volume: 100, Speed: 1, Chapter: -1}
	if p.handle = lib.create(); p.handle == 0 {
		return nil, notStarted(errors.New("create"))
	}
	if err := p.start(); err != nil {
		lib.terminateDestroy(p.handle)
		return nil, notStarted(err)
	}
	go p.pump()
	return p, nil
}

func notStarted(err error) error {
	return fault.Say(fmt.Errorf("%w: %w", ErrStart, err), "The player could not start, because libmpv does not work on this computer; install its newest version, or open the video in another player.")
}

// start brings a created player up to where events can be read.
func (p *Player) start() error {
	for _, s := range p.o.settings() {
		if code := p.lib.setOption(p.handle, s.name, s.value); code < 0 {
			return fmt.Errorf("option %s: error %d", s.name, code)
		}
	}
	for _, s := range optional {
		p.lib.setOption(p.handle, s.name, s.value)
	}
	if code := p.lib.initialize(p.handle); code < 0 {
		return fmt.Errorf("initialize: error %d", code)
	}
	p.lib.requestLog(p.handle, "warn")
	for i, w := range watched {
		if code := p.lib.observe(p.handle, uint64(i)+1, w.name, w.format); code < 0 {
			return fmt.Errorf("observe %s: error %d", w.name, code)
		}
	}
	if code := p.lib.hookAdd(p.handle, 0, opened, 0); code < 0 {
		return fmt.Errorf("hook %s: error %d", opened, code)
	}
	if !p.o.Pictures {
		return nil
	}
	var err error
	p.pictures, err = newRenderer(p.lib, p.handle, p.o.OnFrame)
	return err
}

// Close ends the player and waits until nothing of it runs. It may be called
// more than once.
func (p *Player) Close() error {
	p.alive.Lock()
	first := !p.closing
	p.closing = true
	p.alive.Unlock()
	if !first {
		<-p.gone
		return nil
	}
	defer close(p.gone)
	if p.pictures != nil {
		p.pictures.close()
	}
	p.lib.wakeup(p.handle)
	<-p.pumped
	p.lib.terminateDestroy(p.handle)
	return nil
}

// State returns what the player does now.
func (p *Player) State() playback.State {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.state
	s.Offset = p.skew + p.late
	return s
}

// Frame returns the newest picture and its number, which grows with each; nil
// and 0 before the first. The picture is not touched again before the next
// call of Frame, so it is for one painter only. Its shape is the area of
// [Player.SetSize], not the video's: the painter stretches it to the aspect
// of State's Width and Height.
func (p *Player) Frame() (*image.RGBA, uint64) {
	if p.pictures == nil {
		return nil, 0
	}
	picture, number, due := p.pictures.frames.take()
	if due > 0 {
		p.handedOver(due)
	}
	return picture, number
}

// handedOver notes how late a picture went to the painter.
func (p *Player) handedOver(due int64) {
	p.alive.RLock()
	defer p.alive.RUnlock()
	if p.closing {
		return
	}
	now := p.lib.timeUs(p.handle)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.late = float64(now-due) / 1e6
}

// SetSize tells how many pixels the painter has for the picture. Pictures are
// drawn no larger than that, and no larger than the video. 0, 0, the initial
// size, means the size of the video.
func (p *Player) SetSize(width, height int) {
	if p.pictures != nil {
		p.pictures.setArea(width, height)
	}
}

// addresses are what a log line must not hold: they are keys to videos.
var addresses = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://\S+|/[0-9a-zA-Z_-]{20,}\S*`)

func (p *Player) log(level, message string) {
	if p.o.Log != nil {
		p.o.Log(level, addresses.ReplaceAllString(strings.TrimSpace(message), "(address)"))
	}
}

func (p *Player) tell(kind EventKind) {
	if p.o.OnEvent != nil {
		p.o.OnEvent(Event{kind})
	}
}
