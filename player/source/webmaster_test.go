package source

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// site is a web server with playlists and segments, by path.
type site struct {
	mu    sync.Mutex
	files map[string]string
	asked []string
}

func (s *site) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.URL.RequestURI())
	text, ok := s.files[r.URL.RequestURI()]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = io.WriteString(w, text)
}

const (
	listHead = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n"
	huge     = 1 << 60 // bits a second, which no line carries
)

func master(lines ...string) string { return "#EXTM3U\n" + strings.Join(lines, "\n") + "\n" }

func offer(bits int64, more, uri string) string {
	return fmt.Sprintf("#EXT-X-STREAM-INF:BANDWIDTH=%d,CODECS=\"avc1.4d401f,mp4a.40.2\"%s\n%s", bits, more, uri)
}

// watch opens the stream of a site and reads its first segment.
func (s *site) watch(t *testing.T) (segment string, err error) {
	t.Helper()
	_, stream, err := OpenWeb(t.Context(), webServer(t, s.serve)+"/film.m3u8?key=secret", &Memory{})
	if err != nil {
		return "", err
	}
	item, err := serve(t).AddStream(stream)
	if err != nil {
		t.Fatal(err)
	}
	list := ask(t, "GET", item.URL(), nil)
	names := slices.DeleteFunc(strings.Fields(string(list.body)), func(line string) bool { return line[0] == '#' })
	got := ask(t, "GET", strings.TrimSuffix(item.URL(), streamName)+names[0], nil)
	if got.code != http.StatusOK {
		return "", item.Problem()
	}
	return string(got.body), nil
}

func TestVariantThatTheLineCarries(t *testing.T) {
	fine := listHead + "#EXTINF:4,\n../parts/%s.ts?part=1\n#EXT-X-ENDLIST\n"
	files := map[string]string{
		"/a/best.m3u8": fmt.Sprintf(fine, "best"), "/a/good.m3u8": fmt.Sprintf(fine, "good"), "/a/least.m3u8": fmt.Sprintf(fine, "least"),
		"/parts/best.ts?part=1": strings.Repeat("best ", 1000), "/parts/good.ts?part=1": strings.Repeat("good ", 1000), "/parts/least.ts?part=1": "least",
	}
	for name, c := range map[string]struct{ list, want string }{
		"the best":         {master(offer(9, "", "a/least.m3u8"), offer(90, "", "a/good.m3u8"), offer(900, "", "a/best.m3u8")), "best"},
		"the next":         {master(offer(huge, "", "a/best.m3u8"), offer(90, "", "a/good.m3u8"), offer(9, "", "a/least.m3u8")), "good"},
		"the least":        {master(offer(huge, "", "a/best.m3u8"), offer(huge-1, "", "a/good.m3u8"), offer(huge-2, "", "a/least.m3u8")), "least"},
		"one that is gone": {master(offer(900, "", "a/gone.m3u8"), offer(90, "", "a/good.m3u8"), offer(9, "", "a/least.m3u8")), "good"},
		"sound apart": {master(`#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a,b",URI="sound.m3u8"`, `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="in"`,
			offer(900, `,AUDIO="a,b"`, "a/best.m3u8"), offer(90, `,AUDIO="in"`, "a/good.m3u8")), "good"},
	} {
		s := &site{files: files}
		s.files["/film.m3u8?key=secret"] = c.list
		got, err := s.watch(t)
		if err != nil || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %.20q, %v; asked for %q", name, got, err, s.asked)
		}
	}
}

func TestHostileLists(t *testing.T) {
	other := webServer(t, (&site{files: map[string]string{"/0.ts": "inside"}}).serve)
	other = strings.Replace(other, "127.0.0.1", "127.0.0.2", 1)
	for name, c := range map[string]struct{ list, sentence string }{
		"itself":           {master(offer(9, "", "film.m3u8?key=secret")), "several streams"},
		"a file":           {listHead + "#EXTINF:4,\nfile:///etc/passwd\n", "is damaged"},
		"a local server":   {listHead + "#EXTINF:4,\n" + other + "/0.ts\n", "must not be opened"},
		"a local variant":  {master(offer(9, "", other+"/a.m3u8")), "must not be opened"},
		"nothing":          {"", "is damaged"},
		"sound apart":      {master(`#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",URI="s.m3u8"`, offer(9, `,AUDIO="a"`, "x.m3u8")), "comes apart"},
		"no rate":          {master("#EXT-X-STREAM-INF:BANDWIDTH=many\nx.m3u8"), "is damaged"},
		"all gone":         {master(offer(9, "", "x.m3u8"), offer(8, "", "y.m3u8")), "nothing at this address"},
		"too many":         {master(slices.Repeat([]string{offer(9, "", "x.m3u8")}, mostVariants+1)...), "is damaged"},
		"a list as part":   {listHead + "#EXTINF:4,\nfilm.m3u8?key=secret\n", "is damaged"},
		"a key":            {listHead + "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:4,\n0.ts\n", "locked with a key"},
		"a name and a key": {listHead + "#EXTINF:4,\nhttp://user:word@example.org/0.ts\n", "is damaged"},
	} {
		s := &site{files: map[string]string{"/film.m3u8?key=secret": c.list}}
		got, err := s.watch(t)
		if err == nil || !strings.Contains(fault.Sentence(err), c.sentence) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %q, %v (%s)", name, got, err, fault.Sentence(err))
		}
	}
}

// FuzzWebPlaylists: whatever a server sends, variants and segments are web
// addresses, and segments are told to the player by number only.
func FuzzWebPlaylists(f *testing.F) {
	f.Add(master(offer(900, `,AUDIO="a"`, "a/best.m3u8"), `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",URI="s.m3u8"`))
	f.Add(listHead + "#EXTINF:4,\n../x/0.ts?a=b#c\n#EXT-X-ENDLIST\n")
	f.Add("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,A=\"\n\\\\x\n")
	base, _ := url.Parse("https://example.org/films/list.m3u8?key=1")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := parseMaster([]byte(text), base)
		if err != nil && !errors.Is(err, ErrPlaylist) {
			t.Fatal(err)
		}
		for i, v := range all {
			if v.address == nil || v.bits < 0 || i > 0 && all[i-1].bits < v.bits {
				t.Fatalf("%+v", all)
			}
		}
		s := newWebSegments(newWeb(base.String()), base)
		list, err := s.parse(base, []byte(text))
		if err != nil {
			if !errors.Is(err, ErrPlaylist) {
				t.Fatal(err)
			}
			return
		}
		for _, segment := range list.Segments {
			at := s.parts[segment.Name]
			if !segmentName.MatchString(segment.Name) || at == nil || at.Scheme != "http" && at.Scheme != "https" || at.User != nil {
				t.Fatalf("%q at %v", segment.Name, at)
			}
		}
	})
}
