package source

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/player/fetch"
)

const goodPlaylist = "#EXTM3U\r\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n# a comment\n#EXTINF:4.000000,a title\n0.ts\n\n#EXT-X-DISCONTINUITY\n#EXTINF:1.5,\nb_10.ts\n#EXT-X-ENDLIST\n"

func stream(t *testing.T, f *fakeStream) *Item {
	t.Helper()
	_, i := streamOf(t, f, &Memory{})
	return i
}

func streamOf(t *testing.T, f *fakeStream, keep Keeper) (*Stream, *Item) {
	t.Helper()
	s, err := NewStream("index.m3u8", "film", f, keep, SessionOptions{Options: fetch.Options{Patience: time.Millisecond}})
	if err != nil {
		t.Fatal(err)
	}
	i, err := serve(t).AddStream(s)
	if err != nil {
		t.Fatal(err)
	}
	return s, i
}

func TestStreamIsServedUnderOwnNames(t *testing.T) {
	f := &fakeStream{parts: map[string]string{"index.m3u8": goodPlaylist, "0.ts": "first", "b_10.ts": "second"}}
	video, item := streamOf(t, f, &Memory{})
	folder := strings.TrimSuffix(item.URL(), "index.m3u8")
	want := "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n" +
		"#EXTINF:4.000000,\n0.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:1.500000,\n1.ts\n#EXT-X-ENDLIST\n"
	got := ask(t, "GET", item.URL(), nil)
	if string(got.body) != want || got.header.Get("Content-Type") != "application/vnd.apple.mpegurl" {
		t.Errorf("playlist %q, %v", got.body, got.header)
	}
	got = ask(t, "GET", folder+"1.ts", nil)
	if string(got.body) != "second" || got.header.Get("Content-Type") != "video/mp2t" || got.header.Get("Content-Length") != "6" {
		t.Errorf("segment %q, %v", got.body, got.header)
	}
	if head := ask(t, "HEAD", folder+"0.ts", nil); head.code != 200 || f.names() != "index.m3u8 b_10.ts" {
		t.Errorf("HEAD %d after %q", head.code, f.names())
	}
	for _, name := range []string{"b_10.ts", "2.ts", "-1.ts", "01.ts", "+1.ts", "1.aac", "1", "../index.m3u8", "%2e%2e/0.ts", "0.ts/x"} {
		if got := ask(t, "GET", folder+name, nil); got.code != 404 {
			t.Errorf("%s: %d", name, got.code)
		}
	}
	if f.names() != "index.m3u8 b_10.ts" {
		t.Errorf("the source was asked for %q", f.names())
	}
	if got := video.Supply(0).Fetched; got < int64(len(goodPlaylist)+6) || item.Served() < 6 {
		t.Errorf("fetched %d, served %d", got, item.Served())
	}
	if err := item.Close(); err != nil || !f.closed {
		t.Errorf("closed %v, %v", f.closed, err)
	}
}

func TestHostileSegments(t *testing.T) {
	f := &fakeStream{parts: map[string]string{
		"index.m3u8": "#EXTM3U\n#EXTINF:1,\na.ts\n#EXTINF:1,\nb.ts\n#EXTINF:1,\nc.ts\n#EXTINF:1,\nd.ts\n",
		"a.ts":       " \n#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/x.ts\n", "b.ts": "short", "d.ts": "",
	}, sizes: map[string]int64{"b.ts": 4000, "d.ts": -1}}
	item := stream(t, f)
	folder := strings.TrimSuffix(item.URL(), "index.m3u8")
	if got := ask(t, "GET", folder+"0.ts", nil); got.code != 502 || strings.Contains(string(got.body), "127.0.0.1") {
		t.Errorf("a playlist in place of a segment: %d %q", got.code, got.body)
	}
	if !errors.Is(item.Problem(), ErrPlaylist) {
		t.Errorf("problem %v", item.Problem())
	}
	if got := ask(t, "GET", folder+"1.ts", nil); got.err == nil && got.code == 200 {
		t.Errorf("a part was taken for the whole: %q", got.body)
	}
	if got := ask(t, "GET", folder+"2.ts", nil); got.code != 502 || fault.Sentence(item.Problem()) != "The gateway does not have this part." {
		t.Errorf("a missing segment: %d, %v", got.code, item.Problem())
	}
	if got := ask(t, "GET", folder+"3.ts", nil); got.code != 200 || len(got.body) != 0 {
		t.Errorf("an empty segment: %d", got.code)
	}
}

func TestHostilePlaylists(t *testing.T) {
	const head = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n"
	for name, text := range map[string]string{
		"empty":            "",
		"no head":          "#EXTINF:1,\n0.ts\n",
		"no segments":      head,
		"absolute path":    head + "#EXTINF:1,\n/etc/passwd\n",
		"parent":           head + "#EXTINF:1,\n../other/0.ts\n",
		"escaped parent":   head + "#EXTINF:1,\n%2e%2e%2f0.ts\n",
		"hidden":           head + "#EXTINF:1,\n.0.ts\n",
		"http":             head + "#EXTINF:1,\nhttp://example.org/0.ts\n",
		"file":             head + "#EXTINF:1,\nfile:///etc/passwd\n",
		"data":             head + "#EXTINF:1,\ndata:text/plain,x\n",
		"scheme relative":  head + "#EXTINF:1,\n//example.org/0.ts\n",
		"query":            head + "#EXTINF:1,\n0.ts?x=1\n",
		"space":            head + "#EXTINF:1,\n0.ts http://x\n",
		"backslash":        head + "#EXTINF:1,\n..\\0.ts\n",
		"long name":        head + "#EXTINF:1,\n" + strings.Repeat("a", 129) + "\n",
		"long line":        head + "#EXTINF:1,\n" + strings.Repeat("a", 100_000) + "\n",
		"no length":        head + "0.ts\n",
		"length spent":     head + "#EXTINF:1,\n0.ts\n1.ts\n",
		"negative":         head + "#EXTINF:-1,\n0.ts\n",
		"not a number":     head + "#EXTINF:NaN,\n0.ts\n",
		"endless":          head + "#EXTINF:Inf,\n0.ts\n",
		"months":           head + "#EXTINF:1e9,\n0.ts\n",
		"key":              head + "#EXT-X-KEY:METHOD=AES-128,URI=\"http://example.org/k\"\n#EXTINF:1,\n0.ts\n",
		"map":              head + "#EXT-X-MAP:URI=\"http://example.org/m\"\n#EXTINF:1,\n0.ts\n",
		"byte range":       head + "#EXT-X-BYTERANGE:10@0\n#EXTINF:1,\n0.ts\n",
		"master":           "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n",
		"negative target":  "#EXTM3U\n#EXT-X-TARGETDURATION:-4\n#EXTINF:1,\n0.ts\n",
		"too many":         head + strings.Repeat("#EXTINF:1,\n0.ts\n", maxSegments+1),
		"too long":         head + strings.Repeat("#\n", maxPlaylist/2),
		"zero byte inside": head + "#EXTINF:1,\n0.t\x00s\n",
	} {
		f := &fakeStream{parts: map[string]string{"index.m3u8": text}}
		item := stream(t, f)
		got := ask(t, "GET", item.URL(), nil)
		if got.code != 502 || strings.Contains(string(got.body), "#EXT") {
			t.Errorf("%s: %d %.80q", name, got.code, got.body)
		}
		want := "is damaged"
		if slices.Contains([]string{"key", "map", "byte range", "master"}, name) {
			want = "several streams, or locked"
		}
		if err := item.Problem(); !errors.Is(err, ErrPlaylist) || !strings.Contains(fault.Sentence(err), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewStream("../index.m3u8", "film", &fakeStream{}, &Memory{}, SessionOptions{}); !errors.Is(err, ErrPlaylist) {
		t.Errorf("playlist name: %v", err)
	}
}

// TestPlaylistOfACutVideo: what ffmpeg writes with the arguments of sds.md 7.1.
func TestPlaylistOfACutVideo(t *testing.T) {
	f, err := os.Open(filepath.Join("testdata", "cut.m3u8"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, err := ParsePlaylist(f)
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Segments) != 4 || !list.Complete || list.Segments[3].Name != "3.ts" || list.Duration() < 11.9 || list.Duration() > 12.1 {
		t.Errorf("%+v, %.2f s", list, list.Duration())
	}
}

func TestGrowingPlaylistIsReadAgain(t *testing.T) {
	f := &fakeStream{parts: map[string]string{"index.m3u8": "#EXTM3U\n#EXTINF:1,\n0.ts\n"}}
	item := stream(t, f)
	first := ask(t, "GET", item.URL(), nil)
	f.mu.Lock()
	f.parts["index.m3u8"] += "#EXTINF:1,\n1.ts\n#EXT-X-ENDLIST\n"
	f.mu.Unlock()
	second := ask(t, "GET", item.URL(), nil)
	ask(t, "GET", item.URL(), nil)
	if strings.Contains(string(first.body), "1.ts") || !strings.Contains(string(second.body), "1.ts") || f.names() != "index.m3u8 index.m3u8" {
		t.Errorf("%q, then %q; asked for %q", first.body, second.body, f.names())
	}
}

// FuzzParsePlaylist: whatever comes in, what goes out names nothing but
// numbered segments, and reads back as the same list.
func FuzzParsePlaylist(f *testing.F) {
	f.Add(goodPlaylist)
	f.Add("#EXTM3U\n#EXTINF:0.1,\na.b.aac\n")
	f.Add("#EXTM3U\n#EXT-X-KEY:METHOD=NONE\n#EXTINF:86400,\n_\n")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ParsePlaylist(strings.NewReader(text))
		if err != nil {
			if !errors.Is(err, ErrPlaylist) {
				t.Fatal(err)
			}
			return
		}
		encoded := string(list.Encode())
		again, err := ParsePlaylist(strings.NewReader(encoded))
		if err != nil || string(again.Encode()) != encoded {
			t.Fatalf("%v: %q", err, encoded)
		}
		for _, line := range strings.Split(strings.TrimSpace(encoded), "\n") {
			if _, ok := list.served(line); !ok && !strings.HasPrefix(line, "#EXT") {
				t.Fatalf("line %q", line)
			}
		}
		for _, s := range list.Segments {
			if strings.ContainsAny(s.Name, "/\\:?%#") || strings.HasPrefix(s.Name, ".") {
				t.Fatalf("name %q", s.Name)
			}
		}
	})
}
