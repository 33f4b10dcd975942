package video

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// said compares what is said with what should be.
func said(t *testing.T, pairs [][2]string) {
	t.Helper()
	for i, p := range pairs {
		if p[0] != p[1] {
			t.Errorf("%d: %q, want %q", i, p[0], p[1])
		}
	}
}

func TestTimes(t *testing.T) {
	said(t, [][2]string{
		{hhmmss(0, 0), "00:00"},
		{hhmmss(59.99, 60), "00:59"},
		{hhmmss(60, 60), "01:00"},
		{hhmmss(5, 3600), "0:00:05"},
		{hhmmss(math.NaN(), 60), "00:00"},
		{hhmmss(math.Inf(1), 60), "00:00"},
		{hhmmss(-1, 60), "00:00"},
		{hhmmss(5, math.NaN()), "00:05"},
	})
}

func TestSpeedsAreWrittenShort(t *testing.T) {
	for speed, want := range map[float64]string{0: "1x", -2: "1x", 1: "1x", 0.25: "0.25x", 1.5: "1.5x", 2: "2x", 1.3333333: "1.33x", 0.999: "1x"} {
		if got := speedName(speed); got != want {
			t.Errorf("%v: %s", speed, got)
		}
	}
}

func TestWhatKeysSay(t *testing.T) {
	said(t, [][2]string{
		{sayVolume(0), "Volume 0 %"},
		{sayVolume(129.6), "Volume 130 %"},
		{saySpeed(1.25), "Speed 1.25x"},
		{sayLater("Sound", 0), "Sound: as recorded"},
		{sayLater("Sound", 0.0004), "Sound: as recorded"},
		{sayLater("Sound", 0.1), "Sound: 0.1 s later"},
		{sayLater("Subtitles", -12.345), "Subtitles: 12.345 s earlier"},
		{sayLoop(playback.Loop{}, 100), "Does not repeat"},
		{sayLoop(playback.Loop{Whole: true}, 100), "Repeats the video"},
		{sayLoop(playback.Loop{Begun: true, From: 5}, 100), "Repeats from 00:05; press A at the end"},
		{sayLoop(playback.Loop{Begun: true, From: 5, To: 65, Whole: true}, 100), "Repeats 00:05 to 01:05"},
		{sayPart(playback.Loop{}, 100), "Repeat a part from here"},
		{sayPart(playback.Loop{Begun: true, From: 5}, 3600), "Repeat from 0:00:05 to here"},
		{sayPart(playback.Loop{Begun: true, From: 5, To: 6}, 100), "Repeat 00:05 to 00:06: stop"},
		{sayChapter(playback.Chapter{Title: "Night"}, 2), "Night"},
		{sayChapter(playback.Chapter{}, 2), "Chapter 3"},
	})
}

func TestWhatIsSaidOfNeighbours(t *testing.T) {
	long := strings.Repeat("é", 60)
	said(t, [][2]string{
		{sayNext(""), "This is the last one"},
		{sayPrevious(""), "This is the first one"},
		{sayNext("B"), "Next: B"},
		{sayPrevious("A"), "Before: A"},
		{sayNext(long), "Next: " + strings.Repeat("é", 39) + "…"},
		{shortName(strings.Repeat("é", 40)), strings.Repeat("é", 40)},
		{sayOffer("B", false), "Next: B"},
		{sayOffer("B", true), "In a moment: B"},
		{sayLeft(3700), "You left at 1:01:40"},
		{sayResume(62), "Resume at 01:02"},
	})
}

func TestWhatIsSaidOfWaits(t *testing.T) {
	for _, c := range []struct {
		wait    rules.Wait
		part    float64
		fetched int64
		want    string
	}{
		{rules.Nothing, 0.5, 5, ""},
		{rules.Opening, -1, 0, "Opening…"},
		{rules.Opening, 0.3, 0, "Opening, 30 %"},
		{rules.Opening, 0.3, 4_000_000, "Opening, 4 MB so far"},
		{rules.Jumping, -1, 9, "Fetching this place…"},
		{rules.Jumping, 0.999, 9, "Fetching this place, 99 %"},
		{rules.Network, 0, 9, "Waiting for the network, 0 %"},
		{rules.Network, math.NaN(), 9, "Waiting for the network…"},
	} {
		if got := sayWait(c.wait, c.part, c.fetched); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestWhatIsSaidOfCostsAndCounts(t *testing.T) {
	said(t, [][2]string{
		{sayUsed(playback.Supply{}), ""},
		{sayUsed(playback.Supply{Noz: -5}), ""},
		{sayUsed(playback.Supply{Noz: 1_500_000_000}), "1.5 ozone used"},
		{sayTimes(0), "never"},
		{sayTimes(1), "once"},
		{sayTimes(2), "2 times"},
		{sayTimes(12_345), "12,345 times"},
		{bits(999_999), "1000 kbit/s"},
		{bits(64_000), "64 kbit/s"},
		{bits(12_340_000), "12.3 Mbit/s"},
	})
}

func TestWhatIsSaidOfThePicture(t *testing.T) {
	track := func(codec string, chosen bool) playback.Track {
		return playback.Track{Kind: playback.Picture, ID: 1, Codec: codec, Chosen: chosen}
	}
	for want, s := range map[string]playback.State{
		"none":                            {Rate: 30},
		"1920 x 1080":                     {Width: 1920, Height: 1080},
		"1920 x 1080, 29.97 a second":     {Width: 1920, Height: 1080, Rate: 29.970029},
		"640 x 360, 25 a second, vp9":     {Width: 640, Height: 360, Rate: 25, Tracks: []playback.Track{track("h264", false), track("vp9", true)}},
		"640 x 360, 24.5 a second":        {Width: 640, Height: 360, Rate: 24.5, Tracks: []playback.Track{track("", true)}},
		"641 x 360, h264":                 {Width: 641, Height: 360, Tracks: []playback.Track{track("h264", true)}},
		"642 x 360, 60 a second":          {Width: 642, Height: 360, Rate: 60, Tracks: []playback.Track{track("h264", false)}},
		"3840 x 2160, 50 a second, hevc":  {Width: 3840, Height: 2160, Rate: 50, Tracks: []playback.Track{track("hevc", true)}},
		"100 x 100, 0.5 a second, mjpeg":  {Width: 100, Height: 100, Rate: 0.5, Tracks: []playback.Track{track("mjpeg", true)}},
		"1280 x 720, 59.94 a second, av1": {Width: 1280, Height: 720, Rate: 59.9401, Tracks: []playback.Track{track("av1", true)}},
	} {
		if got := pictureFigure(s); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestFiguresNameWhatIsKnown(t *testing.T) {
	names := func(s playback.State, u playback.Supply) (out []string) {
		for _, l := range figures(s, u) {
			out = append(out, l.name)
		}
		return out
	}
	few := []string{"Picture", "Buffered", "Fetched", "Of that wasted", "Ozone spent", "Stood still", "Pictures left out"}
	if got := names(playback.State{}, playback.Supply{}); !slices.Equal(got, few) {
		t.Errorf("%q", got)
	}
	all := []string{"Picture", "Bit rate", "Buffered", "Comes in", "Fetched", "Of that wasted", "Ozone spent", "Stood still", "Pictures left out"}
	if got := names(playback.State{}, playback.Supply{Need: 1, Rate: 1}); !slices.Equal(got, all) {
		t.Errorf("%q", got)
	}
}

func TestSongsAreCalledAsTheySay(t *testing.T) {
	said(t, [][2]string{
		{songTitle(playback.Tags{}, "01 file"), "01 file"},
		{songTitle(playback.Tags{Title: "T"}, "01 file"), "T"},
		{sayBy(playback.Tags{}), ""},
		{sayBy(playback.Tags{Title: "T", Artist: "A"}), "A"},
		{sayBy(playback.Tags{Album: "B"}), "B"},
		{sayBy(playback.Tags{Artist: "A", Album: "B"}), "A, B"},
	})
}

func TestKeysHaveNames(t *testing.T) {
	for want, k := range map[string]rules.Key{
		"0 – 9":          {Order: rules.ToPart, Runes: "0123456789"},
		"Space  K":       {Runes: " k"},
		"Shift L":        {Runes: "L"},
		"<  P":           {Runes: "<p"},
		"F  F11":         {Runes: "f", Names: []string{"F11"}},
		"←":              {Names: []string{"Left"}},
		"Page up":        {Names: []string{"Prior"}},
		"Page down  End": {Names: []string{"Next", "End"}},
		"Backspace":      {Names: []string{"BackSpace"}},
		"Esc":            {Names: []string{"Escape"}},
		"":               {},
	} {
		if got := keyName(k); got != want {
			t.Errorf("%+v: %q, want %q", k, got, want)
		}
	}
}

// The list of keys holds all of them, each beside what it does, and no two keys
// say the same.
func TestTheListOfKeysIsWhole(t *testing.T) {
	columns, seen, rows := keyColumns(), map[string]bool{}, 0
	if len(columns) != 4 || len(columns[0]) != len(columns[1]) || len(columns[2]) != len(columns[3]) {
		t.Fatalf("%d columns", len(columns))
	}
	for i := 0; i < 4; i += 2 {
		for j, key := range columns[i] {
			what := columns[i+1][j]
			if (key == "") != (what == "") {
				t.Errorf("%q does %q", key, what)
			}
			if key != "" {
				rows++
			}
			if key != "" && (seen[key] || seen[what]) {
				t.Errorf("%q or %q stands twice", key, what)
			}
			seen[key], seen[what] = true, true
		}
	}
	if rows != len(rules.Keys) {
		t.Errorf("%d of %d keys", rows, len(rules.Keys))
	}
}

// A text that is cut fits, and is never cut where it would fit.
func TestTextsAreCutToTheirRoom(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Dark))
	line := words("", theme.BodyText, theme.Regular, white)
	wide := func(s string) float32 { return words(s, theme.BodyText, theme.Regular, white).MinSize().Width }
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zäß ]{0,80}`).Draw(t, "text")
		room := rapid.Float32Range(20, 400).Draw(t, "room")
		got := cut(text, line, room)
		if wide(got) > room {
			t.Fatalf("%q is %v wide in %v", got, wide(got), room)
		}
		if kept, was := strings.CutSuffix(got, "…"); was && (wide(text) <= room || !strings.HasPrefix(text, kept)) || !was && got != text {
			t.Fatalf("%q became %q", text, got)
		}
	})
	if got := cut("anything", line, 0); got != "…" {
		t.Errorf("without room: %q", got)
	}
}

func TestSentencesAreBroken(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Dark))
	for _, c := range []struct {
		sentence string
		width    float32
		most     int
		whole    bool
	}{
		{"", 100, 0, true},
		{"   ", 100, 0, true},
		{"one", 100, 1, true},
		{"one two", 1000, 1, true},
		{"one two", 5, 2, true},
		{strings.Repeat("word ", 40), 200, troubleLines, false},
		{strings.Repeat("x", 500), 100, 1, true}, // one word is not broken
	} {
		lines := breakText(c.sentence, c.width)
		if len(lines) != min(c.most, troubleLines) {
			t.Errorf("%q in %v: %q", c.sentence, c.width, lines)
		}
		if whole := strings.Join(lines, " ") == strings.Join(strings.Fields(c.sentence), " "); whole != c.whole {
			t.Errorf("%q in %v: %q", c.sentence, c.width, lines)
		}
		if last := len(lines) - 1; !c.whole && !strings.HasSuffix(lines[last], " …") {
			t.Errorf("nobody sees that %q is cut", lines[last])
		}
	}
}
