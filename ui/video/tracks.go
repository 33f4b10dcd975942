package video

import (
	"math"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// delayStep is by how many seconds a key moves sound or subtitles.
const delayStep = 0.1

// chosen is the track of a kind that plays; its place is -1 for none.
func chosen(tracks []playback.Track) (place int) {
	for i, t := range tracks {
		if t.Chosen {
			return i
		}
	}
	return -1
}

// nextSubtitles goes round the subtitles, with none in between.
func (v *Video) nextSubtitles() {
	tracks := v.state.Of(playback.Subtitles)
	if v.player == nil || len(tracks) == 0 {
		v.tell(lang.L("No subtitles in this video"))
		return
	}
	if next := chosen(tracks) + 1; next < len(tracks) {
		v.choose(playback.Subtitles, tracks[next].ID)
		v.tell(saySubtitles(tracks[next]))
		return
	}
	v.choose(playback.Subtitles, 0)
	v.tell(lang.L("Subtitles off"))
}

// toggleSubtitles takes the subtitles away, or shows again those of before.
func (v *Video) toggleSubtitles() {
	tracks := v.state.Of(playback.Subtitles)
	if v.player == nil || len(tracks) == 0 {
		v.tell(lang.L("No subtitles in this video"))
		return
	}
	if at := chosen(tracks); at >= 0 {
		v.last = tracks[at].ID
		v.choose(playback.Subtitles, 0)
		v.tell(lang.L("Subtitles off"))
		return
	}
	back := tracks[0]
	for _, t := range tracks {
		if t.ID == v.last {
			back = t
		}
	}
	v.choose(playback.Subtitles, back.ID)
	v.tell(saySubtitles(back))
}

// nextSound goes round the sound tracks.
func (v *Video) nextSound() {
	tracks := v.state.Of(playback.Sound)
	if v.player == nil || len(tracks) < 2 {
		return
	}
	next := tracks[(chosen(tracks)+1)%len(tracks)]
	v.choose(playback.Sound, next.ID)
	v.tell(saySound(next))
}

func (v *Video) choose(kind playback.Kind, id int) {
	if v.player != nil {
		v.player.Choose(kind, id)
	}
}

func (v *Video) delaySubtitles(by float64) {
	if v.player != nil {
		v.state.SubtitleDelay = moved(v.state.SubtitleDelay, by)
		v.player.SetSubtitleDelay(v.state.SubtitleDelay)
		v.tell(sayLater(lang.L("Subtitles"), v.state.SubtitleDelay))
	}
}

func (v *Video) delaySound(by float64) {
	if v.player != nil {
		v.state.SoundDelay = moved(v.state.SoundDelay, by)
		v.player.SetSoundDelay(v.state.SoundDelay)
		v.tell(sayLater(lang.L("Sound"), v.state.SoundDelay))
	}
}

// moved is a delay with a step added, without the dust of binary fractions.
func moved(delay, by float64) float64 { return math.Round((delay+by)*1000) / 1000 }
