// Package testvideo makes real videos: a moving test picture with a tone, as
// H.264 and AAC, cut by ffmpeg. The tests of the player and the demo play
// them; nobody has to ship a video for that.
package testvideo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// ErrNoFFmpeg means that ffmpeg is not installed.
var ErrNoFFmpeg = errors.New("ffmpeg not found")

// Options describes a video. The zero value of a field stands for the value
// in its comment.
type Options struct {
	Seconds       float64 // 5
	Width, Height int     // 640 x 360; both even
	Rate          int     // pictures a second, 30
	BitsPerSecond int     // of the picture, 1,000,000
	IndexAtEnd    bool    // the index of an mp4 lies behind the pictures, not before them
	Silent        bool    // no sound track

	Extras
}

func (o Options) withDefaults() Options {
	if o.Seconds <= 0 {
		o.Seconds = 5
	}
	if o.Width <= 0 || o.Height <= 0 {
		o.Width, o.Height = 640, 360
	}
	if o.Rate <= 0 {
		o.Rate = 30
	}
	if o.BitsPerSecond <= 0 {
		o.BitsPerSecond = 1_000_000
	}
	return o
}

// Make writes a video to path; its ending (.mp4, .mkv, .ts, .mov) picks the
// container. What lay there is replaced. Where ffmpeg is missing the error is
// [ErrNoFFmpeg] with a sentence that says what to install. On any error
// nothing is left at path.
func Make(ctx context.Context, path string, o Options) error {
	o = o.withDefaults()
	if o.Colours == AsGuessed && o.Height >= hd {
		o.Colours = untagged
	}
	more, err := o.Extras.write(o.Seconds)
	if err != nil {
		return err
	}
	defer more.remove()
	args := append(append(inputs(o), more.inputs()...), codecs(o)...)
	args = append(args, more.outputs(path, o.Silent)...)
	if container(path) && !o.IndexAtEnd {
		args = append(args, "-movflags", "+faststart")
	}
	return run(ctx, path, append(args, path))
}

// MakeHLS writes a stream into folder: the playlist index.m3u8 and segments
// 0.ts, 1.ts ... of about perSegment seconds, cut as storage nodes cut them.
// It returns the path of the playlist.
func MakeHLS(ctx context.Context, folder string, perSegment float64, o Options) (string, error) {
	o = o.withDefaults()
	return cut(ctx, folder, perSegment, append(inputs(o), codecs(o)...))
}

// CutHLS makes such a stream of a video, whose pictures and sound stay as they
// are.
func CutHLS(ctx context.Context, folder string, perSegment float64, video string) (string, error) {
	return cut(ctx, folder, perSegment, []string{"-y", "-loglevel", "error", "-nostdin", "-i", video, "-c", "copy"})
}

func cut(ctx context.Context, folder string, perSegment float64, args []string) (string, error) {
	playlist := filepath.Join(folder, "index.m3u8")
	args = append(args,
		"-start_number", "0", "-hls_time", decimal(perSegment), "-hls_list_size", "0",
		"-hls_segment_filename", filepath.Join(folder, "%d.ts"), "-f", "hls", playlist)
	return playlist, run(ctx, playlist, args)
}

// inputs are the moving picture and the tone.
func inputs(o Options) []string {
	source := "testsrc2="
	if o.Quarters || o.Counted {
		source = "color=c=white:"
	}
	args := []string{
		"-y", "-loglevel", "error", "-nostdin",
		"-f", "lavfi", "-i", fmt.Sprintf("%ssize=%dx%d:rate=%d:duration=%s", source, o.Width, o.Height, o.Rate, decimal(o.Seconds)),
	}
	if o.Silent {
		return args
	}
	return append(args, "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration="+decimal(o.Seconds))
}

// codecs keeps a key picture every second, so that a seek lands near its aim
// and segments can be short.
func codecs(o Options) []string {
	bits := strconv.Itoa(o.BitsPerSecond)
	args := []string{
		"-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", strconv.Itoa(o.Rate),
		"-b:v", bits, "-minrate", bits, "-maxrate", bits, "-bufsize", bits, "-x264-params", "nal-hrd=cbr",
	}
	if o.Silent {
		return args
	}
	return append(args, "-c:a", "aac", "-b:a", "96k")
}

func run(ctx context.Context, path string, args []string) error {
	program, err := exec.LookPath("ffmpeg")
	if err != nil {
		return fault.Say(fmt.Errorf("%w: %w", ErrNoFFmpeg, err), "ffmpeg is not installed, so no video can be made. Install the package ffmpeg and try again.")
	}
	out, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if err != nil {
		_ = os.Remove(path)
		return fault.Say(fmt.Errorf("make video: %w: %.300s", err, out), "ffmpeg could not make the video. Check that there is space on the disk.")
	}
	return nil
}

func container(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".mp4", ".mov", ".m4v":
		return true
	}
	return false
}

func decimal(seconds float64) string { return strconv.FormatFloat(seconds, 'f', -1, 64) }
