package video

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// What the controls and keys order. Without a player they do nothing.

func (v *Video) togglePause() {
	if v.player == nil || v.failure() != nil {
		return
	}
	v.player.Pause(!v.state.Paused && !v.state.Ended)
	v.stir()
}

func (v *Video) seek(second float64) {
	if v.player != nil {
		v.player.Seek(second)
	}
}

// seekPart jumps to a part of the whole, 0 to 1; a moment before the end, so
// that there is something to see.
func (v *Video) seekPart(part float64) {
	if v.state.Duration > 0 {
		v.seek(max(0, min(part*v.state.Duration, v.state.Duration-0.5)))
		v.stir()
	}
}

func (v *Video) skip(seconds float64) {
	if v.player != nil {
		v.player.Skip(seconds)
		v.tell(fmt.Sprintf("%+.0f s", seconds))
	}
}

func (v *Video) step(back bool) {
	if v.player != nil {
		v.player.Step(back)
	}
}

func (v *Video) louder(by float64) { v.setVolume(v.state.Volume + by) }

// setVolume also ends silence: who moves the volume wants to hear it.
func (v *Video) setVolume(volume float64) {
	if v.player == nil {
		return
	}
	volume = min(loudest, max(0, volume))
	v.state.Volume, v.state.Muted = volume, false // so that a second turn of the wheel goes on from here
	v.player.SetVolume(volume)
	v.player.Mute(false)
	v.tell(percent(volume))
	v.chrome.update(v.state, v.full)
}

func (v *Video) toggleMute() {
	if v.player == nil {
		return
	}
	v.player.Mute(!v.state.Muted)
	v.tell(choose(v.state.Muted, percent(v.state.Volume), "Sound off"))
}

func (v *Video) faster(up bool) { v.setSpeed(nextSpeed(v.state.Speed, up)) }

func (v *Video) setSpeed(speed float64) {
	if v.player != nil {
		v.state.Speed = speed
		v.player.SetSpeed(speed)
		v.tell("Speed " + speedName(speed))
	}
}

// nextSubtitles goes round the subtitles, with none in between.
func (v *Video) nextSubtitles() {
	tracks := v.state.Of(playback.Subtitles)
	if v.player == nil || len(tracks) == 0 {
		return
	}
	next := 0 // the first after the chosen one; none after the last
	for i, t := range tracks {
		if t.Chosen {
			next = i + 1
		}
	}
	if next == len(tracks) {
		v.player.Choose(playback.Subtitles, 0)
		v.tell("Subtitles off")
		return
	}
	v.player.Choose(playback.Subtitles, tracks[next].ID)
	v.tell("Subtitles: " + trackName(tracks[next]))
}

// again is "Try again".
func (v *Video) again() {
	if v.hooks.Again != nil {
		v.problem = nil
		v.hooks.Again()
		return
	}
	v.Play(v.address)
}
