package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func TestRangesAreRight(t *testing.T) {
	data := make([]byte, 100_000)
	for i := range data {
		data[i] = byte(i * 7 / 3)
	}
	s := serve(t)
	url := addBytes(t, s, "clip.mp4", data).URL()
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, len(data)+10).Draw(t, "from")
		to := rapid.IntRange(from, len(data)+10).Draw(t, "to")
		kind := rapid.SampledFrom([]string{"%d-%d", "%d-", "-%[2]d"}).Draw(t, "kind")
		want, code := data[min(from, len(data)):min(to+1, len(data))], http.StatusPartialContent
		spec := fmt.Sprintf(kind, from, to)
		switch kind {
		case "%d-":
			spec, want = fmt.Sprintf("%d-", from), data[min(from, len(data)):]
		case "-%[2]d": // the last bytes, at least one
			to = max(1, to)
			spec, want = fmt.Sprintf("-%d", to), data[max(0, len(data)-to):]
			from = len(data) - to
		}
		if from >= len(data) {
			code = http.StatusRequestedRangeNotSatisfiable
		}
		got := ask(t, "GET", url, map[string]string{"Range": "bytes=" + spec})
		if got.code != code {
			t.Fatalf("range %s: status %d, want %d", spec, got.code, code)
		}
		if code == http.StatusPartialContent && !bytes.Equal(got.body, want) {
			t.Fatalf("range %s: %d bytes, want %d", spec, len(got.body), len(want))
		}
	})
}

func TestWholeFileAndHead(t *testing.T) {
	s := serve(t)
	item := addBytes(t, s, "Lisbon harbour/../é?.mp4", []byte("0123456789"))
	got := ask(t, "GET", item.URL(), nil)
	if got.code != 200 || string(got.body) != "0123456789" || got.header.Get("Content-Type") != "video/mp4" || got.header.Get("Accept-Ranges") != "bytes" {
		t.Errorf("GET: %+v", got)
	}
	if got.header.Get("ETag")+got.header.Get("Last-Modified") != "" || got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", got.header)
	}
	if item.Served() != 10 {
		t.Errorf("served %d", item.Served())
	}
	head := ask(t, "HEAD", item.URL(), nil)
	if head.code != 200 || len(head.body) != 0 || head.header.Get("Content-Length") != "10" {
		t.Errorf("HEAD: %+v", head)
	}
	if item.Served() != 10 {
		t.Error("HEAD fetched bytes")
	}
}

func TestNothingElseIsReachable(t *testing.T) {
	s := serve(t)
	item := addBytes(t, s, "clip.mp4", []byte("secret"))
	other := addBytes(t, s, "other.mp4", []byte("other"))
	base := "http://" + s.host
	for _, path := range []string{
		"/", "/clip.mp4", "/" + item.token, "/" + item.token + "/", "/" + item.token + "/other.mp4", "/" + other.token + "/clip.mp4",
		"/" + item.token + "/../" + item.token + "/clip.mp4", "/" + item.token + "//clip.mp4", "/" + item.token[1:] + "/clip.mp4",
		"/" + strings.ToUpper(item.token) + "/clip.mp4", "/" + item.token + "/clip.mp4/", "/etc/passwd", "/%2e%2e/x", "/" + item.token + "/index.m3u8",
	} {
		if got := ask(t, "GET", base+path, nil); got.code != http.StatusNotFound || string(got.body) != "404 page not found\n" {
			t.Errorf("%s: %d %q", path, got.code, got.body)
		}
	}
	for _, host := range []string{"evil.example", "localhost", "127.0.0.1", "127.0.0.1:1"} {
		if got := ask(t, "GET", item.URL(), map[string]string{"Host": host}); got.code != http.StatusNotFound {
			t.Errorf("host %s: %d", host, got.code)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS"} {
		if got := ask(t, method, item.URL(), nil); got.code != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, got.code)
		}
	}
	if item.Served() != 0 {
		t.Errorf("%d bytes were served", item.Served())
	}
	if item.token == other.token || len(item.token) < 32 {
		t.Errorf("tokens %q, %q", item.token, other.token)
	}
}

func TestListensOnLoopbackOnly(t *testing.T) {
	host, _, err := net.SplitHostPort(serve(t).host)
	if err != nil || host != "127.0.0.1" {
		t.Errorf("listens on %q, %v", host, err)
	}
}

// slowFile gives some bytes at once and the rest never.
type slowFile struct {
	begun, ended chan struct{}
	once         sync.Once
	closed       bool
}

func (f *slowFile) Title() string { return "slow.mp4" }
func (f *slowFile) Size() int64   { return 1 << 40 }
func (f *slowFile) Close() error  { f.closed = true; return nil }

func (f *slowFile) ReadAt(ctx context.Context, p []byte, offset int64) (int, error) {
	if offset == 0 {
		return len(p), nil
	}
	f.once.Do(func() { close(f.begun) })
	<-ctx.Done()
	close(f.ended)
	return 0, ctx.Err()
}

func TestAPlayerThatHangsUpStopsTheReading(t *testing.T) {
	for name, hangUp := range map[string]func(cancel func(), i *Item, s *Server){
		"player": func(cancel func(), _ *Item, _ *Server) { cancel() },
		"item":   func(_ func(), i *Item, _ *Server) { _ = i.Close() },
		"server": func(_ func(), _ *Item, s *Server) { _ = s.Close() },
	} {
		s := serve(t)
		file := &slowFile{begun: make(chan struct{}), ended: make(chan struct{})}
		item, err := s.AddFile(file)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, "GET", item.URL(), nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		<-file.begun
		hangUp(cancel, item, s)
		select {
		case <-file.ended:
		case <-time.After(10 * time.Second):
			t.Fatalf("%s hung up, and the source is still read", name)
		}
		_ = resp.Body.Close()
		if err := item.Close(); err != nil || !file.closed {
			t.Errorf("%s: closed %v, %v", name, file.closed, err)
		}
		if item.Problem() != nil {
			t.Errorf("%s: hanging up is no problem: %v", name, item.Problem())
		}
	}
}

func TestClosedItemsAreGone(t *testing.T) {
	s := serve(t)
	item := addBytes(t, s, "clip.mp4", []byte("x"))
	for range 2 {
		if err := item.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := ask(t, "GET", item.URL(), nil); got.code != http.StatusNotFound {
		t.Errorf("status %d", got.code)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddFile(FromReaderAt("a", 1, strings.NewReader("a"))); fault.Sentence(err) == "" {
		t.Error("a closed server took a file")
	}
}

// brokenFile fails after its first bytes.
type brokenFile struct{ File }

var errDisk = errors.New("disk on fire")

func (f brokenFile) ReadAt(ctx context.Context, p []byte, offset int64) (int, error) {
	if offset > 0 {
		return 0, errDisk
	}
	return f.File.ReadAt(ctx, p[:10], offset)
}

func TestSourceErrorsAreKeptAndCutTheAnswer(t *testing.T) {
	s := serve(t)
	item, err := s.AddFile(brokenFile{FromReaderAt("a.mp4", 50_000, bytes.NewReader(make([]byte, 50_000)))})
	if err != nil {
		t.Fatal(err)
	}
	if got := ask(t, "GET", item.URL(), nil); got.err == nil {
		t.Errorf("%d bytes were taken for the whole file", len(got.body))
	}
	if !errors.Is(item.Problem(), errDisk) {
		t.Errorf("problem %v", item.Problem())
	}
}

func TestOpenLocal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clip.mkv")
	if err := os.WriteFile(path, []byte("matroska"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := OpenLocal(path)
	if err != nil {
		t.Fatal(err)
	}
	if f.Title() != "clip.mkv" || f.Size() != 8 {
		t.Errorf("%q, %d bytes", f.Title(), f.Size())
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenLocal(path + "x"); !errors.Is(err, ErrNotFound) || fault.Sentence(err) != "The file clip.mkvx was not found." {
		t.Errorf("missing file: %v", err)
	}
	if _, err := OpenLocal(filepath.Dir(path)); fault.ExitCode(err) != 2 {
		t.Errorf("folder: %v", err)
	}
}

func TestContentTypes(t *testing.T) {
	for name, want := range map[string]string{
		"a.MP4": "video/mp4", "b.mkv": "video/x-matroska", "c.m3u8": "application/vnd.apple.mpegurl", "d.ts": "video/mp2t",
		"e.flac": "audio/flac", "f": "application/octet-stream", "g.html": "application/octet-stream",
	} {
		if got := ContentType(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if !Playable("a.Mov") || Playable("a.m3u8") || Playable("a.txt") {
		t.Error("playable files are told wrongly")
	}
}
