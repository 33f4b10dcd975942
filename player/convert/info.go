package convert

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Kind tells what a track holds.
type Kind string

// The kinds of tracks.
const (
	Picture Kind = "video"
	Sound   Kind = "audio"
	Text    Kind = "subtitle"
	Other   Kind = "other"
)

// Track is one of the streams of a video file.
type Track struct {
	Index         int    `json:"index"`
	Kind          Kind   `json:"kind"`
	Codec         string `json:"codec"`
	Width, Height int    `json:"-"`
	Cover         bool   `json:"cover,omitempty"` // a picture that does not move
	Fits          bool   `json:"fits"`            // a stream of the network can carry it
}

// Info is what a video file holds.
type Info struct {
	Length time.Duration
	Size   int64 // bytes
	Title  string
	Tracks []Track
}

// carried are the codecs that MPEG-TS carries and players expect there.
var carried = map[Kind][]string{
	Picture: {"h264", "hevc", "mpeg2video", "mpeg1video"},
	Sound:   {"aac", "mp3", "mp2", "ac3", "eac3"},
}

// Limits of what is taken for a video.
const (
	maxLength = 48 * time.Hour
	maxSide   = 8192 // pixels
	maxTracks = 100
)

// probed is what ffprobe prints.
type probed struct {
	Streams []struct {
		Index       int               `json:"index"`
		Type        string            `json:"codec_type"`
		Codec       string            `json:"codec_name"`
		Width       int               `json:"width"`
		Height      int               `json:"height"`
		Disposition map[string]int    `json:"disposition"`
		Tags        map[string]string `json:"tags"`
	} `json:"streams"`
	Format struct {
		Duration string            `json:"duration"`
		Tags     map[string]string `json:"tags"`
	} `json:"format"`
}

// readInfo reads what ffprobe printed about a file of a size.
func readInfo(raw []byte, size int64) (Info, error) {
	var p probed
	if err := json.Unmarshal(raw, &p); err != nil {
		return Info{}, notVideo(fmt.Errorf("read ffprobe: %w", err))
	}
	seconds, err := strconv.ParseFloat(p.Format.Duration, 64)
	if err != nil || math.IsNaN(seconds) || seconds <= 0 || len(p.Streams) > maxTracks {
		return Info{}, notVideo(fmt.Errorf("length %q, %d tracks", p.Format.Duration, len(p.Streams)))
	}
	if seconds > maxLength.Seconds() {
		return Info{}, fault.Say(ErrNotVideo, "This video is longer than two days. Cut it into parts first.")
	}
	info := Info{Length: time.Duration(seconds * float64(time.Second)), Size: size}
	for name, value := range p.Format.Tags {
		if strings.EqualFold(name, "title") {
			info.Title = strings.TrimSpace(value)
		}
	}
	for _, s := range p.Streams {
		t := Track{Index: s.Index, Kind: kindOf(s.Type), Codec: s.Codec, Width: s.Width, Height: s.Height}
		t.Cover = t.Kind == Picture && s.Disposition["attached_pic"] == 1
		t.Fits = !t.Cover && fits(t)
		if t.Kind == Picture && !t.Cover && (t.Width <= 0 || t.Height <= 0 || t.Width > maxSide || t.Height > maxSide) {
			return Info{}, notVideo(fmt.Errorf("picture of %d x %d", t.Width, t.Height))
		}
		info.Tracks = append(info.Tracks, t)
	}
	return info, nil
}

func kindOf(name string) Kind {
	switch k := Kind(name); k {
	case Picture, Sound, Text:
		return k
	}
	return Other
}

func fits(t Track) bool {
	for _, codec := range carried[t.Kind] {
		if t.Codec == codec {
			return true
		}
	}
	return false
}

// first returns the first track of a kind; covers do not count.
func (i Info) first(kind Kind) (Track, bool) {
	for _, t := range i.Tracks {
		if t.Kind == kind && !t.Cover {
			return t, true
		}
	}
	return Track{}, false
}

// Size of the picture in pixels; 0 where there is none.
func (i Info) Picture() (width, height int) {
	t, _ := i.first(Picture)
	return t.Width, t.Height
}
