package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

// clip FILE SECONDS makes a small video. An ending that H.264 does not belong
// in (.webm, .ogv) gets what does.
func makeClip(t *testing.T, ts *testscript.TestScript, args []string) {
	seconds, err := strconv.ParseFloat(args[1], 64)
	ts.Check(err)
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	o := testvideo.Options{Seconds: seconds, Width: 64, Height: 48, Rate: 5, BitsPerSecond: 20_000}
	if filepath.Ext(path) != ".webm" {
		ts.Check(testvideo.Make(t.Context(), path, o))
		return
	}
	source := strings.TrimSuffix(path, ".webm") + ".source.mp4"
	ts.Check(testvideo.Make(t.Context(), source, o))
	out, err := exec.CommandContext(t.Context(), "ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-i", source,
		"-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus", path).CombinedOutput()
	if err != nil {
		ts.Fatalf("make clip: %v: %s", err, out)
	}
	ts.Check(os.Remove(source))
}
