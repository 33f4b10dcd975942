package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// film is what a web server has: a little over two blocks.
var film = bytes.Repeat([]byte("0123456789abcdef"), (2*webBlock+4096)/16)

func webServer(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func serveFilm(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("ETag", `"one"`)
	w.Header().Set("Content-Type", "video/mp4")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(film))
}

func openWeb(t *testing.T, address string, keep Keeper) *Played {
	t.Helper()
	p, _, err := OpenWeb(t.Context(), address, keep)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func readAll(p *Played) ([]byte, error) {
	return io.ReadAll(&cursor{ctx: context.Background(), size: p.Size(), read: p.ReadAt, failed: func(error) {}})
}

func TestWebVideo(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"ranges": serveFilm,
		"no ranges": func(w http.ResponseWriter, r *http.Request) {
			r.Header.Del("Range")
			w.Header().Set("Content-Length", fmt.Sprint(len(film)))
			_, _ = w.Write(film)
		},
	} {
		t.Run(name, func(t *testing.T) {
			keep := &Memory{}
			var asked atomic.Int32
			p := openWeb(t, webServer(t, func(w http.ResponseWriter, r *http.Request) { asked.Add(1); h(w, r) })+"/a%20film.mp4?token=x", keep)
			if p.Title() != "a film.mp4" || p.Size() != int64(len(film)) {
				t.Errorf("%q, %d bytes", p.Title(), p.Size())
			}
			got, err := readAll(p)
			if err != nil || !bytes.Equal(got, film) {
				t.Fatal(len(got), err)
			}
			s := p.Supply(10)
			if s.Fetched != int64(len(film)) || s.Wasted != 0 || s.Noz != 0 || len(s.Here) != 1 || s.Here[0].To != 10 || asked.Load() > 3 {
				t.Errorf("%+v after %d questions", s, asked.Load())
			}
			if err := p.Close(); err != nil || len(keep.all) != 0 {
				t.Errorf("%d blocks kept, %v", len(keep.all), err)
			}
		})
	}
}

func TestWebAddressesThatAreNoVideo(t *testing.T) {
	other := webServer(t, serveFilm)
	for name, c := range map[string]struct {
		h        http.HandlerFunc
		sentence string
	}{
		"page": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "<html><body>film</body></html>")
		}, "web page"},
		"gone": {http.NotFound, "nothing at this address"},
		"shut": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, "does not let everybody"},
		"sick": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, "has a problem"},
		"endless": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "video/mp4")
			_ = http.NewResponseController(w).Flush()
		}, "how long"},
		"liar": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Range", "bytes 5-3/2")
			w.WriteHeader(206)
		}, "makes no sense"},
		"to this computer": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other+"/x.mp4", http.StatusFound) }, "must not be opened"},
		"to a file": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}, "must not be opened"},
		"to localhost": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://localhost/x", http.StatusFound)
		}, "must not be opened"},
		"hangs up": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, _ := http.NewResponseController(w).Hijack()
			conn.Close()
		}, "does not answer"},
	} {
		p, s, err := OpenWeb(t.Context(), webServer(t, c.h)+"/secret.mp4", &Memory{})
		if p != nil || s != nil || !strings.Contains(fault.Sentence(err), c.sentence) || strings.Contains(fmt.Sprint(err), "secret") {
			t.Errorf("%s: %v (%s)", name, err, fault.Sentence(err))
		}
	}
}

func TestOnlyPublicPlacesAfterARedirect(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220::1": true, "127.0.0.1": false, "::1": false, "10.1.2.3": false, "192.168.1.1": false,
		"169.254.1.1": false, "0.0.0.0": false, "::ffff:127.0.0.1": false, "fe80::1": false, "fd00::1": false, "224.0.0.1": false,
	} {
		if isPublic(netip.MustParseAddr(address)) != want {
			t.Errorf("%s: %v", address, !want)
		}
		err := public("tcp", netip.AddrPortFrom(netip.MustParseAddr(address), 80).String(), nil)
		if (err == nil) != want {
			t.Errorf("connection to %s: %v", address, err)
		}
	}
}

// TestMovedWithinItsServer: a server may lead to another of its own addresses,
// also one in the local network.
func TestMovedWithinItsServer(t *testing.T) {
	p := openWeb(t, webServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old.mp4" {
			http.Redirect(w, r, "/new.mp4", http.StatusMovedPermanently)
			return
		}
		serveFilm(w, r)
	})+"/old.mp4", &Memory{})
	if got, err := readAll(p); err != nil || !bytes.Equal(got, film) {
		t.Error(len(got), err)
	}
}

// TestClaimOfAHugeVideo costs no memory.
func TestClaimOfAHugeVideo(t *testing.T) {
	p := openWeb(t, webServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes 0-%d/%d", webBlock-1, int64(webLargest)))
		w.WriteHeader(http.StatusPartialContent)
		_, _ = w.Write(film[:webBlock])
	})+"/film.mp4", &Memory{})
	if parts := len(p.video.Layout().Parts); p.Size() != webLargest || parts > webParts {
		t.Errorf("%d parts of %d bytes", parts, p.Size())
	}
	buf := make([]byte, 16)
	if n, err := p.ReadAt(t.Context(), buf, 0); err != nil || !bytes.Equal(buf[:n], film[:n]) {
		t.Error(n, err)
	}
}

// TestWebVideoThatChanges is not stitched together of two.
func TestWebVideoThatChanges(t *testing.T) {
	var asked atomic.Int32
	p := openWeb(t, webServer(t, func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) > 1 {
			w.Header().Set("ETag", `"two"`)
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(film[:len(film)-1]))
			return
		}
		serveFilm(w, r)
	})+"/film.mp4", &Memory{})
	got, err := readAll(p)
	if !errors.Is(err, ErrRefused) || !strings.Contains(fault.Sentence(err), "has changed") || len(got) > webBlock {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func TestWebStream(t *testing.T) {
	keep := &Memory{}
	address := webServer(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/films/a.m3u8":
			_, _ = io.WriteString(w, "#EXTM3U\n#EXTINF:1,\n0.ts\n#EXT-X-ENDLIST\n")
		case "/films/0.ts":
			_, _ = io.WriteString(w, "segment")
		default:
			http.NotFound(w, r)
		}
	}) + "/films/a.m3u8"
	_, s, err := OpenWeb(t.Context(), address, keep)
	if err != nil {
		t.Fatal(err)
	}
	item, err := serve(t).AddStream(s)
	if err != nil {
		t.Fatal(err)
	}
	if got := ask(t, "GET", strings.TrimSuffix(item.URL(), "index.m3u8")+"0.ts", nil); string(got.body) != "segment" {
		t.Errorf("%+v", got)
	}
	if err := item.Close(); err != nil || len(keep.all) != 0 {
		t.Errorf("%d files kept, %v", len(keep.all), err)
	}
}
