package object

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// shelf keeps objects in memory.
type shelf struct {
	all   map[pack.ID][]byte
	fresh int
}

func newShelf() *shelf { return &shelf{all: map[pack.ID][]byte{}} }

func (s *shelf) save(kind pack.Kind, p []byte) (pack.ID, error) {
	id := pack.ID(sha256.Sum256(append([]byte{byte(kind)}, p...)))
	if s.all[id] == nil {
		s.fresh += len(p)
	}
	s.all[id] = p
	return id, nil
}

func (s *shelf) load(_ pack.Kind, id pack.ID) ([]byte, error) {
	if p := s.all[id]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("no object %s", id)
}

func randomTree(t testing.TB, rng *rand.Rand, n int) *tree.Tree {
	t.Helper()
	tr := tree.New()
	folders := []tree.ID{{}}
	for i := range n {
		nd := tree.Node{Parent: folders[rng.Intn(len(folders))], Name: fmt.Sprintf("n%d", i), Mode: uint32(rng.Intn(0o1000))}
		rng.Read(nd.ID[:])
		switch nd.Kind = tree.Kind(1 + rng.Intn(3)); nd.Kind {
		case tree.Folder:
			folders = append(folders, nd.ID)
		case tree.Link:
			nd.Content, nd.MTime, nd.By = "target", -5, "desk"
		case tree.File:
			nd.Content, nd.Size, nd.MTime, nd.By = Content{Refs: []Ref{{pack.ID{byte(i)}, 9}}}.String(), 9, rng.Int63(), "laptop"
		}
		if err := tr.Add(nd); err != nil {
			t.Fatal(err)
		}
	}
	tr.SetAlias(tree.ID{9}, tree.ID{1})
	return tr
}

func TestTreeRoundTrip(t *testing.T) {
	for seed := range int64(20) {
		rng := rand.New(rand.NewSource(seed))
		tr := randomTree(t, rng, rng.Intn(3000))
		s := newShelf()
		id, err := SaveTree(tr, s.save)
		if err != nil {
			t.Fatal(err)
		}
		got, err := LoadTree(id, s.load)
		if err != nil || !got.Equal(tr) {
			t.Fatal(seed, err)
		}
		again, _ := SaveTree(got, newShelf().save)
		if again != id {
			t.Fatal(seed, "id changes")
		}
	}
}

// One change in a large folder stores a small part of it anew.
func TestLargeFolderChangesInParts(t *testing.T) {
	s := newShelf()
	full, err := saveFolder(wide(50_000, ""), s.save)
	if err != nil {
		t.Fatal(err)
	}
	s.fresh = 0
	changed, _ := saveFolder(wide(50_000, "name 777"), s.save)
	if full == changed || s.fresh > 64<<10 {
		t.Fatal(s.fresh, "bytes for one change")
	}
	n := 0
	if err := loadFolder(changed, s.load, 0, func(Entry) error { n++; return nil }); err != nil || n != 50_000 {
		t.Fatal(n, err)
	}
}

func wide(n int, touched string) []Entry {
	out := make([]Entry, n)
	for i := range out {
		e := &out[i]
		e.Name, e.Kind = fmt.Sprint("name ", i), tree.File
		e.ID[0], e.ID[1], e.ID[2] = byte(i), byte(i>>8), byte(i>>16)
		if e.Name == touched {
			e.Size = 1
		}
	}
	return out
}

func TestLongChunkLists(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	chunks := make([]Ref, 70_000)
	for i := range chunks {
		rng.Read(chunks[i].ID[:])
		chunks[i].Size = int64(1 + rng.Intn(1<<20))
	}
	s := newShelf()
	c, err := NewContent(chunks, s.save)
	if err != nil || len(c.Refs) > maxRefs || c.Depth < 2 {
		t.Fatal(len(c.Refs), c.Depth, err)
	}
	got, err := c.Chunks(s.load)
	if err != nil || len(got) != len(chunks) || got[123] != chunks[123] || c.Size() != (Content{Refs: chunks}).Size() {
		t.Fatal(len(got), err)
	}
	s.fresh = 0
	if _, err := NewContent(append([]Ref{{pack.ID{1}, 1}}, chunks...), s.save); err != nil || s.fresh > 64<<10 {
		t.Fatal("one chunk in front stores", s.fresh, "bytes", err)
	}
	parsed, err := ParseContent(c.String())
	if err != nil || parsed.String() != c.String() {
		t.Fatal(err)
	}
}

func drawBlobs(t *rapid.T) []pack.Blob {
	at := uint32(pack.HeaderSize)
	var out []pack.Blob
	for range rapid.IntRange(0, 4).Draw(t, "blobs") {
		b := pack.Blob{Kind: pack.Kind(rapid.Byte().Draw(t, "kind")), ID: pack.ID{rapid.Byte().Draw(t, "id")}, Offset: at, Length: uint32(rapid.IntRange(0, 1<<20).Draw(t, "len"))}
		at += b.Length
		out = append(out, b)
	}
	return out
}

func drawPacks(t *rapid.T) []Pack {
	var out []Pack
	for range rapid.IntRange(0, 3).Draw(t, "packs") {
		out = append(out, Pack{File: rapid.StringN(0, 20, 40).Draw(t, "file"), Use: pack.Content, Size: 100, Blobs: drawBlobs(t)})
	}
	return out
}

func TestHeadAndIndexRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := Head{Name: "laptop", Counter: rapid.Uint64().Draw(t, "n"), Time: rapid.Int64().Draw(t, "time"), Loose: drawPacks(t)}
		for i := range byte(rapid.IntRange(0, 4).Draw(t, "seen")) {
			h.Seen = append(h.Seen, Seen{Device: DeviceID{i}, Counter: uint64(i), Commit: pack.ID{i}})
			h.Indexes = append(h.Indexes, IndexRef{ID: pack.ID{i}, File: "f", Size: 9, Offset: 40, Length: 7})
			h.Extras = append(h.Extras, Extra{uint64(i), []byte("later versions")})
		}
		got, err := DecodeHead(h.Encode())
		if err != nil || !bytes.Equal(got.Encode(), h.Encode()) || got.Counter != h.Counter || len(got.Loose) != len(h.Loose) {
			t.Fatal(err)
		}
		x := Index{Replaces: []pack.ID{{2}, {1}}, Packs: drawPacks(t)}
		back, err := DecodeIndex(x.Encode())
		if err != nil || !bytes.Equal(back.Encode(), x.Encode()) {
			t.Fatal(err)
		}
	})
}

func TestMergeCommitsAreEqual(t *testing.T) {
	a := Commit{Root: pack.ID{1}, Parents: []pack.ID{{3}, {2}}, Generation: 4, Time: 7}
	b := Commit{Root: pack.ID{1}, Parents: []pack.ID{{2}, {3}}, Generation: 4, Time: 7}
	if !bytes.Equal(a.Encode(), b.Encode()) {
		t.Fatal("order of parents shows")
	}
	if got, err := DecodeCommit(a.Encode()); err != nil || got.Generation != 4 || len(got.Parents) != 2 {
		t.Fatal(got, err)
	}
}

func TestHostileNamesAreRefused(t *testing.T) {
	for _, name := range []string{"", ".", "..", "a/b", "a\x00b", "\xff", strings.Repeat("x", tree.MaxName+1)} {
		p := encodeLeaf([]Entry{{Node: tree.Node{Name: name, Kind: tree.File}}})
		if _, _, err := DecodeFolder(p); err == nil {
			t.Errorf("accepted %q", name)
		}
	}
}

// Whatever is decoded encodes to the same bytes: there are no two forms of one
// object.
func FuzzDecode(f *testing.F) {
	f.Add((&Head{Name: "x", Loose: []Pack{{File: "f", Blobs: []pack.Blob{{Kind: 1, Offset: pack.HeaderSize, Length: 3}}}}}).Encode())
	f.Add((&Index{Replaces: []pack.ID{{1}}}).Encode())
	f.Add((&Commit{Parents: []pack.ID{{1}}}).Encode())
	f.Add(encodeLeaf(wide(3, "")))
	f.Add(encodeList(Content{Refs: []Ref{{pack.ID{1}, 5}}}))
	f.Fuzz(func(t *testing.T, p []byte) {
		again := [][]byte{}
		if h, err := DecodeHead(p); err == nil {
			again = append(again, h.Encode())
		}
		if x, err := DecodeIndex(p); err == nil {
			again = append(again, x.Encode())
		}
		if c, err := DecodeCommit(p); err == nil {
			again = append(again, c.Encode())
		}
		if e, parts, err := DecodeFolder(p); err == nil && parts == nil {
			again = append(again, encodeLeaf(e))
		}
		if c, err := DecodeList(p); err == nil {
			again = append(again, encodeList(c))
		}
		if c, err := ParseContent(string(p)); err == nil {
			again = append(again, []byte(c.String()))
		}
		_, _ = decodeRoot(p, tree.New())
		for _, b := range again {
			if !bytes.Equal(b, p) {
				t.Fatalf("%x becomes %x", p, b)
			}
		}
	})
}
