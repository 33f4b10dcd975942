package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// ErrPlaylist means that a playlist is damaged, or asks for something that a
// stream of the storage network never needs.
var ErrPlaylist = errors.New("playlist not usable")

// errElsewhere is a playlist that needs more than a player gets here: other
// playlists, keys, parts of files.
var errElsewhere = errors.New("playlist leads to other places")

// Limits of a playlist: a day of video in pieces of a second is 86,400.
const (
	maxPlaylist = 8 << 20 // bytes
	maxSegments = 100_000
	maxSeconds  = 24 * 3600
)

// Playlist is an HLS media playlist (RFC 8216) reduced to what cut videos of
// the storage network have.
type Playlist struct {
	Target   int  // longest segment in seconds, rounded up
	Sequence int  // number of the first segment
	Complete bool // nothing will be added
	Segments []Segment
}

// Segment is one piece of a stream.
type Segment struct {
	Name    string  // plain file name
	Seconds float64 // its length
	Break   bool    // time or coding starts anew with it
}

// segmentName is a plain file name: no folder, no scheme, nothing that an
// address could be built of.
var segmentName = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$`)

// refused are tags that would make a player fetch other addresses, or parts
// of segments (RFC 8216 4.3).
var refused = map[string]bool{
	"EXT-X-MAP": true, "EXT-X-BYTERANGE": true, "EXT-X-STREAM-INF": true, "EXT-X-I-FRAME-STREAM-INF": true,
	"EXT-X-MEDIA": true, "EXT-X-SESSION-KEY": true, "EXT-X-SESSION-DATA": true, "EXT-X-PART": true,
	"EXT-X-PRELOAD-HINT": true, "EXT-X-RENDITION-REPORT": true, "EXT-X-CONTENT-STEERING": true, "EXT-X-DEFINE": true,
}

// ParsePlaylist reads a playlist. The error is [ErrPlaylist] for one that
// must not reach a player.
func ParsePlaylist(r io.Reader) (*Playlist, error) {
	return parsePlaylist(r, func(name string) (string, error) {
		if !segmentName.MatchString(name) {
			return "", fmt.Errorf("segment name %.40q", name)
		}
		return name, nil
	})
}

// parsePlaylist reads a playlist whose segments are called what naming makes of
// the words for them.
func parsePlaylist(r io.Reader, naming func(string) (string, error)) (*Playlist, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxPlaylist+1))
	if err != nil {
		return nil, fmt.Errorf("read playlist: %w", err)
	}
	if len(data) > maxPlaylist {
		return nil, fmt.Errorf("%w: too long", ErrPlaylist)
	}
	reader := playlistReader{naming: naming}
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	for lines.Scan() {
		if err := reader.line(strings.TrimSpace(lines.Text())); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrPlaylist, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPlaylist, err)
	}
	return reader.finish()
}

// playlistReader takes a playlist line by line.
type playlistReader struct {
	naming  func(string) (string, error)
	list    Playlist
	begun   bool
	next    Segment // what tags said about the segment to come
	measure bool    // next has its length
}

func (p *playlistReader) line(line string) error {
	switch {
	case !p.begun:
		if line != "#EXTM3U" {
			return errors.New("no #EXTM3U at the beginning")
		}
		p.begun = true
	case line == "" || strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "#EXT"):
	case strings.HasPrefix(line, "#"):
		name, value, _ := strings.Cut(line[1:], ":")
		return p.tag(name, value)
	default:
		return p.segment(line)
	}
	return nil
}

func (p *playlistReader) tag(name, value string) (err error) {
	if refused[name] || name == "EXT-X-KEY" && value != "METHOD=NONE" {
		return fmt.Errorf("%w: tag %.40q", errElsewhere, name)
	}
	switch name {
	case "EXT-X-TARGETDURATION":
		p.list.Target, err = count(value)
	case "EXT-X-MEDIA-SEQUENCE":
		p.list.Sequence, err = count(value)
	case "EXT-X-ENDLIST":
		p.list.Complete = true
	case "EXT-X-DISCONTINUITY":
		p.next.Break = true
	case "EXTINF":
		length, _, _ := strings.Cut(value, ",")
		p.next.Seconds, err = seconds(length)
		p.measure = true
	}
	return err
}

func (p *playlistReader) segment(name string) error {
	switch {
	case !p.measure:
		return fmt.Errorf("segment %.40q has no length", name)
	case len(p.list.Segments) == maxSegments:
		return errors.New("too many segments")
	}
	name, err := p.naming(name)
	if err != nil {
		return err
	}
	p.next.Name = name
	p.list.Segments = append(p.list.Segments, p.next)
	p.next, p.measure = Segment{}, false
	return nil
}

func (p *playlistReader) finish() (*Playlist, error) {
	if len(p.list.Segments) == 0 {
		return nil, fmt.Errorf("%w: no segments", ErrPlaylist)
	}
	for _, s := range p.list.Segments {
		p.list.Target = max(p.list.Target, int(math.Ceil(s.Seconds)))
	}
	return &p.list, nil
}

func count(text string) (int, error) {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 31)
	if err != nil {
		return 0, fmt.Errorf("number %.40q", text)
	}
	return int(n), nil
}

func seconds(text string) (float64, error) {
	f, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || !(f >= 0 && f <= maxSeconds) {
		return 0, fmt.Errorf("length %.40q", text)
	}
	return math.Round(f*1e6) / 1e6, nil
}

// Encode writes the playlist for a player. Segments are called by their place
// in the list ("17.ts"), so that a player can ask for nothing else.
func (p *Playlist) Encode() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:%d\n#EXT-X-MEDIA-SEQUENCE:%d\n", p.Target, p.Sequence)
	if p.Complete {
		b.WriteString("#EXT-X-PLAYLIST-TYPE:VOD\n")
	}
	for i, s := range p.Segments {
		if s.Break {
			b.WriteString("#EXT-X-DISCONTINUITY\n")
		}
		fmt.Fprintf(&b, "#EXTINF:%.6f,\n%s\n", s.Seconds, servedName(i, s.Name))
	}
	if p.Complete {
		b.WriteString("#EXT-X-ENDLIST\n")
	}
	return b.Bytes()
}

// Duration is the length of the stream in seconds.
func (p *Playlist) Duration() (total float64) {
	for _, s := range p.Segments {
		total += s.Seconds
	}
	return total
}

// served finds the segment that Encode called name.
func (p *Playlist) served(name string) (int, bool) {
	number, _, _ := strings.Cut(name, ".")
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(p.Segments) || servedName(i, p.Segments[i].Name) != name {
		return 0, false
	}
	return i, true
}

func servedName(i int, name string) string {
	return strconv.Itoa(i) + segmentEnding(name)
}

// segmentEnding keeps endings of raw streams; everything else is MPEG-TS, as
// storage nodes cut it (sds.md 7.1).
func segmentEnding(name string) string {
	switch ending := strings.ToLower(path.Ext(name)); ending {
	case ".aac", ".mp3", ".ac3":
		return ending
	}
	return ".ts"
}
