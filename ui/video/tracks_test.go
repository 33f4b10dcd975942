package video

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

var someTracks = []playback.Track{
	{Kind: playback.Sound, ID: 1, Chosen: true},
	{Kind: playback.Sound, ID: 2, Language: "por"},
	{Kind: playback.Subtitles, ID: 1, Title: "Full", Language: "en"},
	{Kind: playback.Subtitles, ID: 2, Title: "Signs"},
}

// labels are the words of a menu, with a star at what is chosen.
func labels(items []*fyne.MenuItem) string {
	var out []string
	for _, i := range items {
		name := i.Label
		if i.Checked {
			name = "*" + name
		}
		out = append(out, name)
	}
	return strings.Join(out, "; ")
}

func TestTrackMenu(t *testing.T) {
	f := playing()
	v, _ := window(t, theme.Dark, Hooks{}, f)
	if items := v.trackItems(); len(items) != 1 || !items[0].Disabled {
		t.Errorf("%d items without tracks", len(items))
	}
	f.state.Tracks = someTracks
	v.sync()
	want := "*Subtitles off; Subtitles: Full (English); Subtitles: Signs; Subtitles: as recorded; ; *Sound: 1; Sound: Portuguese; Sound: as recorded"
	if got := labels(v.trackItems()); got != want {
		t.Error(got)
	}
	v.trackItems()[6].Action()
	v.trackItems()[1].Action()
	v.trackItems()[3].ChildMenu.Items[3].Action()
	v.trackItems()[7].ChildMenu.Items[0].Action()
	if got := f.told(); got != "choose audio 2, choose sub 1, subtitles 1.0, sound -0.1" {
		t.Error(got)
	}
	if v.notice.word.text.Text != "Sound: 0.1 s earlier" {
		t.Error(v.notice.word.text.Text)
	}
}

// choose does what the player does when it is told to choose subtitles.
func (f *fake) obey() {
	order := f.orders[len(f.orders)-1]
	f.state.Tracks = append([]playback.Track(nil), f.state.Tracks...)
	for i, t := range f.state.Tracks {
		f.state.Tracks[i].Chosen = strings.HasSuffix(order, string(t.Kind)+" "+trackName(playback.Track{ID: t.ID}))
	}
}

func TestSubtitleKeys(t *testing.T) {
	f := playing()
	f.state.Tracks = someTracks
	v, _ := window(t, theme.Dark, Hooks{}, f)
	for _, key := range "cccccvv" {
		v.TypedRune(key)
		f.obey()
		v.sync()
	}
	if got := f.told(); got != "choose sub 1, choose sub 2, choose sub 0, choose sub 1, choose sub 2, choose sub 0, choose sub 2" {
		t.Error(got)
	}
	f.state.Tracks = nil
	v.sync()
	v.TypedRune('v')
	if f.told() != "" || v.notice.word.text.Text != "No subtitles in this video" {
		t.Error("nobody says that there are none")
	}
}

func TestSoundKey(t *testing.T) {
	f := playing()
	f.state.Tracks = someTracks
	v, _ := window(t, theme.Dark, Hooks{}, f)
	v.TypedRune('#')
	f.obey()
	v.sync()
	v.TypedRune('#')
	if got := f.told(); got != "choose audio 2, choose audio 1" {
		t.Error(got)
	}
}

func TestMoreMenu(t *testing.T) {
	f := playing()
	on := false
	v, _ := window(t, theme.Dark, Hooks{PlayOn: func(is bool) { on = is }, Elsewhere: func() {}}, f)
	v.SetNeighbours("", "Second part")
	f.state.Chapters = []playback.Chapter{{Title: "Harbour"}, {At: 50}}
	v.sync()
	want := "Repeat the video; Repeat a part from here; Go on with the next at the end; Chapters; ; Figures; Keys; Open in another player"
	if got := labels(v.moreItems()); got != want {
		t.Error(got)
	}
	v.moreItems()[2].Action()
	v.moreItems()[1].Action()
	v.moreItems()[5].Action()
	chapters := v.moreItems()[3].ChildMenu.Items
	if labels(chapters) != "*Harbour; Chapter 2" {
		t.Error(labels(chapters))
	}
	chapters[1].Action()
	if got := f.told(); got != "loop false true 40 0, chapter 1" || !on {
		t.Errorf("%s, %v", got, on)
	}
	if got := labels(v.moreItems()); !strings.Contains(got, "*Repeat from 00:40 to here; *Go on") || !strings.Contains(got, "*Figures") {
		t.Error(got)
	}
	if labels(v.speedItems()) != "0.25x; 0.5x; 0.75x; *1x; 1.25x; 1.5x; 1.75x; 2x; 3x; 4x" {
		t.Error(labels(v.speedItems()))
	}
}

func TestClock(t *testing.T) {
	for want, c := range map[string][2]float64{
		"00:00": {-3, 0}, "04:31": {271.9, 728}, "0:04:31": {271, 3600}, "1:00:00": {3600, 0}, "59:59": {3599.9, 3599.9}, "27:46:40": {100000, 100000},
	} {
		if got := hhmmss(c[0], c[1]); got != want {
			t.Errorf("%v: %s, want %s", c, got, want)
		}
	}
}
