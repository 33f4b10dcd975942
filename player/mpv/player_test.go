package mpv

import (
	"image"
	"math"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

func TestPlaysPictures(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	w.until("a picture", func() bool { return w.drawn() > 0 && w.State().Shown && w.State().Width > 0 })
	w.until("it in its size", func() bool { img, _ := w.Frame(); return img.Rect.Dx() == 320 })
	img, number := w.Frame()
	if img == nil || number == 0 {
		t.Fatal("no picture after one was announced")
	}
	if img.Rect.Dx() != 320 || img.Rect.Dy() != 180 || img.Stride != 320*4 {
		t.Errorf("picture %v, stride %d", img.Rect, img.Stride)
	}
	if colours := palette(img); colours < 20 {
		t.Errorf("only %d colours in the test picture", colours)
	}
	w.until("the length", func() bool { return w.State().Duration > 0 })
	s := w.State()
	if math.Abs(s.Duration-4) > 0.2 || s.Width != 320 || s.Height != 180 || !s.Seekable {
		t.Errorf("state %+v", s)
	}
	if len(s.Of(playback.Picture)) != 1 || len(s.Of(playback.Sound)) != 1 || s.Of(playback.Sound)[0].Codec != "aac" {
		t.Errorf("tracks %+v", s.Tracks)
	}
}

// palette counts colours, and fails a picture that is not opaque.
func palette(img *image.RGBA) int {
	seen := map[[3]byte]bool{}
	for i := 0; i+3 < len(img.Pix); i += 4 {
		if img.Pix[i+3] != 255 {
			return -1
		}
		seen[[3]byte(img.Pix[i:i+3])] = true
	}
	return len(seen)
}

func TestSeeksAndPauses(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	w.until("the beginning", func() bool { return w.count(Restarted) == 1 })
	w.Pause(true)
	w.until("the pause", func() bool { return w.State().Paused })
	w.Seek(2.5)
	w.until("the jump", func() bool { return w.count(Restarted) == 2 && w.State().Position > 2.4 })
	if at := w.State().Position; math.Abs(at-2.5) > 0.1 {
		t.Errorf("jumped to %.2f, want 2.5", at)
	}
	before, number := w.Frame()
	kept := append([]byte{}, before.Pix...)
	w.Skip(-1.5)
	w.until("the jump back", func() bool { return w.count(Restarted) == 3 && w.State().Position < 1.1 })
	w.Step(false)
	w.until("the next picture", func() bool { return w.State().Position > 1.02 })
	if string(kept) != string(before.Pix) {
		t.Error("a picture was drawn over while the painter had it")
	}
	if _, next := w.Frame(); next <= number {
		t.Errorf("picture %d after %d", next, number)
	}
	w.Pause(false)
	w.until("it to go on", func() bool { return !w.State().Paused && w.State().Position > 1.3 })
}

func TestEndsAndStartsAgain(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.load(testClips.wide)
	w.until("the end", func() bool { return w.count(Ended) == 1 })
	if s := w.State(); s.Problem != nil || !s.Ended || s.Position < 0.8 {
		t.Errorf("state %+v", s)
	}
	w.Pause(false)
	w.until("the beginning", func() bool { s := w.State(); return !s.Ended && s.Position < 0.8 })
	w.until("the second end", func() bool { return w.count(Ended) == 2 })
}

func TestVolumeSpeedAndTracks(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	w.until("the tracks", func() bool { return len(w.State().Tracks) == 2 && w.State().Shown })
	w.SetVolume(500)
	w.until("full volume", func() bool { return w.State().Volume == 130 })
	w.SetVolume(40)
	w.Mute(true)
	w.SetSpeed(2)
	w.Choose(playback.Sound, 0)
	w.Choose("smell", 1)
	w.until("all of it", func() bool {
		s := w.State()
		return s.Volume == 40 && s.Muted && s.Speed == 2 && !s.Of(playback.Sound)[0].Chosen
	})
	w.Choose(playback.Sound, 1)
	w.until("sound again", func() bool { return w.State().Of(playback.Sound)[0].Chosen })
}

func TestDrawsInTheSizeOfThePainter(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.SetSize(250, 400)
	w.load(testClips.wide)
	w.Pause(true)
	w.until("a picture", func() bool { return w.drawn() > 0 && w.State().Shown })
	w.until("it in its size", func() bool { img, _ := w.Frame(); return img.Rect.Dx() == 256 && img.Rect.Dy() == 101 })
	w.until("the pause", func() bool { return w.State().Paused })
	w.SetSize(5000, 5000) // nothing but the new size asks for a picture
	w.until("a larger picture", func() bool { img, _ := w.Frame(); return img.Rect.Dx() == 496 && img.Rect.Dy() == 202 })
}

func TestPlaysWithoutPictures(t *testing.T) {
	w := open(t, Options{})
	w.load(testClips.wide)
	w.until("the end", func() bool { return w.count(Ended) == 1 })
	if img, number := w.Frame(); img != nil || number != 0 || w.drawn() > 0 {
		t.Error("a picture nobody asked for")
	}
}

// TestGoesOnWithoutHardware: no test has a graphics card, so it is told of one
// that breaks.
func TestGoesOnWithoutHardware(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	w.Seek(2)
	w.until("the middle", func() bool { return w.State().Position > 2 })
	w.update(func(s *playback.State) { s.Decoder = "of a test" })
	w.ended(&endFile{reason: endError, err: -13})
	w.until("it to open again", func() bool { return w.count(Opened) == 2 && w.State().Shown })
	if s := w.State(); s.Position < 1.9 || s.Problem != nil || w.property("hwdec") != "no" {
		t.Errorf("goes on with %+v, hardware %q", s, w.property("hwdec"))
	}
	w.ended(&endFile{reason: endError, err: -13})
	if w.State().Problem == nil {
		t.Error("the second failure is none")
	}
	w.load(testClips.video)
	w.until("the beginning", func() bool { s := w.State(); return s.Shown && s.Position < 1 && w.property("hwdec") != "no" })
}

// TestOpensAndClosesOften closes players at every stage of their life; TestMain
// looks for what they leave behind.
func TestOpensAndClosesOften(t *testing.T) {
	for i := range 8 {
		w := open(t, Options{Pictures: true})
		if i > 0 {
			w.load(testClips.video)
		}
		w.until("its stage", func() bool { return i < 2 || w.drawn() >= i-1 })
		if i%3 == 0 {
			w.Seek(3)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNothingHappensAfterClose(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	done := make(chan struct{})
	for range 2 {
		go func() { _ = w.Close(); done <- struct{}{} }()
	}
	<-done
	<-done
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w.Pause(true)
	w.Seek(1)
	w.SetSize(10, 10)
	_ = w.Load(testClips.video)
	w.Frame()
}

// FuzzParsers: the properties are JSON whose values come from videos.
func FuzzParsers(f *testing.F) {
	f.Add(`[{"id":1,"type":"video","selected":true,"codec":"h264","demux-w":320,"demux-h":180},{"id":1,"type":"audio","lang":"por","title":"x"}]`)
	f.Add(`{"seekable-ranges":[{"start":3,"end":9},{"start":0.5,"end":1}],"eof":false}`)
	f.Add(`[{"id":1e99,"demux-w":-4}]`)
	f.Add(`[{"type":"video","demux-rotation":-90,"demux-par":1e300,"selected":true,"demux-w":4,"demux-h":4}]`)
	f.Add(`[{"title":"Part 1","time":-1}]`)
	f.Add(`{"TITLE":"x","artist":7}`)
	f.Fuzz(func(t *testing.T, json string) {
		if len(parseChapters(json)) > 1000 || len([]rune(parseTags(json).Title)) > 60 {
			t.Fatal("more than a menu holds")
		}
		if turned := parseTurn(json); turned < 0 || turned >= 360 {
			t.Fatalf("turned by %d", turned)
		}
		tracks, coded := parseTracks(json)
		if coded.width < 0 || coded.height < 0 {
			t.Fatalf("size %v", coded)
		}
		for _, track := range tracks {
			if len([]rune(track.Title)) > 60 {
				t.Fatalf("title %q", track.Title)
			}
		}
		last := 0.0
		for _, r := range parseRanges(json) {
			if r.From < last || r.To <= r.From {
				t.Fatalf("range %v after %v", r, last)
			}
			last = r.From
		}
	})
}

func TestFit(t *testing.T) {
	for _, c := range []struct{ video, area, want size }{
		{size{1280, 720}, size{}, size{1280, 720}},
		{size{1280, 720}, size{640, 400}, size{640, 360}},
		{size{1280, 720}, size{4000, 4000}, size{1280, 720}},
		{size{720, 1280}, size{1000, 640}, size{368, 640}},
		{size{1, 1}, size{}, size{16, 1}},
		{size{100_000, 10}, size{}, size{8192, 1}},
	} {
		if got := fit(c.video, c.area); got != c.want {
			t.Errorf("%v in %v: %v, want %v", c.video, c.area, got, c.want)
		}
	}
}
