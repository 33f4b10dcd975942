package app

import (
	"fmt"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/player/mpv"
	"github.com/stratosdrive/stratosdrive/player/session"
)

// desk is what the desktop may ask of the window.
type desk struct{ raise, quit func() }

// OnDesktop says what is done when the desktop asks for the window: raise brings
// it to the front, quit ends the program. Both are called on other goroutines.
func (a *App) OnDesktop(raise, quit func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.desk = desk{raise, quit}
}

// Player is libmpv for the window. What it plays is known to the desktop: its
// keys for media act on it, and the screen stays on while a picture moves.
type Player struct {
	*mpv.Player
	session *session.Session

	mu      sync.Mutex
	ready   bool
	loads   int // videos so far
	title   string
	besides neighbours
}

// neighbours are the ways to other videos; nil where there is none.
type neighbours struct{ previous, next func() }

// NewPlayer starts libmpv, with sound and pictures. onFrame is called for every
// new picture and onChange for every other change, on other goroutines. The
// player must be closed.
func (a *App) NewPlayer(onFrame, onChange func()) (*Player, error) {
	p := &Player{}
	opened, err := mpv.Open(mpv.Options{Pictures: true, Sound: true, OnFrame: onFrame, OnEvent: func(mpv.Event) {
		p.tell()
		onChange()
	}})
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	d := a.desk
	a.mu.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Player, p.ready = opened, true
	p.session = session.Open(session.Options{
		SessionBus: a.opts.SessionBus, SystemBus: a.opts.SystemBus, Orders: p.orders(d),
	})
	return p, nil
}

// Announce says how the video is called that is loaded next, and how to get to
// the ones before and after it; nil where there is none. Those functions are
// called on other goroutines.
func (p *Player) Announce(title string, previous, next func()) {
	p.mu.Lock()
	p.title, p.besides = title, neighbours{previous, next}
	p.mu.Unlock()
	p.tell()
}

// Load is [mpv.Player.Load].
func (p *Player) Load(address string) error {
	p.mu.Lock()
	p.loads++
	p.mu.Unlock()
	return p.Player.Load(address)
}

// Close ends the player, and the desktop forgets it.
func (p *Player) Close() error {
	err := p.Player.Close()
	p.session.Close()
	return err
}

// orders are what the desktop may ask of this player.
func (p *Player) orders(d desk) session.Orders {
	return session.Orders{
		Pause: p.Pause, Seek: p.Seek, SetSpeed: p.SetSpeed, SetVolume: p.SetVolume,
		Next:     func() { perhaps(p.beside().next) },
		Previous: func() { perhaps(p.beside().previous) },
		Raise:    func() { perhaps(d.raise) },
		Quit:     func() { perhaps(d.quit) },
	}
}

func perhaps(f func()) {
	if f != nil {
		f()
	}
}

func (p *Player) beside() neighbours {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.besides
}

// tell lets the desktop know what plays now.
func (p *Player) tell() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ready && p.loads > 0 {
		p.session.Show(p.now(p.State()))
	}
}

// now puts a state into the words of the desktop; the caller holds the lock.
func (p *Player) now(s playback.State) session.Now {
	return session.Now{
		ID: fmt.Sprintf("video%d", p.loads), Title: p.title,
		Playing: s.Shown && !s.Paused && !s.Ended && s.Problem == nil, Picture: s.Width > 0,
		Seekable: s.Seekable, Position: s.Position, Length: s.Duration, Speed: s.Speed, Volume: s.Volume,
		Next: p.besides.next != nil, Previous: p.besides.previous != nil,
	}
}
