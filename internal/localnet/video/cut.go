package video

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// What segments are aimed at: so many bytes, and no more seconds than that. A
// node gives a segment from its start only, so whoever jumps waits for all that
// lies before the place, and decodes it. Key frames make segments longer than
// they are aimed at, so this keeps them below 10 MB (ADR 34).
const (
	SegmentSize = 6 << 20
	SegmentSpan = 10
)

// maxSegments bounds the parts of one video.
const maxSegments = 10_000

// Job is a video to be cut.
type Job struct {
	File string // path
	Hash string // file hash with the codec of videos
	Size int64
	Dir  string // for the segments; the caller removes it
	Aim  int64  // bytes of a segment; 0 means SegmentSize
	// Reference takes the length of segments from the real network's rule
	// instead of Aim.
	Reference bool
}

// Slice is one slice of a cut video: a file or a few bytes.
type Slice struct {
	Path string
	Data []byte
}

// Open returns the content and its size.
func (s Slice) Open() (io.ReadCloser, int64, error) {
	if s.Path == "" {
		return io.NopCloser(bytes.NewReader(s.Data)), int64(len(s.Data)), nil
	}
	f, err := os.Open(s.Path)
	if err != nil {
		return nil, 0, fmt.Errorf("open segment: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, fmt.Errorf("open segment: %w", err)
	}
	return f, info.Size(), nil
}

// Errors of [Cut]. Their text may be shown.
var (
	ErrTools    = errors.New("videos need the programs ffmpeg and ffprobe")
	ErrNotVideo = errors.New("failed to cut the video: ffmpeg cannot read it, or its codecs do not fit into a stream")
)

// Cut cuts the video and returns its slices in order: the map, filler, the
// segments by name, the playlist.
func Cut(ctx context.Context, j Job) ([]Slice, error) {
	duration, err := Duration(ctx, j.File)
	if err != nil {
		return nil, err
	}
	seconds := j.segmentSeconds(duration)
	dir := filepath.Join(j.Dir, "segments")
	if err := segment(ctx, j.File, dir, seconds); err != nil {
		return nil, err
	}
	return j.arrange(dir, sliceCount(duration, seconds))
}

// Duration returns the length of a video in whole seconds, rounded up.
func Duration(ctx context.Context, file string) (int64, error) {
	cmd := exec.CommandContext(ctx, "ffprobe", "-v", "error", "-show_entries", "format=duration",
		"-of", "default=noprint_wrappers=1:nokey=1", file)
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return 0, ErrTools
	}
	seconds, perr := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	if err != nil || perr != nil || !(seconds > 0 && seconds < 1e7) {
		return 0, ErrNotVideo
	}
	return int64(math.Ceil(seconds)), nil
}

func (j Job) segmentSeconds(duration int64) int64 {
	if j.Reference {
		return wire.SegmentSeconds(j.Size, duration)
	}
	aim := j.Aim
	if aim <= 0 {
		aim = SegmentSize
	}
	segments := (j.Size + aim - 1) / aim
	return min(max(1, duration/max(1, segments)), SegmentSpan)
}

// sliceCount is how many slices there are at most: the segments, the playlist
// and four in front, of which the first is the map.
func sliceCount(duration, seconds int64) int {
	return int((duration+seconds-1)/seconds) + 4 + 1
}

// segment runs ffmpeg. Like the reference it looks at what came out, not at
// the exit code.
func segment(ctx context.Context, file, dir string, seconds int64) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("cut video: %w", err)
	}
	cmd := exec.CommandContext(ctx, "ffmpeg", "-nostdin", "-loglevel", "error", "-i", file, "-codec:", "copy",
		"-start_number", "0", "-hls_time", strconv.FormatInt(seconds, 10), "-hls_list_size", "0", "-f", "hls",
		"-hls_segment_filename", filepath.Join(dir, "%d.ts"), filepath.Join(dir, wire.HeaderFile))
	if err := cmd.Run(); errors.Is(err, exec.ErrNotFound) {
		return ErrTools
	}
	if ctx.Err() != nil {
		return fmt.Errorf("cut video: %w", ctx.Err())
	}
	return nil
}

// arrange numbers what lies in dir: files in the order of their names, the
// playlist last, so many slices in all.
func (j Job) arrange(dir string, count int) ([]Slice, error) {
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return nil, fmt.Errorf("cut video: %w", err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".ts") {
			names = append(names, e.Name())
		}
	}
	if !j.Reference { // key frames may have made more than were asked for
		count = max(count, len(names)+5)
	}
	_, err = os.Stat(filepath.Join(dir, wire.HeaderFile))
	if err != nil || len(names) == 0 || len(names) > min(count-2, maxSegments) {
		return nil, ErrNotVideo
	}
	start := count - len(names)
	index := wire.VideoMap{
		FileHash: j.Hash, HeaderFile: wire.HeaderFile, StartSliceNumber: uint64(start),
		SegmentToSlice: map[string]uint64{}, SliceToSegment: map[uint64]string{},
	}
	slices := make([]Slice, count)
	for i, name := range append(names, wire.HeaderFile) {
		number := uint64(start + i)
		index.SegmentToSlice[name], index.SliceToSegment[number] = number, name
		slices[number-1] = Slice{Path: filepath.Join(dir, name)}
	}
	for n := 2; n < start; n++ {
		slices[n-1] = Slice{Data: wire.FillerSlice(j.Hash, uint64(n))}
	}
	if slices[0].Data, err = json.Marshal(index); err != nil {
		return nil, fmt.Errorf("cut video: %w", err)
	}
	return slices, nil
}
