package mpv

import (
	"runtime"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// Load starts to play an address: http on this computer, or the absolute path
// of a file. What was played before ends. The error is [ErrAddress] for any
// other address; what happens later comes as an event.
func (p *Player) Load(address string) error { return p.LoadAt(address, 0) }

// LoadAt is Load from a place in seconds; what is longer than the video begins
// at its end.
func (p *Player) LoadAt(address string, from float64) error {
	t, err := admit(address)
	if err != nil {
		return err
	}
	p.update(func(s *playback.State) { fresh(s); p.playing, p.words, p.careful = t, nil, p.o.small })
	p.order("set", "hwdec", hardware(p.o.small))
	p.order("set", "pause", yesNo(p.o.small))
	p.play(t, from)
	return nil
}

// play loads an address with the limits that go with it, and begins at a
// second.
func (p *Player) play(t target, from float64) {
	p.order("set", "demuxer-lavf-o", t.demuxer())
	p.order("set", "access-references", yesNo(t.parts)) // newer libmpv only
	p.order("set", "start", startOption(from))
	p.order("loadfile", t.address, "replace")
}

// hardware is the value of the option hwdec: what decodes in a way that is
// known to be good, and copies pictures back to be drawn. Careful, nothing.
func hardware(careful bool) string {
	if careful {
		return "no"
	}
	return "auto-copy-safe"
}

// startOption is where to begin, as libmpv reads it.
func startOption(from float64) string {
	if from > 0 {
		return "+" + strconv.FormatFloat(from, 'f', 3, 64)
	}
	return "none"
}

// fresh forgets what was said of the video before. Everything that libmpv
// reports as a property follows by itself.
func fresh(s *playback.State) {
	s.Open, s.Shown, s.Ended, s.Waiting = false, false, false, false
	s.Stalls, s.Problem = 0, nil
}

// Stop ends the video; the player stays ready for the next.
func (p *Player) Stop() { p.order("stop") }

// Pause stops or continues. To continue at the end starts again from the
// beginning.
func (p *Player) Pause(paused bool) {
	if !paused && p.State().Ended {
		p.Seek(0)
	}
	p.order("set", "pause", yesNo(paused))
}

// Seek jumps to a second of the video, exactly.
func (p *Player) Seek(seconds float64) {
	p.order("seek", number(max(0, seconds)), "absolute+exact")
}

// Skip jumps by seconds, back where they are negative.
func (p *Player) Skip(seconds float64) { p.order("seek", number(seconds), "relative+exact") }

// Step shows the next picture, or with back the one before, and pauses.
func (p *Player) Step(back bool) {
	if back {
		p.order("frame-back-step")
		return
	}
	p.order("frame-step")
}

// SetVolume takes percent, 0 to 130.
func (p *Player) SetVolume(percent float64) {
	p.order("set", "volume", number(min(max(0, percent), 130)))
}

// Mute turns the sound off or on again.
func (p *Player) Mute(muted bool) { p.order("set", "mute", yesNo(muted)) }

// SetSpeed takes 0.25 to 4; 1 is as recorded. Voices keep their pitch.
func (p *Player) SetSpeed(speed float64) {
	p.order("set", "speed", number(min(max(0.25, speed), 4)))
}

// SetLoop says what is played again and again.
func (p *Player) SetLoop(l playback.Loop) {
	whole, from, to := "no", "no", "no"
	if l.Whole {
		whole = "inf"
	}
	if l.Begun {
		from = number(max(0, l.From))
	}
	if l.Begun && l.To > l.From {
		to = number(l.To)
	}
	p.order("set", "loop-file", whole)
	p.order("set", "ab-loop-a", from)
	p.order("set", "ab-loop-b", to)
}

// GoToChapter jumps to the beginning of a chapter by its index in State; where
// there is none nothing happens.
func (p *Player) GoToChapter(index int) {
	if index >= 0 && index < len(p.State().Chapters) {
		p.order("set", "chapter", strconv.Itoa(index))
	}
}

// SetSoundDelay makes the sound come later by seconds, or earlier where they
// are negative; at most 10.
func (p *Player) SetSoundDelay(seconds float64) {
	p.order("set", "audio-delay", number(min(max(-10, seconds), 10)))
}

// SetSubtitleDelay makes subtitles come later by seconds, or earlier where
// they are negative; at most 600.
func (p *Player) SetSubtitleDelay(seconds float64) {
	p.order("set", "sub-delay", number(min(max(-600, seconds), 600)))
}

// RaiseSubtitles moves those that stand at the lower edge up by a part of the
// height of the picture, 0 to 1; others stay where they are.
func (p *Player) RaiseSubtitles(part float64) {
	p.order("set", "sub-pos", strconv.Itoa(100-int(100*min(max(0, part), 1)+0.5)))
}

// AddSubtitles adds a file of subtitles to the video that was loaded last. The address
// is one that [Player.Load] would admit; a file that holds no subtitles adds
// nothing. Title and language are what people choose by, and may be empty;
// with choose they are shown at once.
func (p *Player) AddSubtitles(address, title, language string, choose bool) error {
	t, err := admit(address)
	if err != nil {
		return err
	}
	how := "auto"
	if choose {
		how = "select"
	}
	order := []string{"sub-add", t.address, how, title, language}
	p.mu.Lock()
	p.words = append(p.words, order)
	wait := !p.state.Open
	p.mu.Unlock()
	if !wait {
		p.order(order...)
	}
	return nil
}

// addWords adds the subtitles that were handed over before the video was
// open.
func (p *Player) addWords() {
	p.mu.Lock()
	p.state.Open = true
	words := p.words
	p.mu.Unlock()
	for _, order := range words {
		p.order(order...)
	}
}

// Choose plays a track of a kind by its ID; 0 turns that kind off.
func (p *Player) Choose(kind playback.Kind, id int) {
	name, known := map[playback.Kind]string{playback.Picture: "vid", playback.Sound: "aid", playback.Subtitles: "sid"}[kind]
	if !known {
		return
	}
	value := "no"
	if id > 0 {
		value = strconv.Itoa(id)
	}
	p.order("set", name, value)
}

// order queues a command for libmpv's own thread; commands of one player keep
// their order. One that it refuses (a jump where nothing plays) does nothing.
func (p *Player) order(words ...string) {
	p.alive.RLock()
	defer p.alive.RUnlock()
	if p.closing {
		return
	}
	var pin runtime.Pinner
	defer pin.Unpin()
	p.lib.commandAsync(p.handle, 0, pack(&pin, words))
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
