package testvideo

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Extras are what some videos have besides a picture and a tone.
type Extras struct {
	Chapters    []float64 // where they begin, in seconds; called "Part 1", "Part 2" ...
	Subtitles   string    // a track of subtitles in English, in the format of .srt
	SecondSound bool      // a second sound track, an octave higher, in Portuguese; the first is English then
	PixelShape  string    // of one pixel, width/height: "4/3"; empty = square
	Quarters    bool      // instead of the moving picture: red and green over blue and white
	Counted     bool      // instead of the moving picture: its number, see [Number]
	Colours     Colours   // how colours are coded
}

// digits are the columns of a counted picture.
const digits = 12

// Number reads the number of a counted picture, from 0. The picture may be of
// any size.
func Number(picture image.Image) (number int) {
	area := picture.Bounds()
	for i := range digits {
		x := area.Min.X + (2*i+1)*area.Dx()/(2*digits)
		if r, _, _, _ := picture.At(x, area.Min.Y+area.Dy()/2).RGBA(); r > 0x8000 {
			number |= 1 << i
		}
	}
	return number
}

// Colours names a way to code colours.
type Colours string

// The ways that films come in.
const (
	AsGuessed Colours = ""          // said nowhere: players go by the size, and so does the coding
	Standard  Colours = "bt601"     // as DVDs
	High      Colours = "bt709"     // as most films
	FullRange Colours = "bt709full" // as cameras and screen recordings
	HDR       Colours = "hdr"       // BT.2020 with PQ, 10 bits, as films for bright screens; needs the encoder libx265
)

// untagged is the coding of large pictures that say nothing; hd is where they
// begin, in rows.
const (
	untagged Colours = "bt709untagged"
	hd       int     = 720
)

// coding spells a way to code colours: the filter that does it, and what the
// file says of it.
var coding = map[Colours]struct{ filter, flags string }{
	untagged:  {filter: "scale=out_color_matrix=bt709"},
	Standard:  {"scale=out_color_matrix=bt601", "-colorspace smpte170m -color_primaries bt709 -color_trc bt709 -color_range tv"},
	High:      {"scale=out_color_matrix=bt709", "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv"},
	FullRange: {"scale=out_color_matrix=bt709:out_range=pc", "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range pc"},
	HDR: {
		"format=gbrpf32le,zscale=primariesin=709:transferin=709:matrixin=gbr:primaries=2020:transfer=smpte2084:matrix=2020_ncl:range=limited:npl=203,format=yuv420p10le",
		"-c:v libx265 -preset ultrafast -x265-params log-level=none -pix_fmt yuv420p10le -colorspace bt2020nc -color_primaries bt2020 -color_trc smpte2084 -color_range tv",
	},
}

// files are extras as ffmpeg takes them.
type files struct {
	Extras
	folder          string // empty = nothing was written
	chapters, words string // paths, empty = none
}

// write puts extras into files that ffmpeg reads.
func (e Extras) write(seconds float64) (*files, error) {
	f := &files{Extras: e}
	if len(e.Chapters) == 0 && e.Subtitles == "" {
		return f, nil
	}
	folder, err := os.MkdirTemp("", "testvideo")
	if err != nil {
		return nil, fmt.Errorf("make video: %w", err)
	}
	f.folder = folder
	if len(e.Chapters) > 0 {
		f.chapters = filepath.Join(folder, "chapters.txt")
		err = os.WriteFile(f.chapters, []byte(e.chapterList(seconds)), 0o600)
	}
	if e.Subtitles != "" && err == nil {
		f.words = filepath.Join(folder, "words.srt")
		err = os.WriteFile(f.words, []byte(e.Subtitles), 0o600)
	}
	if err != nil {
		f.remove()
		return nil, fmt.Errorf("make video: %w", err)
	}
	return f, nil
}

func (f *files) remove() {
	if f.folder != "" {
		_ = os.RemoveAll(f.folder)
	}
}

// chapterList is the format of ffmpeg's own "ffmetadata".
func (e Extras) chapterList(seconds float64) string {
	var b strings.Builder
	b.WriteString(";FFMETADATA1\n")
	for i, at := range e.Chapters {
		end := seconds
		if i+1 < len(e.Chapters) {
			end = e.Chapters[i+1]
		}
		fmt.Fprintf(&b, "[CHAPTER]\nTIMEBASE=1/1000\nSTART=%d\nEND=%d\ntitle=Part %d\n", int(at*1000), int(end*1000), i+1)
	}
	return b.String()
}

func (f *files) inputs() (args []string) {
	if f.SecondSound {
		args = append(args, "-f", "lavfi", "-i", "sine=frequency=880:sample_rate=48000:duration=600")
	}
	for _, file := range []string{f.words, f.chapters} {
		if file != "" {
			args = append(args, "-i", file)
		}
	}
	return args
}

// outputs says which inputs become tracks of the file at path.
func (f *files) outputs(path string, silent bool) []string {
	args := []string{"-map", "0:v"}
	next := 1
	if !silent {
		args, next = append(args, "-map", "1:a"), 2
	}
	if f.SecondSound {
		args = append(args, "-map", strconv.Itoa(next)+":a", "-shortest",
			"-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=por", "-metadata:s:a:1", "title=Voices")
		next++
	}
	if f.words != "" {
		args = append(args, "-map", strconv.Itoa(next)+":s", "-c:s", subtitleCodec(path), "-metadata:s:s:0", "language=eng")
		next++
	}
	if f.chapters != "" {
		args = append(args, "-map_chapters", strconv.Itoa(next))
	}
	args = append(args, strings.Fields(coding[f.Colours].flags)...)
	if filters := f.filters(); filters != "" {
		args = append(args, "-vf", filters)
	}
	return args
}

func (f *files) filters() string {
	var filters []string
	if f.Quarters {
		for place, colour := range map[string]string{"x=0:y=0": "red", "x=iw/2:y=0": "0x00ff00", "x=0:y=ih/2": "blue"} {
			filters = append(filters, "drawbox="+place+":w=iw/2:h=ih/2:t=fill:c="+colour)
		}
		filters = append([]string{"format=gbrp"}, filters...)
	}
	if f.Counted {
		filters = append(filters, fmt.Sprintf("geq=lum='16+219*mod(floor(N/pow(2,floor(X*%d/W))),2)':cb=128:cr=128", digits))
	}
	if f.PixelShape != "" {
		filters = append(filters, "setsar="+f.PixelShape)
	}
	if filter := coding[f.Colours].filter; filter != "" {
		filters = append(filters, filter)
	}
	return strings.Join(filters, ",")
}

func subtitleCodec(path string) string {
	if container(path) {
		return "mov_text"
	}
	return "srt"
}

// Turn copies a video so that players turn its picture by degrees (a multiple
// of 90, against the clock), as phones write videos that are held upright.
func Turn(ctx context.Context, path, from string, degrees int) error {
	return run(ctx, path, []string{
		"-y", "-loglevel", "error", "-nostdin", "-i", from, "-c", "copy", "-metadata:s:v:0", "rotate=" + strconv.Itoa(degrees), path,
	})
}

// MakeSong writes something to hear, .mp3, .m4a or .flac by the ending of
// path: a tone with the name "Test tone" by "Signal", and a cover.
func MakeSong(ctx context.Context, path string, seconds float64) error {
	return run(ctx, path, []string{
		"-y", "-loglevel", "error", "-nostdin",
		"-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=" + decimal(seconds),
		"-f", "lavfi", "-i", "testsrc2=size=300x300:rate=1:duration=1",
		"-map", "0:a", "-map", "1:v", "-frames:v", "1", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-disposition:v", "attached_pic",
		"-metadata", "title=Test tone", "-metadata", "artist=Signal", "-metadata", "album=Measures", path,
	})
}
