package mpv

import (
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

// parents are small real files of many kinds.
func parents(t *testing.T) (paths []string) {
	t.Helper()
	folder := t.TempDir()
	o := testvideo.Options{Seconds: 0.5, Width: 64, Height: 48, Rate: 10, BitsPerSecond: 50_000}
	for _, name := range []string{"a.mp4", "a.mkv", "a.ts", "a.avi"} {
		path := filepath.Join(folder, name)
		o.Subtitles = ""
		if name == "a.mkv" {
			o.Subtitles, o.Chapters = words, []float64{0, 0.2}
		}
		if err := testvideo.Make(t.Context(), path, o); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
		o.Chapters = nil
	}
	for _, name := range []string{"a.mp3", "a.flac"} {
		path := filepath.Join(folder, name)
		if err := testvideo.MakeSong(t.Context(), path, 0.5); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// mutate damages a file as disks, networks and people do.
func mutate(r *rand.Rand, file []byte) []byte {
	data := append([]byte{}, file...)
	for range 1 + r.IntN(3) {
		at := r.IntN(len(data))
		switch n := min(1+r.IntN(16), len(data)-at); r.IntN(6) {
		case 0: // lengths and offsets become huge
			for i := range n {
				data[at+i] = 0xff
			}
		case 1: // or nothing
			clear(data[at : at+n])
		case 2: // noise, mostly where containers say what follows
			for range 20 {
				data[r.IntN(min(len(data), 600))] = byte(r.Uint32())
			}
		case 3:
			data[at] ^= 1 << r.IntN(8)
		case 4: // a part comes twice
			part := data[at:min(len(data), at+1000)]
			data = append(data[:at:at], append(append([]byte{}, part...), data[at:]...)...)
		case 5: // the end is missing
			data = data[:max(1, at)]
		}
	}
	return data
}

// TestDamagedFilesNeverEndTheProgram plays files that were damaged at random:
// each plays or has a sentence, and the next one is played as if nothing was.
func TestDamagedFilesNeverEndTheProgram(t *testing.T) {
	seed := rand.Uint64()
	if s, err := strconv.ParseUint(os.Getenv("STOS_SEED"), 10, 64); err == nil {
		seed = s
	}
	t.Logf("STOS_SEED=%d", seed)
	r := rand.New(rand.NewPCG(seed, 2))
	w := open(t, Options{Pictures: true})
	files := parents(t)
	path := filepath.Join(t.TempDir(), "damaged")
	failed := 0
	for range often(40, 4000) {
		from := files[r.IntN(len(files))]
		file, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		name := path + filepath.Ext(from)
		if err := os.WriteFile(name, mutate(r, file), 0o600); err != nil {
			t.Fatal(err)
		}
		if w.survives(name) {
			failed++
		}
	}
	t.Logf("%d had a sentence", failed)
	w.load(testClips.wide)
	w.until("a good video", func() bool { return w.State().Shown && w.State().Problem == nil })
}

// survives plays a file as far as it goes, and tells whether it had a sentence.
func (w *probe) survives(name string) (failed bool) {
	w.t.Helper()
	w.load(name)
	w.until("an end", func() bool { s := w.State(); return s.Problem != nil || s.Shown || s.Ended })
	w.Seek(0.3)
	err := w.State().Problem
	if err != nil && !strings.HasSuffix(fault.Sentence(err), ".") {
		w.t.Errorf("no sentence: %v", err)
	}
	return err != nil
}

// TestSubtitlesReachNothingElse: what only looks like subtitles adds nothing,
// whatever it names.
func TestSubtitlesReachNothingElse(t *testing.T) {
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	w.Pause(true)
	w.until("the video", func() bool { return w.State().Shown })
	for name, text := range map[string]string{
		"list.srt":   "#EXTM3U\n" + testClips.video + "\n",
		"concat.srt": "ffconcat version 1.0\nfile '" + testClips.video + "'\n",
		"edit.ass":   "# mpv EDL v0\n" + testClips.video + "\n",
		"sub.idx":    "# VobSub index file, v7\n",
		"script.vtt": "<script>document.location='file:///etc/passwd'</script>\n",
		"empty.srt":  "",
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		lines := w.lines()
		if err := w.AddSubtitles(path, name, "", true); err != nil {
			t.Fatal(err)
		}
		w.until("a line about "+name, func() bool { return w.lines() > lines })
	}
	if s := w.State(); len(s.Tracks) != 2 || s.Problem != nil {
		t.Errorf("state %+v", s)
	}
}

// TestWhatIsAttachedStaysThere: files inside of a video are neither run nor
// shown.
func TestWhatIsAttachedStaysThere(t *testing.T) {
	folder := t.TempDir()
	script, path := filepath.Join(folder, "main.lua"), filepath.Join(folder, "attached.mkv")
	if err := os.WriteFile(script, []byte("io.open('"+folder+"/ran', 'w')"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "ffmpeg", "-y", "-loglevel", "error", "-nostdin", "-i", testClips.wide, "-c", "copy",
		"-attach", script, "-metadata:s:t", "mimetype=application/x-lua", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	w := open(t, Options{Pictures: true})
	w.load(path)
	w.until("the end", func() bool { return w.count(Ended) == 1 })
	if _, err := os.Stat(filepath.Join(folder, "ran")); !errors.Is(err, os.ErrNotExist) || len(w.State().Of(playback.Picture)) != 1 {
		t.Errorf("%v, %+v", err, w.State().Tracks)
	}
}
