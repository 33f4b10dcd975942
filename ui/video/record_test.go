package video

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// song is something to hear, without a picture.
func song() *fake {
	f := playing()
	f.frame, f.number = nil, 0
	f.state.Width, f.state.Height = 0, 0
	f.state.Tracks = []playback.Track{{Kind: playback.Sound, ID: 1, Chosen: true}}
	f.state.Tags = playback.Tags{Title: "Morning light", Artist: "Ana Silva", Album: "Quiet hours"}
	return f
}

// covered is a song with a cover in its file, as the player draws it.
func covered() *fake {
	f := song()
	f.frame, f.number = plainPicture(100, 100, red), 1
	f.state.Width, f.state.Height, f.state.Cover = 100, 100, true
	f.state.Tracks = append(f.state.Tracks, playback.Track{Kind: playback.Picture, ID: 1, Chosen: true, Cover: true})
	return f
}

func TestSongPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, c := range map[string]struct {
			player *fake
			cover  image.Image
			small  bool
		}{
			"song": {song(), nil, false}, "song-beside": {song(), dusk(), false}, "song-cover": {covered(), nil, false}, "song-small": {song(), dusk(), true},
		} {
			v := newVideo(Hooks{Back: func() {}}, newDay().clock(), c.small)
			size := fyne.NewSize(960, 540)
			if c.small {
				size = fyne.NewSize(400, 225)
			}
			w := stage(t, v, c.player, size.Width, size.Height)
			v.SetTitle("01 Morning light", "From your drive")
			v.SetCover(c.cover)
			shots.Match(t, name+"-"+mode, w)
		}
	})
}

func TestSongsSayWhatTheyAre(t *testing.T) {
	for _, c := range []struct {
		tags      playback.Tags
		title, by string
	}{
		{playback.Tags{}, "01 Morning light", ""},
		{playback.Tags{Title: "Morning light"}, "Morning light", ""},
		{playback.Tags{Artist: "Ana Silva"}, "01 Morning light", "Ana Silva"},
		{playback.Tags{Album: "Quiet hours"}, "01 Morning light", "Quiet hours"},
		{playback.Tags{Title: "M", Artist: "Ana Silva", Album: "Quiet hours"}, "M", "Ana Silva, Quiet hours"},
	} {
		f := song()
		f.state.Tags = c.tags
		v, _ := window(t, theme.Dark, Hooks{}, f)
		v.SetTitle("01 Morning light", "From your drive")
		v.sync()
		if r := v.record; r.title.Text != c.title || r.by.Text != c.by {
			t.Errorf("%+v: %q, %q", c.tags, r.title.Text, r.by.Text)
		}
	}
}

// A cover in the file goes before one beside it, and lies where it belongs.
func TestTheCoverOfTheFileIsThePlayers(t *testing.T) {
	f := covered()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	v.SetCover(dusk())
	r := v.record
	if r.cover.Visible() || r.ground.Visible() || r.icon.Visible() {
		t.Error("something lies over the cover that the player draws")
	}
	at, side := coverArea(v.Size(), v.chrome.foot())
	if v.picture.raster.Position() != at || v.picture.raster.Size() != fyne.NewSquareSize(side) {
		t.Errorf("the cover is at %v, %v", v.picture.raster.Position(), v.picture.raster.Size())
	}
	f.state = playing().state // a video follows
	v.StateChanged()
	if r.box.Visible() || v.picture.raster.Size().Width != 1000 {
		t.Error("a video is shown like a song")
	}
	f.state = song().state
	v.StateChanged()
	if !r.cover.Visible() || r.icon.Visible() {
		t.Error("the cover beside a song without one is not shown")
	}
	if v.SetCover(nil); r.cover.Visible() || !r.icon.Visible() {
		t.Error("a cover that was taken away stays")
	}
}

func TestCoversFitIntoAllPlaces(t *testing.T) {
	for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 480, Height: 270}, {Width: 200, Height: 140}, {Width: 3840, Height: 2160}, {Width: 90, Height: 900}} {
		at, side := coverArea(size, button)
		if at.X < 0 || at.Y < 0 || at.X+side > size.Width || at.Y+side > size.Height || side > mostCover {
			t.Errorf("in %v: %v, %v", size, at, side)
		}
	}
}

// There is no picture that controls could cover.
func TestTheControlsOfSongsStay(t *testing.T) {
	v, _, d := windowAt(t, theme.Dark, Hooks{}, song())
	if d.pass(2 * rules.Rest); !v.awake {
		t.Error("the controls go")
	}
}

// Nobody sees anything at a place of a song.
func TestSongsHaveNoGlimpses(t *testing.T) {
	v, _ := window(t, theme.Dark, Hooks{}, song())
	source := &glimpses{picture: plainPicture(16, 9, red)}
	v.SetThumbnails(source)
	point(v, 0.5)
	if g := v.chrome.bar.glimpse; g.image.Visible() || len(source.wanted) != 0 || g.time.text.Text != "00:50" {
		t.Errorf("asked for %v", source.wanted)
	}
}
