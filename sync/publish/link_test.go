package publish

import (
	"bytes"
	"fmt"
	"log/slog"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/sync/drivekey"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

const sample = "stos://RHumTB_78a8fe38a826fed4#AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

func TestParseLink(t *testing.T) {
	for _, text := range []string{sample, "  " + sample + "\r\n", strings.Replace(sample, "stos", "Stos", 1)} {
		l, err := ParseLink(text)
		if err != nil || l.String() != sample || l.key[31] != 31 {
			t.Errorf("%q: %v", text, err)
		}
	}
	share, key, _ := strings.Cut(sample, "#")
	for _, text := range []string{
		"", "stos", "stos://", share, share + "#", sample[:len(sample)-1], sample + "A", sample + "=", "sds://RHumTB_78a8fe38a826fed4",
		"stos://#" + key, "stos://a/b/../etc/x#" + key, "stos://" + strings.Repeat("a", 200) + "#" + key,
		share + "/pass#" + key, strings.Replace(sample, "AAEC", "AA EC", 1), strings.Replace(sample, "AAEC", "AA\nEC", 1),
		strings.Replace(sample, "AAEC", "AA+C", 1), sample[:len(sample)-1] + "9", sample + "#" + key,
	} {
		_, err := ParseLink(text)
		wantSentence(t, err, ErrLink)
		if strings.Contains(err.Error(), key[:20]) {
			t.Errorf("the error for %q repeats the key", text)
		}
	}
	if !IsLink(share) || IsLink("sds://x") {
		t.Error("IsLink")
	}
}

func TestKeyStaysOutOfLogs(t *testing.T) {
	l, _ := ParseLink(sample)
	var out bytes.Buffer
	slog.New(slog.NewJSONHandler(&out, nil)).Info("opened", "link", l)
	if strings.Contains(out.String(), "AAECAw") || !strings.Contains(out.String(), "RHumTB_78a8fe38a826fed4") {
		t.Error(out.String())
	}
}

func FuzzParseLink(f *testing.F) {
	f.Add(sample)
	f.Add("stos://x#y")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := ParseLink(text)
		if err != nil {
			return
		}
		again, err := ParseLink(l.String())
		if err != nil || again != l || l.inside == "" && !strings.Contains(text, "/") && !strings.HasSuffix(strings.TrimSpace(text), l.String()[len(Scheme):]) {
			t.Fatal(text, l, err)
		}
	})
}

func FuzzManifest(f *testing.F) {
	share := strings.Repeat("a", 34)
	f.Add(manifest{name: "a"}.encode())
	f.Add(manifest{name: "a.mp4", mime: "video/mp4", size: 7, parts: []part{
		{blobs: []blob{{off: 2, size: 5, sealed: 22}}},
		{link: share, size: 900, blobs: []blob{{off: 0, size: 2, sealed: 19}}},
	}}.encode())
	f.Add(manifest{name: "a", version: 2, from: "st1x"}.encode())
	f.Add(manifest{name: "a", size: 3, version: 2, folder: true, tree: tree{
		{Path: "b", Folder: true}, {Path: "b/c.txt", Mime: "text/plain", Size: 1, Changed: time.Unix(9, 0)}, {Path: "d", Size: 2},
	}, parts: []part{{blobs: []blob{{size: 1, sealed: 18}, {off: 1, size: 2, sealed: 19}}}}}.encode())
	f.Fuzz(func(t *testing.T, p []byte) {
		m, err := decodeManifest(p)
		if err != nil {
			return
		}
		if !bytes.Equal(m.encode(), p) {
			t.Fatal("two encodings of one manifest")
		}
		at := int64(0)
		for _, b := range m.inOrder() {
			if b.off != at || b.size <= 0 || int(b.at+b.sealed) > pack.MaxSize {
				t.Fatal(b)
			}
			at += b.size
		}
		if at != m.size {
			t.Fatal(at, m.size)
		}
		for _, e := range m.tree {
			if !filepath.IsLocal(filepath.FromSlash(e.Path)) || e.Path != path.Clean(e.Path) {
				t.Fatal(e.Path)
			}
		}
	})
}

func TestManifestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := manifest{name: "a b.mkv", mime: "video/x-matroska", version: plainVersion}
		for i := range rapid.IntRange(0, 4).Draw(t, "parts") {
			p, at := part{link: fmt.Sprintf("%034x", i)}, uint32(pack.HeaderSize)
			for range rapid.IntRange(1, 5).Draw(t, "blobs") {
				b := blob{off: m.size, size: rapid.Int64Range(1, maxChunk).Draw(t, "size"), part: i, at: at}
				b.sealed = uint32(rapid.IntRange(pack.Overhead, maxChunk).Draw(t, "sealed"))
				b.id[0] = byte(i)
				p.blobs = append(p.blobs, b)
				m.size += b.size
				at += b.sealed
			}
			p.size = int64(at) + pack.Overhead + pack.TrailerSize
			m.parts = append(m.parts, p)
		}
		got, err := decodeManifest(m.encode())
		if err != nil || fmt.Sprint(got) != fmt.Sprint(m) {
			t.Fatal(got, err)
		}
	})
}

func TestCleanName(t *testing.T) {
	for name, want := range map[string]string{
		"a.txt": "a.txt", "/x/y/a.txt": "a.txt", `C:\x\a.txt`: "a.txt", "..": "file", "": "file", "a/": "file",
		"what?.mp4": "what_.mp4", "C:a": "C_a", "con": "_con", "com1.txt": "_com1.txt", "a. ": "a", " a": "a",
		"a\u202egpj.exe": "agpj.exe", "a\x00\nb": "ab", "über 👩‍🚀.pdf": "über 👩‍🚀.pdf", ".profile": ".profile", "a\xffb": "ab",
	} {
		if got := cleanName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if got := cleanName(strings.Repeat("ä", 300) + ".jpeg"); len(got) > maxName || !strings.HasSuffix(got, "ä.jpeg") {
		t.Error(got)
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.String(), rapid.StringN(150, 260, 400), rapid.StringMatching(`[ ./\\:acCoOnN1\x00]{0,12}`)).Draw(t, "name")
		got := cleanName(name)
		if got != cleanName(got) || got == "" || len(got) > maxName || !utf8.ValidString(got) || strings.ContainsAny(got, `/\:`) {
			t.Fatalf("%q: %q, then %q", name, got, cleanName(got))
		}
	})
}

func TestMime(t *testing.T) {
	for name, want := range map[string]string{"a.MP4": "video/mp4", "a": "text/plain", "a.unknown": "text/plain"} {
		if got := mimeOf(name, []byte("hello")); got != want {
			t.Error(name, got)
		}
	}
	for text, want := range map[string]string{"text/html; charset=x": "text/html", "": anyBytes, "x\r\ny: z": anyBytes, "video": anyBytes} {
		if got := bareMime(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// The keys of a link are settled: readers elsewhere derive the same.
func TestKeysOfALink(t *testing.T) {
	l, _ := ParseLink(sample)
	k, err := drivekey.Derive(l.key[:], drivekey.Link)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%x %x %s", k.ForUse(pack.Part), k.ForUse(pack.Manifest), k.ID(pack.Data, []byte("hello")))
	const want = "c74bf26b96ab79b09deffa23e15eb16775dd75b59e836c93f354e4fba77d3d5c " +
		"c677971bb16cf7157cacea55f12e668c81eb2723792e15bb2437143bc91edf45 " +
		"a3e5b458b5b12e71aa7d927a832b4414b69ee0b62932d3f005daf87154d42d3f"
	if got != want {
		t.Error(got)
	}
}
