package video

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// clip makes a small H.264 video with a key frame each second.
func clip(t *testing.T, seconds string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clip.mp4")
	out, err := exec.Command("ffmpeg", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i",
		"testsrc2=size=160x120:rate=10:duration="+seconds, "-c:v", "libx264", "-preset", "ultrafast",
		"-g", "10", "-pix_fmt", "yuv420p", path).CombinedOutput()
	if err != nil {
		t.Fatalf("make clip: %v: %s", err, out)
	}
	return path
}

func job(t *testing.T, path string) Job {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	h := wire.NewFileHasher()
	h.Write(raw)
	return Job{File: path, Hash: h.Sum(wire.Video), Size: int64(len(raw)), Dir: t.TempDir()}
}

func read(t *testing.T, s Slice) []byte {
	t.Helper()
	r, size, err := s.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	raw, err := io.ReadAll(r)
	if err != nil || int64(len(raw)) != size {
		t.Fatalf("slice has %d bytes, said %d: %v", len(raw), size, err)
	}
	return raw
}

// checkSlices checks the layout that the reference makes and returns the map.
func checkSlices(t *testing.T, j Job, slices []Slice) wire.VideoMap {
	t.Helper()
	m, err := wire.ParseVideoMap(read(t, slices[0]))
	if err != nil {
		t.Fatal(err)
	}
	if m.FileHash != j.Hash || m.HeaderFile != wire.HeaderFile || m.SegmentToSlice[wire.HeaderFile] != uint64(len(slices)) {
		t.Errorf("map %+v of %d slices", m, len(slices))
	}
	for n := uint64(2); n < m.StartSliceNumber; n++ {
		if got := read(t, slices[n-1]); string(got) != string(wire.FillerSlice(j.Hash, n)) {
			t.Errorf("slice %d is %q", n, got)
		}
	}
	playlist := string(read(t, slices[len(slices)-1]))
	for name, n := range m.SegmentToSlice {
		if strings.HasSuffix(name, ".ts") {
			if !strings.Contains(playlist, "\n"+name+"\n") {
				t.Errorf("the playlist does not name %s:\n%s", name, playlist)
			}
			if raw := read(t, slices[n-1]); !bytes.HasPrefix(raw, []byte{0x47}) {
				t.Errorf("%s is no MPEG transport stream", name)
			}
		}
	}
	return m
}

func TestCutByTheRuleOfTheReference(t *testing.T) {
	j := job(t, clip(t, "3"))
	j.Reference = true
	slices, err := Cut(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	m := checkSlices(t, j, slices)
	if len(slices) != 6 || m.StartSliceNumber != 5 || m.SegmentToSlice["0.ts"] != 5 {
		t.Errorf("%d slices, map %+v", len(slices), m)
	}
}

func TestCutIntoManySegments(t *testing.T) {
	j := job(t, clip(t, "12"))
	j.Aim = j.Size / 12
	slices, err := Cut(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	m := checkSlices(t, j, slices)
	if len(m.SegmentToSlice) < 10 {
		t.Errorf("only %d segments", len(m.SegmentToSlice)-1)
	}
	if m.SegmentToSlice["10.ts"] != m.SegmentToSlice["1.ts"]+1 {
		t.Errorf("segments are not numbered in the order of their names: %+v", m.SegmentToSlice)
	}
	var raw map[string]any
	if err := json.Unmarshal(read(t, slices[0]), &raw); err != nil || len(raw) != 5 {
		t.Errorf("map has members %v: %v", raw, err)
	}
}

func TestOneSegmentWhenSmall(t *testing.T) {
	j := job(t, clip(t, "2"))
	slices, err := Cut(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	if m := checkSlices(t, j, slices); len(m.SegmentToSlice) != 2 {
		t.Errorf("map %+v", m)
	}
}

func TestNotAVideo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "text.mp4")
	if err := os.WriteFile(path, []byte("this is not a video"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Cut(t.Context(), job(t, path)); !errors.Is(err, ErrNotVideo) {
		t.Errorf("error %v", err)
	}
}

func TestWithoutFFmpeg(t *testing.T) {
	j := job(t, clip(t, "1"))
	t.Setenv("PATH", t.TempDir())
	if _, err := Cut(t.Context(), j); !errors.Is(err, ErrTools) {
		t.Errorf("error %v", err)
	}
}

// TestLengthOfSegments: about 6 MiB, which stay below 10 MB with a key frame
// each two seconds, and ten seconds where a video is small.
func TestLengthOfSegments(t *testing.T) {
	for _, c := range []struct{ bitsPerSecond, duration, want int64 }{
		{5_000_000, 3600, 10},
		{1_000_000, 3600, SegmentSpan},
		{20_000_000, 3600, 2},
		{200_000_000, 60, 1},
		{5_000_000, 3, 3},
	} {
		j := Job{Size: c.bitsPerSecond / 8 * c.duration}
		got := j.segmentSeconds(c.duration)
		if got != c.want {
			t.Errorf("%d bit/s for %d s: segments of %d s, want %d", c.bitsPerSecond, c.duration, got, c.want)
		}
		if size := (got + 2) * c.bitsPerSecond / 8; c.bitsPerSecond < 20_000_000 && size > 10_000_000 {
			t.Errorf("%d bit/s: segments of %d bytes", c.bitsPerSecond, size)
		}
	}
}
