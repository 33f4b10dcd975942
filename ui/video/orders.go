package video

import (
	"fmt"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// What the controls and keys order. Without a player they do nothing.

// togglePause stops or goes on. While something is asked it is no answer.
func (v *Video) togglePause() {
	if v.player == nil || v.failure() != nil || v.jump.set {
		return
	}
	v.ask.close()
	v.goOn.stop()
	v.player.Pause(!v.state.Paused && !v.state.Ended)
	v.stir()
}

func (v *Video) seek(second float64) {
	if v.player != nil {
		v.jump.set = false
		v.player.Seek(second)
	}
}

// seekPart jumps to a part of the whole, 0 to 1.
func (v *Video) seekPart(part float64) {
	if v.state.Duration > 0 {
		v.seek(rules.SecondAt(part, v.state.Duration))
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

// chapter jumps to the chapter before or after, and says its name.
func (v *Video) chapter(forward bool) {
	to, ok := rules.ChapterJump(v.state.Chapters, v.state.Position, forward)
	if v.player == nil || !ok {
		return
	}
	v.player.GoToChapter(to)
	v.tell(sayChapter(v.state.Chapters[to], to))
}

// goTo does what the page does, if there is something there.
func (v *Video) goTo(hook func(), name string) {
	if name != "" {
		v.do(hook)
	}
}

func (v *Video) do(hook func()) {
	if hook != nil {
		hook()
	}
}

func (v *Video) louder(by float64) { v.setVolume(rules.Louder(v.state.Volume, by)) }

// setVolume also ends silence: who moves the volume wants to hear it.
func (v *Video) setVolume(volume float64) {
	if v.player == nil {
		return
	}
	v.state.Volume, v.state.Muted = volume, false // so that a second turn of the wheel goes on from here
	v.player.SetVolume(volume)
	v.player.Mute(false)
	v.tell(sayVolume(volume))
	v.chrome.update(v.state, v.full)
}

func (v *Video) toggleMute() {
	if v.player == nil {
		return
	}
	v.player.Mute(!v.state.Muted)
	v.tell(choose(v.state.Muted, sayVolume(v.state.Volume), lang.L("Sound off")))
}

func (v *Video) setSpeed(speed float64) {
	if v.player != nil {
		v.state.Speed = speed
		v.player.SetSpeed(speed)
		v.tell(saySpeed(speed))
	}
}

// loopWhole repeats the video, or no longer.
func (v *Video) loopWhole() {
	l := v.state.Loop
	l.Whole = !l.Whole
	v.setLoop(l)
}

// loopPart marks the part that is repeated, at where the video is.
func (v *Video) loopPart() { v.setLoop(rules.Mark(v.state.Loop, v.state.Position)) }

func (v *Video) setLoop(l playback.Loop) {
	if v.player != nil {
		v.state.Loop = l
		v.player.SetLoop(l)
		v.tell(sayLoop(l, v.state.Duration))
	}
}

func (v *Video) toggleFigures() {
	v.toggle(v.figures)
	v.showFigures()
}

func (v *Video) toggleKeys() {
	if !v.small {
		v.toggle(v.keys)
	}
}

// leave takes away the list of keys, or goes out of full screen, or back.
func (v *Video) leave() {
	switch {
	case v.keys.box.Visible():
		v.toggle(v.keys)
	case v.full:
		v.toggleFull()
	default:
		v.do(v.hooks.Back)
	}
}

func (v *Video) toggleFull() {
	if v.hooks.FullScreen != nil {
		v.SetFullScreen(!v.full)
		v.hooks.FullScreen(v.full)
	}
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
