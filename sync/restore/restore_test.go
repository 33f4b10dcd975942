package restore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/drivekey"
	written "github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

var secret = bytes.Repeat([]byte{5}, 32)

// shelf is a network that holds files and nothing else.
type shelf struct {
	files map[string][]byte
	heads []File
}

func (s *shelf) Shares(context.Context) ([]File, error) { return s.heads, nil }
func (s *shelf) List(context.Context) ([]File, error)   { return nil, nil }

func (s *shelf) Download(_ context.Context, id string, _ int64) ([]byte, error) {
	if s.files[id] == nil {
		return nil, ErrLost
	}
	return s.files[id], nil
}

// maker writes packs by the engine's own rules.
type maker struct {
	t    testing.TB
	keys *drivekey.Keys
	zip  *pack.Compressor
	net  *shelf
}

func newMaker(t testing.TB) *maker {
	t.Helper()
	keys, err := drivekey.Derive(secret, drivekey.Drive)
	if err != nil {
		t.Fatal(err)
	}
	zip, err := pack.NewCompressor(1)
	if err != nil {
		t.Fatal(err)
	}
	return &maker{t, keys, zip, &shelf{files: map[string][]byte{}}}
}

func (m *maker) blob(kind pack.Kind, body []byte) pack.Prepared {
	return m.zip.Prepare(kind, m.keys.ID(kind, body), body)
}

// put stores a pack and says what is in it.
func (m *maker) put(file string, use pack.Use, blobs ...pack.Prepared) written.Pack {
	m.t.Helper()
	var out bytes.Buffer
	w, err := pack.NewWriter(&out, m.keys.ForUse(use), use, 0)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, b := range blobs {
		if _, err := w.Add(b); err != nil {
			m.t.Fatal(err)
		}
	}
	if _, err := w.Close(); err != nil {
		m.t.Fatal(err)
	}
	m.net.files[file] = out.Bytes()
	return written.Pack{File: file, Use: use, Size: int64(out.Len()), Blobs: w.Blobs()}
}

// drive stores a drive with one file of many chunks, its content twice, and
// returns the file's bytes.
func (m *maker) drive(chunks int) []byte {
	m.t.Helper()
	var meta, data []pack.Prepared
	save := func(kind pack.Kind, p []byte) (pack.ID, error) {
		b := m.blob(kind, p)
		meta = append(meta, b)
		return b.ID, nil
	}
	var refs []written.Ref
	var whole []byte
	for i := range chunks {
		body := fmt.Appendf(nil, "chunk %d,", i)
		data = append(data, m.blob(pack.Data, body))
		refs = append(refs, written.Ref{ID: data[i].ID, Size: int64(len(body))})
		whole = append(whole, body...)
	}
	content, err := written.NewContent(refs, save)
	if err != nil || content.Depth == 0 {
		m.t.Fatal(content.Depth, err)
	}
	tr := tree.New()
	err = tr.Add(tree.Node{ID: tree.ID{1}, Name: "long.txt", Kind: tree.File, Mode: 0o640, MTime: -7, Size: int64(len(whole)), Content: content.String()})
	if err != nil {
		m.t.Fatal(err)
	}
	root, err := written.SaveTree(tr, save)
	if err != nil {
		m.t.Fatal(err)
	}
	c := written.Commit{Root: root, Generation: 1, Device: written.DeviceID{1}, Name: "laptop", Time: 1e18}
	id, _ := save(pack.Commit, c.Encode())
	h := written.Head{Device: written.DeviceID{1}, Name: "laptop", Counter: 1, Commit: id, Time: 1e18}
	h.Loose = []written.Pack{m.put("first", pack.Content, data...), m.put("again", pack.Content, data...), m.put("meta", pack.Metadata, meta...)}
	m.head(h)
	return whole
}

func (m *maker) head(h written.Head) {
	m.t.Helper()
	p := m.put("head", pack.Head, m.zip.Prepare(pack.Record, pack.ID{}, h.Encode()))
	m.net.heads = []File{{ID: "head", Name: m.keys.NewName(pack.Head), Size: p.Size}, {ID: "other", Name: m.keys.NewName(pack.Content), Size: 9}, {Name: "zz"}}
}

// read opens the drive and returns its only file.
func (m *maker) read() (Entry, []byte, error) {
	m.t.Helper()
	d, err := Open(m.t.Context(), m.net, secret)
	if err != nil || len(d.Tips) != 1 {
		m.t.Fatal(d.Tips, err)
	}
	var e Entry
	if err := d.Walk(m.t.Context(), d.Tips[0], func(f Entry, lost error) { e, err = f, lost }); err != nil {
		m.t.Fatal(err)
	}
	chunks, err := d.Chunks(m.t.Context(), e)
	if err != nil {
		return e, nil, err
	}
	out := make([]byte, e.Size)
	for _, c := range chunks {
		body, err := d.Read(m.t.Context(), c)
		if err != nil {
			return e, nil, err
		}
		copy(out[c.Offset:], body)
	}
	return e, out, nil
}

// A file of so many chunks that their list has lists of lists is read.
func TestListsOfLists(t *testing.T) {
	m := newMaker(t)
	want := m.drive(20_000)
	e, got, err := m.read()
	if err != nil || !bytes.Equal(got, want) {
		t.Fatal(len(got), err)
	}
	if e.Path != "long.txt" || e.Mode != 0o640 || !e.Time.Equal(time.Unix(0, -7)) {
		t.Fatalf("%+v", e)
	}
}

// A blob that lies in two packs is read from the one that is left.
func TestAnotherPackHasIt(t *testing.T) {
	m := newMaker(t)
	want := m.drive(400)
	first := m.net.files["first"]
	for name, now := range map[string][]byte{
		"gone": nil, "cut": first[:len(first)/2], "other": m.net.files["meta"],
		"another drive's": append(bytes.Clone(first[:40]), make([]byte, len(first)-40)...),
	} {
		m.net.files["first"] = now
		if _, got, err := m.read(); err != nil || !bytes.Equal(got, want) {
			t.Fatal(name, err)
		}
	}
	delete(m.net.files, "again")
	if _, _, err := m.read(); !errors.Is(err, ErrLost) {
		t.Fatal(err)
	}
}

// A pack of a later version is not taken for a damaged one.
func TestNewerIsSaid(t *testing.T) {
	m := newMaker(t)
	m.drive(300)
	m.net.files["head"][4] = 2
	if _, err := Open(t.Context(), m.net, secret); !errors.Is(err, ErrNewer) {
		t.Fatal(err)
	}
}

// The keys of this page are those of the program.
func TestMarkIsTheDrives(t *testing.T) {
	m := newMaker(t)
	m.drive(300)
	d, err := Open(t.Context(), m.net, secret)
	if err != nil {
		t.Fatal(err)
	}
	mark := d.Mark()
	if got := fmt.Sprintf("%x", mark[:16]); got != m.keys.Mark() {
		t.Fatal(got)
	}
}

// Whatever bytes an object has, the reader gives them up in order.
func FuzzObjects(f *testing.F) {
	h := written.Head{Device: written.DeviceID{1}, Name: "x", Counter: 3, Loose: []written.Pack{{File: "f", Use: 1, Size: 5}}, Seen: []written.Seen{{Counter: 2}}}
	x := written.Index{Packs: []written.Pack{{File: "f", Use: 1, Size: 99, Blobs: []pack.Blob{{Kind: 1, Length: 40}}}}}
	c := written.Commit{Generation: 1, Name: "y", Parents: []pack.ID{sha256.Sum256(nil)}}
	for _, seed := range [][]byte{h.Encode(), x.Encode(), c.Encode(), {'F', 1, 0, 0}, {'L', 1, 1, 1}, nil} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, p []byte) {
		d, err := Open(t.Context(), &shelf{}, secret)
		if err != nil {
			t.Fatal(err)
		}
		for _, read := range []func(){
			func() { d.record(t.Context(), object(p, 'H')) },
			func() { d.blobs(object(p, 'D'), place{}) },
			func() { b := object(p, 'I'); b.list(func() { b.id() }); d.packs(b, place{}) },
			func() { b := object(p, 'F'); b.number(); b.list(func() { readEntry(b) }) },
			func() { d.chunks(t.Context(), object(p, 'L'), 0, 5) },
		} {
			if err := try(read); err != nil && !errors.Is(err, ErrLost) && !errors.Is(err, ErrNewer) {
				t.Fatal(err)
			}
		}
	})
}
