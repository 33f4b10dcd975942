package video

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// All that the controls say stands here.

// hhmmss writes seconds as people read them, 04:31 or 1:04:31, in the form that
// fits the length of the whole.
func hhmmss(seconds, whole float64) string {
	if math.IsNaN(seconds) || seconds < 0 || seconds > 1e7 {
		seconds = 0
	}
	s := int(seconds)
	if max(seconds, whole) >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

// speedName writes a speed as "1x" or "1.25x".
func speedName(speed float64) string {
	if speed <= 0 {
		speed = 1
	}
	return strconv.FormatFloat(math.Round(speed*100)/100, 'f', -1, 64) + "x"
}

// trackName is what a person calls a track.
func trackName(t playback.Track) string {
	title := titleOf(t)
	switch {
	case title != "" && t.Language != "":
		return title + " (" + tongue(t.Language) + ")"
	case title != "":
		return title
	case t.Language != "":
		return tongue(t.Language)
	}
	return strconv.Itoa(t.ID)
}

func sayVolume(percent float64) string {
	return lang.L("Volume {{.N}} %", map[string]any{"N": fmt.Sprintf("%.0f", percent)})
}

func saySpeed(speed float64) string {
	return lang.L("Speed {{.N}}", map[string]any{"N": speedName(speed)})
}

func saySubtitles(t playback.Track) string {
	return lang.L("Subtitles: {{.Name}}", map[string]any{"Name": trackName(t)})
}

func saySound(t playback.Track) string {
	return lang.L("Sound: {{.Name}}", map[string]any{"Name": trackName(t)})
}

// sayChapter names a chapter by its title, or by its number.
func sayChapter(c playback.Chapter, index int) string {
	if c.Title != "" {
		return c.Title
	}
	return lang.L("Chapter {{.N}}", map[string]any{"N": index + 1})
}

// sayLater says by how much something comes later than it should.
func sayLater(what string, seconds float64) string {
	if math.Abs(seconds) < 0.001 {
		return what + ": " + lang.L("as recorded")
	}
	amount := strconv.FormatFloat(math.Round(math.Abs(seconds)*1000)/1000, 'f', -1, 64)
	if seconds < 0 {
		return what + ": " + lang.L("{{.N}} s earlier", map[string]any{"N": amount})
	}
	return what + ": " + lang.L("{{.N}} s later", map[string]any{"N": amount})
}

// sayLoop says what is repeated from now on.
func sayLoop(l playback.Loop, whole float64) string {
	switch {
	case l.Begun && l.To > 0:
		return lang.L("Repeats {{.From}} to {{.To}}", map[string]any{"From": hhmmss(l.From, whole), "To": hhmmss(l.To, whole)})
	case l.Begun:
		return lang.L("Repeats from {{.From}}; press A at the end", map[string]any{"From": hhmmss(l.From, whole)})
	case l.Whole:
		return lang.L("Repeats the video")
	}
	return lang.L("Does not repeat")
}

// sayWait says what the picture waits for and, where it is known, how much of
// that is there.
func sayWait(w rules.Wait, part float64, fetched int64) string {
	text := map[rules.Wait]string{
		rules.Opening: lang.L("Opening"), rules.Jumping: lang.L("Fetching this place"), rules.Network: lang.L("Waiting for the network"),
	}[w]
	if text == "" {
		return ""
	}
	if w == rules.Opening && fetched > 0 {
		return lang.L("{{.What}}, {{.Size}} so far", map[string]any{"What": text, "Size": say.Size(fetched)})
	}
	if percent, known := rules.Percent(part); known {
		return lang.L("{{.What}}, {{.N}} %", map[string]any{"What": text, "N": percent})
	}
	return text + "…"
}

// sayUsed says what playing has cost so far, empty for nothing.
func sayUsed(u playback.Supply) string {
	if u.Noz <= 0 {
		return ""
	}
	return lang.L("{{.Amount}} ozone used", map[string]any{"Amount": say.Ozone(strconv.FormatInt(u.Noz, 10))})
}

// songTitle is what something to hear is called: as it says itself, else as its
// file is named.
func songTitle(t playback.Tags, heading string) string { return cmp.Or(t.Title, heading) }

// sayBy says whose something to hear is, and of which album.
func sayBy(t playback.Tags) string {
	if t.Artist != "" && t.Album != "" {
		return lang.L("{{.Artist}}, {{.Album}}", map[string]any{"Artist": t.Artist, "Album": t.Album})
	}
	return cmp.Or(t.Artist, t.Album)
}

// line is a figure with its name.
type line struct{ name, value string }

// figures are the lines of the figures overlay.
func figures(s playback.State, u playback.Supply) []line {
	lines := []line{{lang.L("Picture"), pictureFigure(s)}}
	if u.Need > 0 {
		lines = append(lines, line{lang.L("Bit rate"), bits(u.Need * 8)})
	}
	lines = append(lines, line{lang.L("Buffered"), lang.L("{{.N}} s ahead", map[string]any{"N": fmt.Sprintf("%.0f", rules.Ahead(stock(s, u), s.Position))})})
	if u.Rate > 0 {
		lines = append(lines, line{lang.L("Comes in"), bits(u.Rate * 8)})
	}
	return append(lines,
		line{lang.L("Fetched"), say.Size(u.Fetched)},
		line{lang.L("Of that wasted"), say.Size(u.Wasted)},
		line{lang.L("Ozone spent"), say.Ozone(strconv.FormatInt(u.Noz, 10))},
		line{lang.L("Stood still"), sayTimes(s.Stalls)},
		line{lang.L("Pictures left out"), say.Count(s.Dropped)},
	)
}

// sayTimes says how often something happened.
func sayTimes(n int) string {
	switch n {
	case 0:
		return lang.L("never")
	case 1:
		return lang.L("once")
	}
	return lang.L("{{.N}} times", map[string]any{"N": say.Count(n)})
}

func pictureFigure(s playback.State) string {
	if s.Width == 0 {
		return lang.L("none")
	}
	parts := []string{fmt.Sprintf("%d x %d", s.Width, s.Height)}
	if s.Rate > 0 {
		parts = append(parts, lang.L("{{.N}} a second", map[string]any{"N": strconv.FormatFloat(math.Round(s.Rate*100)/100, 'f', -1, 64)}))
	}
	for _, t := range s.Of(playback.Picture) {
		if t.Chosen && t.Codec != "" {
			parts = append(parts, t.Codec)
		}
	}
	return strings.Join(parts, ", ")
}

// bits writes a bit rate.
func bits(perSecond int64) string {
	if perSecond >= 1e6 {
		return fmt.Sprintf("%.1f Mbit/s", float64(perSecond)/1e6)
	}
	return fmt.Sprintf("%.0f kbit/s", float64(perSecond)/1e3)
}

// sayWord is a word that is always the same.
func sayWord(word string) func() string { return func() string { return lang.L(word) } }

func (c *chrome) sayPlay() string {
	if c.v.state.Ended {
		return lang.L("Play again")
	}
	return choose(c.v.state.Paused, lang.L("Play"), lang.L("Pause"))
}

func (c *chrome) sayMute() string {
	return choose(c.v.state.Muted, lang.L("Sound on"), lang.L("Sound off"))
}

func (c *chrome) sayScreen() string {
	return choose(c.v.full, lang.L("Leave full screen"), lang.L("Full screen"))
}

func (c *chrome) sayBack() string {
	return choose(c.v.small, lang.L("Back to the large window"), lang.L("Back"))
}

func sayNext(name string) string {
	if name == "" {
		return lang.L("This is the last one")
	}
	return lang.L("Next: {{.Name}}", map[string]any{"Name": shortName(name)})
}

func sayPrevious(name string) string {
	if name == "" {
		return lang.L("This is the first one")
	}
	return lang.L("Before: {{.Name}}", map[string]any{"Name": shortName(name)})
}

// shortName cuts a name to what fits over a control.
func shortName(name string) string {
	const most = 40
	if r := []rune(name); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return name
}

// sayPart says what marking a part of the video does next.
func sayPart(l playback.Loop, whole float64) string {
	switch {
	case l.Begun && l.To > 0:
		return lang.L("Repeat {{.From}} to {{.To}}: stop", map[string]any{"From": hhmmss(l.From, whole), "To": hhmmss(l.To, whole)})
	case l.Begun:
		return lang.L("Repeat from {{.From}} to here", map[string]any{"From": hhmmss(l.From, whole)})
	}
	return lang.L("Repeat a part from here")
}

func sayLeft(second float64) string {
	return lang.L("You left at {{.At}}", map[string]any{"At": hhmmss(second, 0)})
}

func sayResume(second float64) string {
	return lang.L("Resume at {{.At}}", map[string]any{"At": hhmmss(second, 0)})
}

func sayFromStart() string { return lang.L("From the start") }

func sayOffer(name string, playOn bool) string {
	if playOn {
		return lang.L("In a moment: {{.Name}}", map[string]any{"Name": name})
	}
	return sayNext(name)
}

func sayPlayNext() string { return lang.L("Play next") }

func sayStay() string { return lang.L("Stay here") }
