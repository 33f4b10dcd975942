package mpv

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// pump reads events until the player closes. It is the only reader.
func (p *Player) pump() {
	defer close(p.pumped)
	for {
		e := (*event)(p.lib.waitEvent(p.handle, -1))
		if p.ending() {
			return
		}
		if e.id == eventShutdown {
			p.tell(Closed)
			return
		}
		p.handleEvent(e)
	}
}

func (p *Player) ending() bool {
	p.alive.RLock()
	defer p.alive.RUnlock()
	return p.closing
}

func (p *Player) handleEvent(e *event) {
	switch e.id {
	case eventPropertyChange:
		p.changed(int(e.reply)-1, (*property)(e.data))
	case eventStartFile:
		p.update(fresh)
	case eventFileLoaded:
		p.addWords()
		p.tell(Opened)
	case eventSeek:
		p.tell(Sought)
	case eventPlaybackRestart:
		p.restarted()
	case eventEndFile:
		p.ended((*endFile)(e.data))
	case eventHook:
		p.turn((*hook)(e.data))
	case eventLog:
		m := (*logMessage)(e.data)
		p.log(text(m.level), text(m.prefix)+": "+text(m.text))
	}
}

// update changes the state under its lock.
func (p *Player) update(change func(*playback.State)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(&p.state)
}

func (p *Player) restarted() {
	p.update(func(s *playback.State) { s.Shown = true })
	p.tell(Restarted)
}

// ended handles the end of a file that failed. A file that was played to its
// end stays open, see reachedEnd.
func (p *Player) ended(e *endFile) {
	if e.reason == endRedirect {
		p.order("stop") // a list of other addresses: never followed
	}
	if e.reason != endError && e.reason != endRedirect {
		return
	}
	if p.withoutHardware() {
		return
	}
	err := explain(e.err)
	p.update(func(s *playback.State) { s.Problem = err })
	p.tell(Failed)
}

// withoutHardware plays on from the same place with the processor alone, where
// the hardware that decoded may be what failed. It tells whether it does so:
// once for a video.
func (p *Player) withoutHardware() bool {
	p.mu.Lock()
	again := p.state.Decoder != "" && !p.careful
	p.careful = true
	at, playing := p.state.Position, p.playing
	p.mu.Unlock()
	if !again {
		return false
	}
	p.order("set", "hwdec", hardware(true))
	p.play(playing, at)
	return true
}

// explain turns an error of client.h into a sentence.
func explain(code int32) error {
	cause := fmt.Errorf("libmpv error %d", code)
	switch code {
	case -13: // MPV_ERROR_LOADING_FAILED
		return fault.Say(fmt.Errorf("%w: %w", ErrOpen, cause), "The video could not be opened; check your connection and try again.")
	case -14: // MPV_ERROR_AO_INIT_FAILED
		return fault.Say(fmt.Errorf("%w: %w", ErrOpen, cause), "The sound could not be played; check the sound output of this computer.")
	case -16, -17, -18, 0: // NOTHING_TO_PLAY, UNKNOWN_FORMAT, UNSUPPORTED, a list
		return fault.Say(fmt.Errorf("%w: %w", ErrFormat, cause), "This cannot be played: it is damaged, or not a video.")
	}
	return fault.Say(fmt.Errorf("%w: %w", ErrOpen, cause), "The video stopped because of an error; try again.")
}

// tolerated is how many seconds before its announced length a video may end:
// sound, picture and subtitles seldom end together.
func tolerated(duration float64) float64 { return max(2, duration/100) }

// reachedEnd handles the property eof-reached.
func (p *Player) reachedEnd(s *playback.State, ended bool) []EventKind {
	was := s.Ended
	s.Ended = ended
	if !ended || was {
		return nil
	}
	s.Waiting = false
	if s.Duration > 0 && s.Position < s.Duration-tolerated(s.Duration) {
		s.Problem = fault.Say(ErrCut, "The rest of the video did not arrive: it is damaged, or the connection was lost.")
		return []EventKind{Failed}
	}
	return []EventKind{Ended}
}

// stall notes that the picture stands still, unless it has not begun or a
// jump is under way: that is waiting too, but no stall.
func (p *Player) stall(s *playback.State, waiting bool) []EventKind {
	was := s.Waiting
	s.Waiting = waiting
	if !waiting || was || !s.Shown || s.Seeking {
		return nil
	}
	s.Stalls++
	return []EventKind{Stalled}
}
