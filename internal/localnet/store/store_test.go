package store

import (
	"bytes"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// place is a store in a folder that can be opened again.
type place struct {
	t     *testing.T
	dir   string
	meta  *meta.Meta
	pool  *node.Pool
	store *Store
}

func newPlace(t *testing.T) *place {
	p := &place{t: t, dir: t.TempDir()}
	p.open()
	must(t, p.meta.CreditPrepay(t.Context(), meta.Prepay{Height: 1, Beneficiary: "w", Wei: big.NewInt(1), Noz: big.NewInt(1e15)}))
	t.Cleanup(p.close)
	return p
}

func (p *place) open() {
	p.t.Helper()
	var err error
	p.meta, err = meta.Open(p.t.Context(), filepath.Join(p.dir, "meta.db"), meta.Options{})
	must(p.t, err)
	p.pool, err = node.OpenPool(filepath.Join(p.dir, "nodes"), 6, 3)
	must(p.t, err)
	p.store, err = Open(p.t.Context(), p.meta, p.pool, nil)
	must(p.t, err)
}

func (p *place) close() {
	p.store.Close()
	must(p.t, p.meta.Close())
}

func hashOf(data []byte) string {
	h := wire.NewFileHasher()
	h.Write(data)
	return h.Sum(wire.Ordinary)
}

// order asks for data to be put on record under the number that is next.
func (p *place) order(data []byte) meta.Upload {
	p.t.Helper()
	a, err := p.meta.Account(p.t.Context(), "w")
	must(p.t, err)
	return meta.Upload{Owner: "w", Hash: hashOf(data), Name: "f", Size: int64(len(data)), Sequence: a.Sequence, Price: big.NewInt(1)}
}

func (p *place) draft(data []byte) *Draft {
	p.t.Helper()
	d, err := p.store.NewDraft(hashOf(data), int64(len(data)))
	must(p.t, err)
	_, err = d.Write(data)
	must(p.t, err)
	return d
}

// files counts what lies in all nodes: whole slices and drafts.
func (p *place) files() (slices, drafts int) {
	p.t.Helper()
	for folder, n := range map[string]*int{"slices": &slices, "tmp": &drafts} {
		found, err := filepath.Glob(filepath.Join(p.dir, "nodes", "*", folder, "*"))
		must(p.t, err)
		*n = len(found)
	}
	return slices, drafts
}

func (p *place) check(slices, drafts int) {
	p.t.Helper()
	if s, d := p.files(); s != slices || d != drafts {
		p.t.Errorf("%d slices and %d drafts lie there, not %d and %d", s, d, slices, drafts)
	}
}

func (p *place) read(data []byte) []byte {
	p.t.Helper()
	f, err := p.meta.File(p.t.Context(), "w", hashOf(data))
	must(p.t, err)
	r, err := p.store.OpenFile(p.t.Context(), f)
	must(p.t, err)
	var out bytes.Buffer
	for _, s := range r.Slices() {
		must(p.t, r.CopySlice(p.t.Context(), &out, s, func(string, int64) {}))
	}
	return out.Bytes()
}

func TestCommitAndRestart(t *testing.T) {
	p := newPlace(t)
	data := bytes.Repeat([]byte("0123456789abcdef"), 200_000) // two pieces
	d := p.draft(data)
	must(t, d.Commit(t.Context(), p.order(data), false))
	d.Discard() // does nothing any more
	p.check(3, 0)
	for range 2 {
		if !bytes.Equal(p.read(data), data) {
			t.Error("the file differs")
		}
		p.close()
		p.open()
	}
	must(t, p.store.Delete(t.Context(), "w", hashOf(data)))
	p.check(0, 0)
}

// TestWhatIsNotOnRecordGoes: a process that ends at any step of storing leaves
// nothing behind.
func TestWhatIsNotOnRecordGoes(t *testing.T) {
	p := newPlace(t)
	data := []byte("some bytes")
	steps := map[string]func(d *Draft){
		"written": func(d *Draft) {},
		"flushed": func(d *Draft) { must(t, d.Flush()) },
		"named": func(d *Draft) {
			must(t, d.Flush())
			_, err := d.keep(t.Context())
			must(t, err)
		},
		"accepted, not stored": func(d *Draft) {
			must(t, d.Flush())
			must(t, p.meta.AcceptUpload(t.Context(), p.order(data)))
		},
		"accepted and named": func(d *Draft) {
			must(t, d.Flush())
			must(t, p.meta.AcceptUpload(t.Context(), p.order(data)))
			_, err := d.keep(t.Context())
			must(t, err)
		},
	}
	for name, step := range steps {
		step(p.draft(data))
		if s, d := p.files(); s+d == 0 {
			t.Errorf("%s: nothing was written", name)
		}
		p.close()
		p.open()
		p.check(0, 0)
		if a, err := p.meta.Account(t.Context(), "w"); err != nil || a.Noz.Int64() != 1e15 {
			t.Errorf("%s: %v noz are left, %v", name, a.Noz, err)
		}
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	p := newPlace(t)
	data := bytes.Repeat([]byte{1}, 100_000)
	p.draft(data).Discard()
	d, err := p.store.NewDraft(hashOf(data), int64(len(data)))
	must(t, err)
	_, err = d.Write(data[:5000]) // half a slice
	must(t, err)
	if err := d.Commit(t.Context(), p.order(data), false); err == nil {
		t.Error("half a file was stored")
	}
	d.Discard()
	p.check(0, 0)
}

func TestRefusedCommitLeavesNothing(t *testing.T) {
	p := newPlace(t)
	data := []byte("some bytes")
	order := p.order(data)
	order.Sequence = "stale"
	d := p.draft(data)
	if err := d.Commit(t.Context(), order, false); err != meta.BadSignature {
		t.Errorf("error %v", err)
	}
	d.Discard()
	p.check(0, 0)
}

func TestTooManyBytes(t *testing.T) {
	p := newPlace(t)
	d, err := p.store.NewDraft(hashOf(nil), 3)
	must(t, err)
	defer d.Discard()
	if _, err := d.Write([]byte("abcd")); err == nil {
		t.Error("a fourth byte was taken")
	}
}

func TestSlicesOfAVideo(t *testing.T) {
	p := newPlace(t)
	h := wire.NewFileHasher()
	hash := h.Sum(wire.Video)
	d, err := p.store.NewDraft(hash, 10)
	must(t, err)
	parts := []string{"map", "", strings.Repeat("x", 5<<20), "playlist"}
	for _, part := range parts {
		must(t, d.WriteSlice(strings.NewReader(part), int64(len(part))))
	}
	order := p.order(nil)
	order.Hash, order.Video = hash, true
	must(t, d.Commit(t.Context(), order, false))
	f, err := p.meta.File(t.Context(), "w", hash)
	must(t, err)
	r, err := p.store.OpenFile(t.Context(), f)
	must(t, err)
	for i, part := range parts {
		s, ok := r.Slice(int64(i + 1))
		var out bytes.Buffer
		if !ok || r.CopySlice(t.Context(), &out, s, func(string, int64) {}) != nil || out.String() != part {
			t.Errorf("slice %d has %d bytes", i+1, out.Len())
		}
		if want, _ := wire.SliceHash(hash, uint64(i+1), []byte(part)); s.Hash != want {
			t.Errorf("slice %d has hash %s", i+1, s.Hash)
		}
	}
}

// TestSameContentIsKeptOnce: another wallet's file of the same content needs
// no more copies, and they are whole even when some were lost.
func TestSameContentIsKeptOnce(t *testing.T) {
	p := newPlace(t)
	must(t, p.meta.CreditPrepay(t.Context(), meta.Prepay{Height: 2, Beneficiary: "v", Wei: big.NewInt(1), Noz: big.NewInt(1e15)}))
	data := []byte("some bytes")
	must(t, p.draft(data).Commit(t.Context(), p.order(data), false))
	other := p.order(data)
	other.Owner, other.Sequence = "v", meta.SequenceText(1)
	must(t, p.draft(data).Commit(t.Context(), other, false))
	p.check(3, 0)
	found, err := filepath.Glob(filepath.Join(p.dir, "nodes", "*", "slices", "*"))
	must(t, err)
	must(t, os.Remove(found[0]))
	must(t, p.store.Delete(t.Context(), "v", other.Hash))
	again := p.order(data)
	again.Owner, again.Sequence = "v", meta.SequenceText(2)
	must(t, p.draft(data).Commit(t.Context(), again, false))
	if s, _ := p.files(); s < 3 {
		t.Errorf("%d copies", s)
	}
}
