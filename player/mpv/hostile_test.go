package mpv

import (
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func TestOnlyThisComputerIsPlayed(t *testing.T) {
	w := open(t, Options{})
	for _, address := range []string{
		"", "clip.mp4", "http://example.org/clip.mp4", "https://127.0.0.1/clip.mp4", "http://user@127.0.0.1/a.mp4",
		"http://127.0.0.1.example.org/a", "http://localhost/a", "file:///etc/passwd", "edl:///a;b", "memory://#EXTM3U",
		"av://lavfi:testsrc", "ytdl://x", "concat:/a|/b", "http://[::2]/a",
	} {
		if err := w.Load(address); !errors.Is(err, ErrAddress) || fault.ExitCode(err) != 2 {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// broken are files that are no video, or no whole one.
func broken(t *testing.T) map[string][]byte {
	video, err := os.ReadFile(testClips.video)
	if err != nil {
		t.Fatal(err)
	}
	random := make([]byte, 1<<16)
	generator := rand.NewChaCha8([32]byte{7})
	_, _ = generator.Read(random)
	damaged := append([]byte{}, video...)
	for i := 64; i < 4096; i++ {
		damaged[i] ^= 0xa5
	}
	return map[string][]byte{
		"empty.mp4":     {},
		"random.mp4":    random,
		"text.mp4":      []byte(strings.Repeat("This is a letter, not a video.\n", 100)),
		"header.mp4":    video[:600],
		"damaged.mp4":   damaged,
		"list.mp4":      []byte("#EXTM3U\n" + testClips.video + "\n"),
		"hls.mp4":       []byte("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n" + testClips.video + "\n#EXT-X-ENDLIST\n"),
		"concat.mp4":    []byte("ffconcat version 1.0\nfile '" + testClips.video + "'\n"),
		"edit.mp4":      []byte("# mpv EDL v0\n" + testClips.video + "\n"),
		"playlist.pls":  []byte("[playlist]\nFile1=" + testClips.video + "\n"),
		"redirect.sdp":  []byte("RTSPtext http://127.0.0.1:1/x\n"),
		"archive.zip":   append([]byte("PK\x03\x04"), random[:4000]...),
		"subtitles.srt": []byte("1\n00:00:01,000 --> 00:00:02,000\nHello\n"),
	}
}

func TestBrokenFilesAreASentence(t *testing.T) {
	w := open(t, Options{Pictures: true})
	for name, data := range broken(t) {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		failed := w.count(Failed)
		w.load(path)
		w.until("a problem with "+name, func() bool { return w.count(Failed) > failed })
		if err := w.State().Problem; !errors.Is(err, ErrFormat) && !errors.Is(err, ErrOpen) || !strings.HasSuffix(fault.Sentence(err), ".") {
			t.Errorf("%s: %v", name, err)
		}
		if w.State().Shown {
			t.Errorf("%s was played", name)
		}
	}
	w.load(testClips.wide) // and the player still works
	w.until("a good video", func() bool { return w.State().Shown && w.State().Problem == nil })
}

func TestTruncatedVideoSaysSo(t *testing.T) {
	video, err := os.ReadFile(testClips.video)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "cut.mp4")
	if err := os.WriteFile(path, video[:len(video)/4], 0o600); err != nil {
		t.Fatal(err)
	}
	w := open(t, Options{Pictures: true})
	w.load(path)
	w.until("the cut", func() bool { return w.State().Problem != nil })
	if err := w.State().Problem; !errors.Is(err, ErrCut) || w.drawn() == 0 {
		t.Errorf("%v after %d pictures", err, w.drawn())
	}
}

// TestStreamsCannotReachElsewhere serves playlists that name other addresses.
func TestStreamsCannotReachElsewhere(t *testing.T) {
	var reached atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer other.Close()
	for name, body := range map[string]string{
		"/film.mp4":  "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n" + other.URL + "/0.ts\n#EXT-X-ENDLIST\n",
		"/list.mp4":  "#EXTM3U\n" + other.URL + "/a.mp4\n",
		"/file.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile://" + testClips.video + "\n#EXT-X-ENDLIST\n",
	} {
		host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }))
		w := open(t, Options{})
		w.load(host.URL + name)
		w.until("a problem with "+name, func() bool { return w.count(Failed) > 0 })
		if reached.Load() > 0 || w.State().Shown {
			t.Errorf("%s reached elsewhere", name)
		}
		_ = w.Close()
		host.Close()
	}
}

func TestStreamPlays(t *testing.T) {
	t.Setenv("http_proxy", "http://127.0.0.1:1") // must not be used for this computer
	host := httptest.NewServer(http.FileServer(http.Dir(testClips.folder)))
	defer host.Close()
	w := open(t, Options{Pictures: true})
	w.load(host.URL + "/" + filepath.Base(testClips.hls))
	w.until("the stream", func() bool { return w.State().Shown && w.State().Duration > 3.5 })
	w.Seek(3)
	w.until("the jump", func() bool { return w.count(Restarted) > 1 && w.State().Position >= 2.9 })
	w.until("buffered ranges", func() bool { return len(w.State().Buffered) > 0 })
}

// TestClosesWhileASourceHangs: a server that accepts and never answers.
func TestClosesWhileASourceHangs(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	asked := make(chan net.Conn, 1)
	go func() {
		if c, err := listener.Accept(); err == nil {
			asked <- c
		}
	}()
	w := open(t, Options{Pictures: true})
	w.load("http://" + listener.Addr().String() + "/clip.mp4")
	conn := <-asked
	defer conn.Close()
	started := time.Now()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("closing took %s", took)
	}
}

func TestLogsHoldNoAddress(t *testing.T) {
	w := open(t, Options{})
	host := httptest.NewServer(http.NotFoundHandler())
	defer host.Close()
	w.load(host.URL + "/SeCrEtToKeN0123456789abcdef/clip.mp4")
	w.until("a problem, and a line about it", func() bool { return w.count(Failed) > 0 && w.lines() > 0 })
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, line := range w.logged {
		if strings.Contains(line, "SeCrEt") || strings.Contains(line, "127.0.0.1") {
			t.Errorf("logged %q", line)
		}
	}
}

func TestMissingLibraryIsASentence(t *testing.T) {
	elsewhere := loader{names: []string{"libmpv-of-another-world.so.9", "libc.so.6"}}
	_, err := elsewhere.get()
	if !errors.Is(err, ErrMissing) || !strings.Contains(fault.Sentence(err), "install") {
		t.Errorf("got %v", err)
	}
	if _, err := shared.get(); err != nil {
		t.Errorf("libmpv is there, but: %v", err)
	}
}
