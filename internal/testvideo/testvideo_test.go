package testvideo

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestMakePutsTheIndexWhereAsked(t *testing.T) {
	for _, atEnd := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "clip.mp4")
		if err := Make(t.Context(), path, Options{Seconds: 1, Width: 320, Height: 180, IndexAtEnd: atEnd}); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		index, pictures := bytes.Index(data, []byte("moov")), bytes.Index(data, []byte("mdat"))
		if index < 0 || pictures < 0 || (index > pictures) != atEnd {
			t.Errorf("index at end %v: index at byte %d, pictures at %d", atEnd, index, pictures)
		}
	}
}

func TestMakeKeepsToTheBitRate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clip.mp4")
	if err := Make(t.Context(), path, Options{Seconds: 2, Width: 320, Height: 180, BitsPerSecond: 4_000_000}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if bits := info.Size() * 8 / 2; bits < 3_000_000 || bits > 6_000_000 {
		t.Errorf("%d bits a second, want about 4,000,000", bits)
	}
	out, err := exec.Command("ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", path).Output()
	if err != nil || string(out) != "h264\naac\n" {
		t.Errorf("codecs %q, %v", out, err)
	}
}

func TestMakeHLSCutsSegments(t *testing.T) {
	playlist, err := MakeHLS(t.Context(), t.TempDir(), 1, Options{Seconds: 3, Width: 320, Height: 180})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(playlist)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"#EXTM3U", "\n0.ts\n", "\n2.ts\n", "#EXT-X-ENDLIST"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("playlist has no %q:\n%s", want, text)
		}
	}
}

func TestMissingFFmpegIsASentence(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	err := Make(t.Context(), filepath.Join(t.TempDir(), "clip.mp4"), Options{})
	if !errors.Is(err, ErrNoFFmpeg) || !strings.Contains(err.Error(), "Install the package ffmpeg") {
		t.Fatalf("got %v", err)
	}
}

func TestFailureLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clip.unheard")
	if err := os.WriteFile(path, []byte("half a video"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Make(t.Context(), path, Options{}); err == nil {
		t.Fatal("an unknown container was accepted")
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("something was left: %v", err)
	}
}
