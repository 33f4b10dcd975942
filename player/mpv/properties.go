package mpv

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// value is what libmpv says of a property; it is the zero value where the
// property does not exist at the moment.
type value struct {
	there  bool
	flag   bool
	number float64
	text   string
}

// index is a number that counts from 0, -1 where there is none.
func (v value) index() int {
	if !v.there {
		return -1
	}
	return max(-1, int(v.number))
}

// seconds reads a time that may be "no".
func (v value) seconds() (at float64, there bool) {
	at, err := strconv.ParseFloat(v.text, 64)
	if err != nil || math.IsNaN(at) || math.IsInf(at, 0) {
		return 0, false
	}
	return max(0, at), true
}

// watch is one property that is followed, with what a new value means.
type watch struct {
	name   string
	format int32
	apply  func(p *Player, s *playback.State, v value) []EventKind
}

// plain is a watch that only changes the state.
func plain(set func(s *playback.State, v value)) func(*Player, *playback.State, value) []EventKind {
	return func(_ *Player, s *playback.State, v value) []EventKind { set(s, v); return nil }
}

// watched are the properties of mpv's manual that make up the state.
var watched = []watch{
	{"pause", formatFlag, plain(func(s *playback.State, v value) { s.Paused = v.flag })},
	{"seeking", formatFlag, plain(func(s *playback.State, v value) { s.Seeking = v.flag })},
	{"seekable", formatFlag, plain(func(s *playback.State, v value) { s.Seekable = v.flag })},
	{"mute", formatFlag, plain(func(s *playback.State, v value) { s.Muted = v.flag })},
	{"time-pos", formatDouble, plain(func(s *playback.State, v value) { s.Position = max(0, v.number) })},
	{"duration", formatDouble, plain(func(s *playback.State, v value) { s.Duration = v.number })},
	{"volume", formatDouble, plain(func(s *playback.State, v value) { s.Volume = v.number })},
	{"speed", formatDouble, plain(func(s *playback.State, v value) { s.Speed = v.number })},
	{"track-list", formatString, func(p *Player, s *playback.State, v value) []EventKind { return p.listed(s, v.text) }},
	{"demuxer-cache-state", formatString, plain(func(s *playback.State, v value) { s.Buffered = parseRanges(v.text) })},
	{"paused-for-cache", formatFlag, func(p *Player, s *playback.State, v value) []EventKind { return p.stall(s, v.flag) }},
	{"chapter-list", formatString, plain(func(s *playback.State, v value) { s.Chapters = parseChapters(v.text) })},
	{"chapter", formatInt, func(_ *Player, s *playback.State, v value) []EventKind { s.Chapter = v.index(); return nil }},
	{"loop-file", formatString, plain(func(s *playback.State, v value) { s.Loop.Whole = v.text != "" && v.text != "no" })},
	{"ab-loop-a", formatString, plain(func(s *playback.State, v value) { s.Loop.From, s.Loop.Begun = v.seconds() })},
	{"ab-loop-b", formatString, plain(func(s *playback.State, v value) { s.Loop.To, _ = v.seconds() })},
	{"metadata", formatString, plain(func(s *playback.State, v value) { s.Tags = parseTags(v.text) })},
	{"audio-delay", formatDouble, plain(func(s *playback.State, v value) { s.SoundDelay = v.number })},
	{"sub-delay", formatDouble, plain(func(s *playback.State, v value) { s.SubtitleDelay = v.number })},
	{"container-fps", formatDouble, plain(func(s *playback.State, v value) { s.Rate = max(0, v.number) })},
	{"hwdec-current", formatString, plain(func(s *playback.State, v value) { s.Decoder = named(v.text) })},
	{"avsync", formatDouble, func(p *Player, _ *playback.State, v value) []EventKind { p.skew = v.number; return nil }},
	{"eof-reached", formatFlag, func(p *Player, s *playback.State, v value) []EventKind { return p.reachedEnd(s, v.flag) }},
	{"dwidth", formatInt, func(p *Player, s *playback.State, v value) []EventKind { return p.sized(s, int(v.number), s.Height) }},
	{"dheight", formatInt, func(p *Player, s *playback.State, v value) []EventKind { return p.sized(s, s.Width, int(v.number)) }},
	{"frame-drop-count", formatInt, func(p *Player, s *playback.State, v value) []EventKind { return p.lost(s, 0, v) }},
	{"decoder-frame-drop-count", formatInt, func(p *Player, s *playback.State, v value) []EventKind { return p.lost(s, 1, v) }},
}

// changed takes in a new value of the property with this index in watched.
func (p *Player) changed(index int, c *property) {
	if index < 0 || index >= len(watched) {
		return
	}
	w := watched[index]
	v := read(c, w.format)
	p.mu.Lock()
	news := w.apply(p, &p.state, v)
	p.mu.Unlock()
	for _, kind := range append(news, Changed) {
		p.tell(kind)
	}
}

// read copies a value out of libmpv's memory.
func read(c *property, format int32) (v value) {
	if c.data == nil || c.format != format {
		return v
	}
	v.there = true
	switch format {
	case formatFlag:
		v.flag = *(*int32)(c.data) != 0
	case formatInt:
		v.number = float64(*(*int64)(c.data))
	case formatDouble:
		if n := *(*float64)(c.data); !math.IsNaN(n) && !math.IsInf(n, 0) {
			v.number = n
		}
	case formatString:
		v.text = text(*(**byte)(c.data))
	}
	return v
}

// sized takes in a new size of the picture.
func (p *Player) sized(s *playback.State, width, height int) []EventKind {
	s.Width, s.Height = width, height
	if p.pictures != nil {
		p.pictures.setVideo(width, height)
	}
	return nil
}

func (p *Player) lost(s *playback.State, which int, v value) []EventKind {
	p.dropped[which] = int(v.number)
	s.Dropped = p.dropped[0] + p.dropped[1]
	return nil
}

// listed takes in the tracks, which say how large the picture is before it is
// there.
func (p *Player) listed(s *playback.State, list string) []EventKind {
	var coded size
	s.Tracks, coded = parseTracks(list)
	s.Cover = slices.ContainsFunc(s.Tracks, func(t playback.Track) bool { return t.Chosen && t.Cover })
	if p.pictures != nil {
		p.pictures.setCoded(coded.width, coded.height)
	}
	return nil
}

// parseTracks reads the property track-list, which libmpv writes as JSON, and
// the size of the chosen picture. What it holds comes from the video, so
// nothing is taken for granted.
func parseTracks(list string) (tracks []playback.Track, coded size) {
	var raw []struct {
		ID       int    `json:"id"`
		Type     string `json:"type"`
		Title    string `json:"title"`
		Lang     string `json:"lang"`
		Codec    string `json:"codec"`
		Selected bool   `json:"selected"`
		Cover    bool   `json:"albumart"`
		Width    int    `json:"demux-w"`
		Height   int    `json:"demux-h"`
		Turn     int    `json:"demux-rotation"`
		Shape    shape  `json:"demux-par"`
	}
	if list == "" || json.Unmarshal([]byte(list), &raw) != nil {
		return nil, size{}
	}
	for _, r := range raw {
		if r.Selected && r.Width > 0 && r.Height > 0 {
			coded = r.Shape.square(size{r.Width, r.Height}, r.Turn)
		}
		tracks = append(tracks, playback.Track{
			Kind: playback.Kind(r.Type), ID: r.ID, Title: short(r.Title), Language: short(r.Lang), Codec: short(r.Codec), Chosen: r.Selected, Cover: r.Cover,
		})
	}
	return tracks, coded
}

// shape is width/height of one pixel.
type shape float64

// square is the size of a picture in square pixels, once it is turned by
// degrees.
func (r shape) square(s size, turned int) size {
	switch {
	case r > 1 && r < 100:
		s.width = int(float64(s.width) * float64(r))
	case r > 0.01 && r < 1:
		s.height = int(float64(s.height) / float64(r))
	}
	if turned%180 != 0 {
		s.width, s.height = s.height, s.width
	}
	return s
}

// parseChapters reads the property chapter-list. A video may claim any number
// of chapters; a menu holds this many.
func parseChapters(list string) (chapters []playback.Chapter) {
	const most = 1000
	var raw []struct {
		Title string  `json:"title"`
		Time  float64 `json:"time"`
	}
	if list == "" || json.Unmarshal([]byte(list), &raw) != nil {
		return nil
	}
	for _, r := range raw[:min(most, len(raw))] {
		chapters = append(chapters, playback.Chapter{Title: short(r.Title), At: max(0, r.Time)})
	}
	return chapters
}

// parseTags reads the property metadata; containers spell its names in many
// ways.
func parseTags(list string) (tags playback.Tags) {
	raw := map[string]any{}
	if list == "" || json.Unmarshal([]byte(list), &raw) != nil {
		return tags
	}
	for name, field := range map[string]*string{"title": &tags.Title, "artist": &tags.Artist, "album": &tags.Album} {
		for key, value := range raw {
			if text, ok := value.(string); ok && strings.EqualFold(key, name) {
				*field = short(text)
			}
		}
	}
	return tags
}

// named is a name of libmpv, where "no" stands for none.
func named(name string) string {
	if name == "no" {
		return ""
	}
	return name
}

// short keeps names from a video to a length that a menu can hold.
func short(name string) string {
	const longest = 60
	if r := []rune(name); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return name
}

// parseRanges reads the seekable ranges of the property demuxer-cache-state.
func parseRanges(state string) []playback.Range {
	var raw struct {
		Ranges []struct {
			Start float64 `json:"start"`
			End   float64 `json:"end"`
		} `json:"seekable-ranges"`
	}
	if state == "" || json.Unmarshal([]byte(state), &raw) != nil {
		return nil
	}
	var ranges []playback.Range
	for _, r := range raw.Ranges {
		if r.End > r.Start {
			ranges = append(ranges, playback.Range{From: max(0, r.Start), To: r.End})
		}
	}
	slices.SortFunc(ranges, func(a, b playback.Range) int { return cmp.Compare(a.From, b.From) })
	return ranges
}
