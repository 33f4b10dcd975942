package convert

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

func tools(t *testing.T) Tools {
	t.Helper()
	all, err := Find()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// film makes a small video and turns it into what the arguments of ffmpeg say.
func film(t *testing.T, name string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "film.mp4")
	if err := testvideo.Make(t.Context(), path, testvideo.Options{Seconds: 4, Width: 64, Height: 48, Rate: 10, BitsPerSecond: 50_000}); err != nil {
		t.Fatal(err)
	}
	if name == "film.mp4" {
		return path
	}
	to := filepath.Join(filepath.Dir(path), name)
	all := append([]string{"-nostdin", "-loglevel", "error", "-i", path}, append(args, to)...)
	if out, err := exec.Command("ffmpeg", all...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return to
}

// served gives a file an address, and counts what else is asked for.
func served(t *testing.T, path string) (address string, size int64, others *int) {
	t.Helper()
	others = new(int)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/video" {
			*others++
		}
		http.ServeFile(w, r, path)
	}))
	t.Cleanup(server.Close)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return server.URL + "/video", info.Size(), others
}

func planOf(t *testing.T, path string) (Info, Plan, string) {
	t.Helper()
	address, size, _ := served(t, path)
	info, err := tools(t).Probe(t.Context(), address, size)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := Decide(info)
	if err != nil {
		t.Fatal(err)
	}
	return info, plan, address
}

func TestWhatFitsStaysAsItIs(t *testing.T) {
	info, plan, _ := planOf(t, film(t, "film.mp4"))
	if plan.Action != AsItIs || len(plan.Left) != 0 || info.Length.Round(time.Second) != 4*time.Second {
		t.Errorf("%+v %+v", info, plan)
	}
	if w, h := info.Picture(); w != 64 || h != 48 {
		t.Error(w, h)
	}
}

func TestWhatDoesNotFitIsConverted(t *testing.T) {
	path := film(t, "film.webm", "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus")
	info, plan, address := planOf(t, path)
	if plan.Action != Convert || strings.Join(plan.Codecs(), " ") != "vp8 opus" {
		t.Fatalf("%+v", plan)
	}
	var last, total time.Duration
	job := Job{Address: address, To: filepath.Join(t.TempDir(), "-i odd name.ts"), Info: info, Plan: plan, Title: "A film\nof two lines"}
	guess, err := tools(t).Estimate(t.Context(), job)
	if err != nil || guess.Bytes < 1000 || guess.Time <= 0 {
		t.Fatal(guess, err)
	}
	job.Progress = func(done, all time.Duration) { last, total = done, all }
	if err := tools(t).Make(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if last == 0 || last > total {
		t.Errorf("progress ended at %s of %s", last, total)
	}
	made, now, _ := planOf(t, job.To)
	if now.Action != AsItIs || made.Length < 3*time.Second {
		t.Errorf("what was made is %+v, %s long", now, made.Length)
	}
}

func TestSubtitlesAreLeftOut(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "a.srt")
	if err := os.WriteFile(text, []byte("1\n00:00:00,000 --> 00:00:02,000\nHello\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := film(t, "film.mkv", "-i", text, "-map", "0", "-map", "1", "-c", "copy")
	info, plan, address := planOf(t, path)
	if plan.Action != Repack || len(plan.Left) != 1 || plan.Left[0].Kind != Text {
		t.Fatalf("%+v", plan)
	}
	job := Job{Address: address, To: filepath.Join(dir, "out.ts"), Info: info, Plan: plan}
	if err := tools(t).Make(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if _, now, _ := planOf(t, job.To); now.Action != AsItIs {
		t.Errorf("%+v", now)
	}
}

func TestSoundAloneIsNoVideo(t *testing.T) {
	path := film(t, "song.mp3", "-vn")
	address, size, _ := served(t, path)
	info, err := tools(t).Probe(t.Context(), address, size)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Decide(info); !errors.Is(err, ErrNotVideo) || fault.ExitCode(err) != 2 {
		t.Error(err)
	}
}

// A file that names other files or addresses opens none of them.
func TestHostileFilesOpenNothingElse(t *testing.T) {
	for name, body := range map[string]string{
		"list.m3u8":  "#EXTM3U\n#EXTINF:5,\nelsewhere.ts\n#EXT-X-ENDLIST\n",
		"script.ffc": "ffconcat version 1.0\nfile elsewhere.mp4\n",
		"dash.mpd":   `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><AdaptationSet><Representation id="1"><BaseURL>elsewhere</BaseURL></Representation></AdaptationSet></Period></MPD>`,
		"noise.mp4":  strings.Repeat("\x00\xff\x10noise", 4000),
		"empty.mp4":  "\x00",
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		address, size, others := served(t, path)
		_, err := tools(t).Probe(t.Context(), address, size)
		if !errors.Is(err, ErrNotVideo) || !strings.HasPrefix(fault.Sentence(err), "This file cannot be read") {
			t.Errorf("%s: %v", name, err)
		}
		if *others != 0 {
			t.Errorf("%s: %d other files were asked for", name, *others)
		}
	}
}

func TestOnlyThisComputerIsAsked(t *testing.T) {
	for _, address := range []string{"/etc/passwd", "-version", "http://example.com/video", "https://127.0.0.1/x", "http://user@127.0.0.1/x", "concat:a|b", ""} {
		if _, err := tools(t).Probe(t.Context(), address, 1); err == nil || errors.Is(err, ErrNotVideo) {
			t.Errorf("%q: %v", address, err)
		}
		job := Job{Address: address, To: filepath.Join(t.TempDir(), "x")}
		if err := tools(t).Make(t.Context(), job); err == nil || errors.Is(err, ErrNotVideo) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestPosterIsAPicture(t *testing.T) {
	address, _, _ := served(t, film(t, "film.mp4"))
	for _, choose := range []bool{true, false} {
		raw, err := tools(t).Poster(t.Context(), address, time.Second, choose)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := jpeg.Decode(bytes.NewReader(raw))
		if err != nil || picture.Bounds().Dx() != 64 || picture.Bounds().Dy() != 48 {
			t.Error(picture, err)
		}
	}
}

func TestCancelledAndCutOffLeaveNothing(t *testing.T) {
	info, plan, address := planOf(t, film(t, "film.mp4"))
	to := filepath.Join(t.TempDir(), "out.ts")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := tools(t).Make(ctx, Job{Address: address, To: to, Info: info, Plan: plan}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	err := tools(t).Make(t.Context(), Job{Address: address, To: to, Info: info, Plan: plan, MaxBytes: 20_000})
	if err == nil || !strings.Contains(fault.Sentence(err), "larger than it can reasonably be") {
		t.Error(err)
	}
	if _, err := os.Stat(to); !errors.Is(err, os.ErrNotExist) {
		t.Error("something was left", err)
	}
}

func TestEverySystemIsTold(t *testing.T) {
	for system, want := range map[string]string{"linux": "apt install", "darwin": "brew install", "windows": "winget install"} {
		if got := howToGet(system); !strings.Contains(got, want) {
			t.Errorf("%s: %s", system, got)
		}
	}
}

func FuzzInfo(f *testing.F) {
	f.Add([]byte(`{"streams":[{"index":0,"codec_type":"video","codec_name":"h264","width":64,"height":48,"disposition":{"attached_pic":0}}],"format":{"duration":"4.0","tags":{"title":"x"}}}`))
	f.Add([]byte(`{"streams":[{"codec_type":"video","width":100000000,"height":1}],"format":{"duration":"1e300"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		info, err := readInfo(raw, 1)
		if err != nil {
			return
		}
		if info.Length <= 0 || info.Length > maxLength {
			t.Fatal(info.Length)
		}
		_, _ = Decide(info)
	})
}
