package mpv

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

const words = "1\n00:00:00,000 --> 00:00:09,000\nHello\n"

// rich is a video with everything that a person can choose from.
func rich(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rich.mkv")
	err := testvideo.Make(t.Context(), path, testvideo.Options{
		Seconds: 4, Width: 320, Height: 180,
		Extras: testvideo.Extras{Chapters: []float64{0, 1, 2.5}, Subtitles: words, SecondSound: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestChaptersTracksAndDelays(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.load(rich(t))
	w.Pause(true)
	w.until("the video", func() bool { s := w.State(); return s.Shown && s.Paused && len(s.Chapters) == 3 })
	s := w.State()
	if s.Chapters[1] != (playback.Chapter{Title: "Part 2", At: 1}) || s.Chapter != 0 || math.Abs(s.Rate-30) > 0.1 {
		t.Errorf("chapters %+v at %d, %.2f pictures a second", s.Chapters, s.Chapter, s.Rate)
	}
	if sound := s.Of(playback.Sound); len(sound) != 2 || sound[1].Language != "por" || sound[1].Title != "Voices" || !sound[0].Chosen {
		t.Errorf("sound %+v", sound)
	}
	if sub := s.Of(playback.Subtitles); len(sub) != 1 || sub[0].Language != "eng" {
		t.Errorf("subtitles %+v", sub)
	}
	w.GoToChapter(2)
	w.until("the third chapter", func() bool { s := w.State(); return s.Chapter == 2 && math.Abs(s.Position-2.5) < 0.1 })
	w.GoToChapter(7) // there is none
	w.Choose(playback.Sound, 2)
	w.SetSoundDelay(0.25)
	w.SetSubtitleDelay(-1000)
	w.until("the other sound and the delays", func() bool {
		s := w.State()
		return s.Of(playback.Sound)[1].Chosen && s.SoundDelay == 0.25 && s.SubtitleDelay == -600
	})
	if at := w.State().Position; math.Abs(at-2.5) > 0.1 {
		t.Errorf("at %.2f s after a jump to a chapter that is not there", at)
	}
}

func TestLoops(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	w.until("the beginning", func() bool { return w.State().Shown })
	want := playback.Loop{Begun: true, From: 1, To: 1.4}
	w.SetLoop(want)
	w.until("the stretch", func() bool { return w.State().Loop == want })
	w.SetSpeed(4)
	w.Seek(1)
	jumps := w.count(Sought)
	w.until("three rounds", func() bool { return w.count(Sought) >= jumps+4 })
	if at := w.State().Position; at < 0.9 || at > 1.6 {
		t.Errorf("at %.2f s, outside of the stretch", at)
	}
	w.SetLoop(playback.Loop{Whole: true})
	w.Seek(3.5)
	w.until("the beginning again", func() bool { s := w.State(); return s.Loop == playback.Loop{Whole: true} && s.Position < 1 && s.Shown })
	w.SetLoop(playback.Loop{})
	w.until("the end", func() bool { return w.count(Ended) == 1 })
	if w.State().Loop.Active() {
		t.Error("still repeats")
	}
}

func TestStepsBothWays(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	w.Pause(true)
	w.until("the beginning", func() bool { return w.State().Shown && w.State().Paused })
	w.Seek(2)
	w.until("the jump", func() bool { return w.count(Restarted) == 2 && w.State().Position > 1.9 })
	at := w.State().Position
	w.Step(true)
	w.until("the picture before", func() bool { return math.Abs(w.State().Position-(at-1.0/30)) < 0.01 })
	w.Step(false)
	w.until("the picture after", func() bool { return math.Abs(w.State().Position-at) < 0.01 })
}

func TestSubtitlesBesideTheVideo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clip.srt")
	if err := os.WriteFile(path, []byte(words), 0o600); err != nil {
		t.Fatal(err)
	}
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	if err := w.AddSubtitles("http://example.org/a.srt", "", "", true); err == nil {
		t.Error("subtitles of another computer")
	}
	if err := w.AddSubtitles(path, "Beside it", "fra", true); err != nil {
		t.Fatal(err)
	}
	w.until("the subtitles", func() bool { return len(w.State().Of(playback.Subtitles)) == 1 })
	if sub := w.State().Of(playback.Subtitles)[0]; sub.Title != "Beside it" || sub.Language != "fra" || !sub.Chosen {
		t.Errorf("subtitles %+v", sub)
	}
	if err := w.AddSubtitles(path, "Later", "", false); err != nil {
		t.Fatal(err)
	}
	w.until("the others", func() bool { return len(w.State().Of(playback.Subtitles)) == 2 })
	w.load(testClips.video)
	w.until("the video alone", func() bool { s := w.State(); return s.Shown && len(s.Tracks) == 2 })
}

func TestSongsShowTheirCover(t *testing.T) {
	path := filepath.Join(t.TempDir(), "song.mp3")
	if err := testvideo.MakeSong(t.Context(), path, 1); err != nil {
		t.Fatal(err)
	}
	w := open(t, Options{Pictures: true})
	w.load(path)
	w.until("the cover", func() bool { s := w.State(); return w.drawn() > 0 && s.Cover && s.Width == 300 && s.Tags.Title != "" })
	if got := w.State().Tags; got != (playback.Tags{Title: "Test tone", Artist: "Signal", Album: "Measures"}) {
		t.Errorf("tags %+v", got)
	}
	img, _ := w.Frame()
	if palette(img) < 20 {
		t.Errorf("the cover has %d colours", palette(img))
	}
	w.until("the end", func() bool { return w.count(Ended) == 1 })
}
