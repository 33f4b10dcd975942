package player

import (
	"context"
	"errors"
	"io"
	"math"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
	"github.com/stratosdrive/stratosdrive/player/fetch"
	"github.com/stratosdrive/stratosdrive/player/mpv"
	"github.com/stratosdrive/stratosdrive/player/source"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func clip(t *testing.T, o testvideo.Options) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clip.mp4")
	if err := testvideo.Make(t.Context(), path, o); err != nil {
		t.Fatal(err)
	}
	return path
}

func server(t *testing.T) *source.Server {
	t.Helper()
	s, err := source.Serve()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// local gives a file an address.
func local(t *testing.T, path string) *source.Item {
	t.Helper()
	f, err := source.OpenLocal(path)
	if err != nil {
		t.Fatal(err)
	}
	item, err := server(t).AddFile(f)
	if err != nil {
		t.Fatal(err)
	}
	return item
}

// folderStream is a stream whose segments are files.
type folderStream struct {
	folder string
	mu     sync.Mutex
	asked  []string
}

func (f *folderStream) Segment(_ context.Context, name string) (io.ReadCloser, int64, string, error) {
	f.mu.Lock()
	f.asked = append(f.asked, name)
	f.mu.Unlock()
	file, err := os.Open(filepath.Join(f.folder, name))
	if err != nil {
		return nil, 0, "", fault.Say(err, "The gateway lost this part of the video.")
	}
	return file, -1, "video/mp2t", nil
}

func TestHeadlessPlaysAndJumps(t *testing.T) {
	item := local(t, clip(t, testvideo.Options{Seconds: 6, Width: 320, Height: 180, IndexAtEnd: true}))
	got, err := Headless(t.Context(), item.URL(), HeadlessOptions{Seconds: 1, Seek: 4, Render: true})
	if err != nil {
		t.Fatal(err)
	}
	if got.FirstFrame <= 0 || got.AfterSeek <= 0 || got.Width != 320 || got.Height != 180 || math.Abs(got.Duration-6) > 0.2 {
		t.Errorf("report %+v", got)
	}
	if got.Played < 2 || got.Played > 3 || got.Frames < 20 {
		t.Errorf("played %.2f s, %d pictures", got.Played, got.Frames)
	}
	if got.Offset == 0 || got.OffsetMost <= 0 || got.Offset > got.OffsetMost {
		t.Errorf("pictures %s behind their sound, at most %s", got.Offset, got.OffsetMost)
	}
	if item.Served() == 0 {
		t.Error("nothing went through the server")
	}
	t.Logf("%+v", got)
}

// stream serves a stream that gives up soon.
func stream(t *testing.T, s source.Segments) (*source.Stream, *source.Item) {
	t.Helper()
	video, err := source.NewStream("index.m3u8", "film", s, &source.Memory{}, source.SessionOptions{Options: fetch.Options{Patience: time.Millisecond}})
	if err != nil {
		t.Fatal(err)
	}
	item, err := server(t).AddStream(video)
	if err != nil {
		t.Fatal(err)
	}
	return video, item
}

func TestHeadlessPlaysStreams(t *testing.T) {
	folder := t.TempDir()
	if _, err := testvideo.MakeHLS(t.Context(), folder, 1, testvideo.Options{Seconds: 4, Width: 320, Height: 180}); err != nil {
		t.Fatal(err)
	}
	f := &folderStream{folder: folder}
	video, item := stream(t, f)
	got, err := Headless(t.Context(), item.URL(), HeadlessOptions{Seconds: 0.5, Seek: 2.5, Render: true})
	if err != nil {
		t.Fatal(err)
	}
	if got.FirstFrame <= 0 || got.AfterSeek <= 0 || got.Played < 1 || math.Abs(got.Duration-4) > 0.2 {
		t.Errorf("report %+v", got)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.asked) == 0 || f.asked[0] != "index.m3u8" || video.Supply(0).Fetched == 0 {
		t.Errorf("asked for %q, fetched %d", f.asked, video.Supply(0).Fetched)
	}
	t.Logf("%+v", got)
}

func TestHeadlessToTheEnd(t *testing.T) {
	path := clip(t, testvideo.Options{Seconds: 1, Width: 320, Height: 180})
	for _, render := range []bool{true, false} {
		length := 0.0
		got, err := Headless(t.Context(), path, HeadlessOptions{Render: render, Seconds: 60, Length: func(s float64) { length = s }})
		if err != nil || length < 0.9 || length > 1.1 {
			t.Fatal(length, err)
		}
		if got.Played < 0.8 || got.Played > 1.1 || (got.Frames > 0) != render || got.FirstFrame <= 0 {
			t.Errorf("render %v: %+v", render, got)
		}
	}
}

func TestHeadlessPlaysSoundAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tone.wav")
	tone := append([]byte("RIFF\xff\xff\xff\x7fWAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\xc0\x5d\x00\x00"), make([]byte, 24000)...)
	if err := os.WriteFile(path, tone, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := Headless(t.Context(), path, HeadlessOptions{Render: true})
	if err != nil || got.Frames != 0 || got.FirstFrame <= 0 || got.Played < 1.5 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestHeadlessFailsWithASentence(t *testing.T) {
	text := filepath.Join(t.TempDir(), "letter.mp4")
	if err := os.WriteFile(text, []byte(strings.Repeat("no video ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	gone := local(t, text)
	gone.Close()
	lost := &folderStream{folder: t.TempDir()}
	_, stream := stream(t, lost)
	for address, want := range map[string]struct {
		err      error
		sentence string
		why      func() error
	}{
		text:         {mpv.ErrFormat, "This cannot be played: it is damaged, or not a video.", nil},
		gone.URL():   {mpv.ErrOpen, "The video could not be opened; check your connection and try again.", gone.Problem},
		stream.URL(): {os.ErrNotExist, "The gateway lost this part of the video.", stream.Problem},
		"/nowhere/x.mp4": {
			mpv.ErrOpen, "The video could not be opened; check your connection and try again.",
			func() error { return nil },
		},
		"http://example.org/x": {mpv.ErrAddress, "This address cannot be played.", nil},
	} {
		_, err := Headless(t.Context(), address, HeadlessOptions{Render: true, Why: want.why})
		if !errors.Is(err, want.err) || fault.Sentence(err) != want.sentence {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestHeadlessGivesUpOnAHangingSource: a server that accepts and is silent.
func TestHeadlessGivesUpOnAHangingSource(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	address := "http://" + listener.Addr().String() + "/clip.mp4"
	_, err = Headless(t.Context(), address, HeadlessOptions{Patience: 200 * time.Millisecond})
	if !errors.Is(err, ErrStuck) || !strings.Contains(fault.Sentence(err), "does not go on") {
		t.Errorf("hanging: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err = Headless(ctx, address, HeadlessOptions{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("stopped: %v", err)
	}
}
