package publish

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// Whatever a file is called and holds, it comes back whole, by saving and by
// reading anywhere.
func TestRoundTrip(t *testing.T) {
	dir, store := t.TempDir(), newStore(t)
	rapid.Check(t, func(t *rapid.T) {
		n := newNet()
		n.piece = rapid.IntRange(10_000, 3_000_000).Draw(t, "piece")
		name := rapid.SampledFrom([]string{"a.mp4", "b.mkv", "c.txt", "d", "e.avi"}).Draw(t, "name")
		size := rapid.OneOf(rapid.IntRange(0, 5000), rapid.IntRange(0, 600_000), rapid.IntRange(0, 7<<20)).Draw(t, "size")
		body := noise(int64(size), size)
		if rapid.Bool().Draw(t, "compressible") {
			body = bytes.Repeat([]byte("words and words. "), size/17)
		}
		_, link := publish(t, n, dir, name, body)
		o := open(t, n, link, store)
		defer o.Close()
		checkSave(t, o, body)
		for range 5 {
			checkRead(t, o, body, rapid.IntRange(0, len(body)).Draw(t, "off"), rapid.IntRange(0, 2<<20).Draw(t, "len"))
		}
	})
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Fatal("parts left on disk:", left, err)
	}
}

func checkSave(t fatal, o *Object, body []byte) {
	t.Helper()
	var got buffer
	last := int64(0)
	err := o.SaveTo(context.Background(), &got, func(done, total int64) {
		if done <= last || total != int64(len(body)) {
			t.Fatal("progress", done, total)
		}
		last = done
	})
	if err != nil || !bytes.Equal(got.b, body) || last != int64(len(body)) || o.Size != last {
		t.Fatal("saved", len(got.b), "of", len(body), last, err)
	}
}

func checkRead(t fatal, o *Object, body []byte, off, length int) {
	t.Helper()
	p := make([]byte, length)
	n, err := o.ReadAt(p, int64(off))
	want := body[off:min(off+length, len(body))]
	if !bytes.Equal(p[:n], want) || (err != nil) != (len(want) < length) || (err != nil && !errors.Is(err, io.EOF)) {
		t.Fatal("read", off, length, "got", n, err)
	}
}

func TestWhatTheNetworkSees(t *testing.T) {
	n := newNet()
	body := bytes.Repeat([]byte("secret words. "), 500_000)
	p, link := publish(t, n, t.TempDir(), "/home/me/Secret plan.txt", body)
	for _, name := range n.names {
		if !regexp.MustCompile(`^[0-9a-f]{48}$`).MatchString(name) {
			t.Error("telling name", name)
		}
	}
	for id, file := range n.files {
		if bytes.Contains(file, []byte("secret")) || bytes.Contains(file, []byte("Secret")) || bytes.Contains(file, link.key[:]) {
			t.Error("plain bytes in", id)
		}
	}
	for _, call := range n.calls {
		if strings.Contains(call, strings.Split(p.Link, "#")[1]) {
			t.Error("key in", call)
		}
	}
	if o := open(t, n, link, newStore(t)); o.Name != "Secret plan.txt" || o.Mime != "text/plain" {
		t.Error(o.Name, o.Mime)
	}
}

// A small file, and an empty one, is in the manifest: one upload, one fetch.
func TestSmallFilesAreOneFile(t *testing.T) {
	for _, size := range []int{0, 1, inManifest} {
		n := newNet()
		body := noise(1, size)
		p, link := publish(t, n, t.TempDir(), "note.txt", body)
		o := open(t, n, link, newStore(t))
		checkSave(t, o, body)
		if len(n.files) != 1 || len(p.Parts) != 0 || n.fetches(p.ShareID) != 0 || n.taken[p.ShareID] != 1 {
			t.Error(size, len(n.files), p.Parts, n.taken)
		}
		if size == 0 && len(o.man.parts) != 0 {
			t.Error("an empty file has parts")
		}
	}
}

func TestSizesOfParts(t *testing.T) {
	for name, want := range map[string]int{"a.mp4": 3 << 20, "a.bin": 16 << 20} {
		n := newNet()
		p, link := publish(t, n, t.TempDir(), name, noise(3, 40<<20))
		sum := 0
		for _, ref := range p.Parts {
			size := len(n.files[ref.FileID])
			if sum += size; size > want+10_000 {
				t.Errorf("%s: part of %d bytes", name, size)
			}
		}
		if most := sum/want + 2; len(p.Parts) > most {
			t.Errorf("%s: %d parts, want %d", name, len(p.Parts), most)
		}
		if m := len(n.files[p.FileID]); m > 512<<10 {
			t.Error("manifest of", m)
		}
		if o := open(t, n, link, newStore(t)); len(o.chunks) < 40 {
			t.Error(len(o.chunks), "chunks")
		}
	}
}

// The first parts all wait for each other, so they must be on their way
// together.
func TestSeveralUploadsAtATime(t *testing.T) {
	n := newNet()
	var arrived atomic.Int32
	all := make(chan struct{})
	n.fault = func(method, _ string, after bool) error {
		if method == "Upload" && !after && arrived.Add(1) == uploads {
			close(all)
		}
		if method == "Upload" {
			<-all
		}
		return nil
	}
	publish(t, n, t.TempDir(), "a.mp4", noise(3, 20<<20))
	if n.most != uploads {
		t.Error(n.most, "uploads at a time")
	}
}

func TestProgressAndNotes(t *testing.T) {
	n := newNet()
	body := noise(5, 10<<20)
	done, notes := int64(0), Published{}
	p, err := Publish(t.Context(), n, bytes.NewReader(body), int64(len(body)), "a.mp4", Options{
		TTL: time.Hour, TempDir: t.TempDir(),
		Progress: func(now, total int64) {
			if now < done || total != int64(len(body)) {
				t.Error("progress", now, total)
			}
			done = now
		},
		Note: func(now Published) {
			if now.Empty() || len(now.Parts) < len(notes.Parts) {
				t.Error("note", now)
			}
			notes = now
		},
	})
	if err != nil || done != int64(len(body)) || notes.Link != p.Link || len(notes.Parts) != len(p.Parts) {
		t.Fatal(err, done, notes)
	}
	if d := time.Until(p.Expires); d > time.Hour || d < 59*time.Minute {
		t.Error("expires in", d)
	}
	text, err := json.Marshal(p)
	var again Published
	if err != nil || json.Unmarshal(text, &again) != nil {
		t.Fatal(err)
	}
	if err := Stop(t.Context(), n, again); err != nil || !n.empty() {
		t.Fatal("a stored register entry does not stop its link:", err)
	}
}

func wantSentence(t fatal, err, want error) {
	t.Helper()
	said, ok := errors.AsType[*fault.Error](err)
	if !errors.Is(err, want) || !ok || !strings.HasSuffix(said.Sentence, ".") {
		t.Fatal("want", want, "with a sentence, got", err)
	}
}

func TestFileShorterThanItsSize(t *testing.T) {
	for _, size := range []int64{100, 5 << 20} {
		n := newNet()
		_, err := Publish(t.Context(), n, bytes.NewReader(noise(1, 90)), size, "a", Options{TempDir: t.TempDir()})
		wantSentence(t, err, ErrChanged)
		if !n.empty() {
			t.Fatal("something stayed")
		}
	}
	for _, size := range []int64{-1, MaxFile + 1} {
		_, err := Publish(t.Context(), newNet(), bytes.NewReader(nil), size, "a", Options{})
		wantSentence(t, err, ErrTooLarge)
	}
}

// The list of the largest file fits into one blob.
func TestLargestFileFits(t *testing.T) {
	entry := len(manifest{parts: []part{{blobs: []blob{{off: MaxFile, size: maxChunk, sealed: maxChunk}}}}}.encode())
	const perPart = filePart / maxChunk
	chunks := MaxFile / chunkSize(MaxFile)
	if total := chunks*int64(entry) + chunks/perPart*(maxLink/2+6); total > pack.MaxBlob {
		t.Fatal(total, "bytes for", chunks, "chunks")
	}
}
