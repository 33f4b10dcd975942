package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// content is what lies in a folder, by path; what ends in a slash is a folder.
type content map[string][]byte

func (c content) items() (items []Item) {
	for name, body := range c {
		if dir, is := strings.CutSuffix(name, "/"); is {
			items = append(items, Item{Entry: Entry{Path: dir, Folder: true}})
			continue
		}
		items = append(items, Item{
			Entry{Path: name, Size: int64(len(body)), Changed: time.Unix(1_700_000_000, 0).UTC()},
			func(context.Context) (File, error) { return keptOpen{bytes.NewReader(body)}, nil },
		})
	}
	return items
}

func publishFolder(t fatal, n *fakeNet, dir string, c content) (Published, Link) {
	t.Helper()
	p, err := PublishFolder(context.Background(), n, "Trip", c.items(), Options{TempDir: dir, From: "st1sender"})
	if err != nil {
		t.Fatal(err)
	}
	link, err := ParseLink(p.Link)
	if err != nil {
		t.Fatal(err)
	}
	return p, link
}

// checkFolder gets every file of a folder by itself.
func checkFolder(t fatal, o *Object, c content) {
	t.Helper()
	for _, e := range o.Entries() {
		if e.Folder {
			continue
		}
		f, err := o.File(e.Path)
		if err != nil || f.Size != int64(len(c[e.Path])) || f.Name != path.Base(e.Path) {
			t.Fatal(e.Path, f, err)
		}
		var got buffer
		if err := f.SaveTo(context.Background(), &got, nil); err != nil || !bytes.Equal(got.b, c[e.Path]) {
			t.Fatal(e.Path, len(got.b), "of", len(c[e.Path]), err)
		}
		if half := len(c[e.Path]) / 2; half > 0 {
			checkRead(t, f, c[e.Path], half, half)
		}
		_ = f.Close()
	}
}

// Whatever lies in a folder, every file comes back by itself.
func TestFolderRoundTrip(t *testing.T) {
	dir, store := t.TempDir(), newStore(t)
	rapid.Check(t, func(t *rapid.T) {
		n, c := newNet(), content{}
		for i := range rapid.IntRange(0, 5).Draw(t, "files") {
			name := rapid.SampledFrom([]string{"%d.mp4", "in/%d.txt", "in/deep/%d", "z %d.jpg"}).Draw(t, "name")
			size := rapid.OneOf(rapid.IntRange(0, 5000), rapid.IntRange(0, 600_000), rapid.IntRange(0, 2<<20)).Draw(t, "size")
			c[fmt.Sprintf(name, i)] = noise(int64(size+i), size)
		}
		_, link := publishFolder(t, n, dir, c)
		o := open(t, n, link, store)
		defer o.Close()
		files := 0
		for _, e := range o.Entries() {
			if !e.Folder {
				files++
			}
		}
		if files != len(c) || !o.IsFolder() || o.From() != "st1sender" || o.Mime != folderMime {
			t.Fatal(files, len(c), o.Mime)
		}
		checkFolder(t, o, c)
	})
}

func paths(entries []Entry) (out []string) {
	for _, e := range entries {
		mark := ""
		if e.Folder {
			mark = "/"
		}
		out = append(out, e.Path+mark)
	}
	return out
}

func TestFolderHoldsEveryName(t *testing.T) {
	n := newNet()
	_, link := publishFolder(t, n, t.TempDir(), content{
		"Empty/": nil, "a.txt": []byte("1"), "A.TXT": []byte("22"), "what?/x:y": []byte("333"), "deep/er/film.mp4": noise(1, 10), "nothing": {},
	})
	o := open(t, n, link, newStore(t))
	want := []string{"A.TXT", "Empty/", "a (2).txt", "deep/", "deep/er/", "deep/er/film.mp4", "nothing", "what_/", "what_/x_y"}
	if got := paths(o.Entries()); !slices.Equal(got, want) {
		t.Fatal(got)
	}
	e, err := o.Entry("deep/er/film.mp4")
	if err != nil || e.Mime != "video/mp4" || e.Changed.Unix() != 1_700_000_000 || e.Size != 10 {
		t.Fatal(e, err)
	}
	below, err := o.Below("deep")
	if err != nil || !slices.Equal(paths(below), []string{"deep/er/", "deep/er/film.mp4"}) {
		t.Fatal(below, err)
	}
	for _, name := range []string{"none", "dee", "deep", "", "../a.txt"} {
		if _, err := o.File(name); !errors.Is(err, ErrNoEntry) {
			t.Error(name, err)
		}
	}
	if _, err := o.Below("a (2).txt"); !errors.Is(err, ErrNoEntry) {
		t.Error(err)
	}
}

// One file of a large folder costs little more than itself, and small files
// share their parts.
func TestOneFileOfAFolderIsCheap(t *testing.T) {
	n, c := newNet(), content{"film.mp4": movie(10 << 20), "a.bin": noise(1, 2<<20)}
	for i := range 40 {
		c[fmt.Sprintf("notes/%02d", i)] = noise(int64(i), 30_000)
	}
	p, link := publishFolder(t, n, t.TempDir(), c)
	o := open(t, n, link, newStore(t))
	if len(p.Parts) > 7 {
		t.Fatal(len(p.Parts), "parts")
	}
	f, err := o.File("a.bin")
	if err != nil {
		t.Fatal(err)
	}
	checkCost(t, o, "a.bin", 2<<20, 2<<20)
	checkCost(t, o, "notes", 40*30_000, 40*30_000)
	checkCost(t, o, "", 12<<20+40*30_000, 12<<20+40*30_000)
	var got buffer
	if err := f.SaveTo(t.Context(), &got, nil); err != nil || f.Fetched() > 2<<20+10_000 {
		t.Fatal(err, f.Fetched())
	}
	checkCost(t, o, "a.bin", 2<<20, 0)
	checkCost(t, o, "", 12<<20+40*30_000, 10<<20+40*30_000)
	film, err := o.File("film.mp4")
	if err != nil || film.Layout().Places[0].Off != 0 {
		t.Fatal(err)
	}
	checkRead(t, film, c["film.mp4"], 0, 100_000)
	if film.Fetched() > 4<<20 {
		t.Fatal("the start of a film cost", film.Fetched())
	}
	_ = o.Close()
	if film.ctx.Err() == nil {
		t.Fatal("a file outlived its folder")
	}
}

// checkCost compares what it costs with what it should, but for half a
// megabyte of seals and of what is in the manifest.
func checkCost(t *testing.T, o *Object, name string, all, lacking int64) {
	t.Helper()
	const about = 1 << 20
	gotAll, gotLacking, err := o.Cost(name)
	if err != nil || max(gotAll-all, all-gotAll) > about || max(gotLacking-lacking, lacking-gotLacking) > about {
		t.Fatalf("%q costs %d, %d of them not here, want %d and %d: %v", name, gotAll, gotLacking, all, lacking, err)
	}
}

// A reader that closes what it reads does not end the others.
func TestViewsEndByThemselves(t *testing.T) {
	n, body := newNet(), noise(1, 3<<20)
	_, link := publish(t, n, t.TempDir(), "a.bin", body)
	o := open(t, n, link, newStore(t))
	first, second := o.View(), o.View()
	checkSave(t, first, body)
	_ = first.Close()
	checkRead(t, second, body, 1<<20, 1000)
	if _, _, err := o.Cost("x"); !errors.Is(err, ErrNoEntry) {
		t.Error(err)
	}
}

func TestFolderIsStoppedAndTakenBack(t *testing.T) {
	n, c := newNet(), content{"a.mp4": noise(1, 5<<20), "b": noise(2, 900_000)}
	p, _ := publishFolder(t, n, t.TempDir(), c)
	if err := Stop(t.Context(), n, p); err != nil || !n.empty() {
		t.Fatal(err)
	}
	items := c.items()
	for i := range items {
		items[i].Size++ // than there is
	}
	_, err := PublishFolder(t.Context(), n, "x", items, Options{TempDir: t.TempDir()})
	wantSentence(t, err, ErrChanged)
	broken := errors.New("unreadable")
	items[1].Open = func(context.Context) (File, error) { return nil, broken }
	_, err = PublishFolder(t.Context(), n, "x", items[1:], Options{TempDir: t.TempDir()})
	if !errors.Is(err, broken) || !n.empty() {
		t.Fatal(err)
	}
}
