package gateway

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// copies returns the files of all copies of all slices.
func (w *world) copies() (paths []string) {
	w.t.Helper()
	root := filepath.Dir(w.g.spool)
	must(w.t, filepath.WalkDir(filepath.Join(root, "nodes"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Base(filepath.Dir(path)) == "slices" {
			paths = append(paths, path)
		}
		return err
	}))
	return paths
}

// damage changes one byte of a copy, or its length, or removes it.
func damage(t *testing.T, path string, how int) {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	switch how % 4 {
	case 0:
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		must(t, err)
		at := info.Size() * 2 / 3
		var one [1]byte
		_, err = f.ReadAt(one[:], at)
		must(t, err)
		one[0] ^= 1
		_, err = f.WriteAt(one[:], at)
		must(t, err)
		must(t, f.Close())
	case 1:
		must(t, os.Truncate(path, info.Size()-1))
	case 2:
		must(t, os.Truncate(path, info.Size()+1))
	case 3:
		must(t, os.Remove(path))
	}
}

// forget makes the network read slices whole again, as after a restart.
func (w *world) forget() {
	w.t.Helper()
	w.store.Close()
	s, err := store.Open(w.t.Context(), w.meta, w.pool, &w.log)
	must(w.t, err)
	w.store, w.g.store = s, s
}

func TestDamagedCopiesAreNeverServed(t *testing.T) { inBothModes(t, testDamagedCopiesAreNeverServed) }

func testDamagedCopiesAreNeverServed(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	data := content(300_000, 1)
	hash := a.upload("f", data)
	for round := range 4 {
		paths := w.copies()
		if len(paths) != 5 {
			t.Fatalf("round %d: %d copies", round, len(paths))
		}
		for i, p := range paths[1:] { // one good copy is left
			damage(t, p, round+i)
		}
		if round%2 == 1 {
			w.forget()
		}
		for range 4 { // any copy may be chosen
			if got, last := a.download(hash, len(data)); !bytes.Equal(got, data) {
				t.Fatalf("round %d: download differs: %+v", round, last.Result)
			}
		}
		w.awaitRepair(hash, a, data)
	}
}

// awaitRepair reads until five good copies are there again.
func (w *world) awaitRepair(hash string, a wallet, data []byte) {
	w.t.Helper()
	slice, err := wire.SliceHash(hash, 1, data)
	must(w.t, err)
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		good := 0
		for _, p := range w.copies() {
			raw, err := os.ReadFile(p)
			if err != nil {
				continue
			}
			if h, _ := wire.SliceHash(hash, 1, raw); h == slice {
				good++
			}
		}
		if good == 5 && len(w.copies()) == 5 {
			return
		}
		a.download(hash, len(data))
	}
	w.t.Fatalf("copies were not repaired:\n%s", w.log.buf.String())
}

func TestAllCopiesLost(t *testing.T) { inBothModes(t, testAllCopiesLost) }

func testAllCopiesLost(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	data := content(1000, 1)
	hash := a.upload("f", data)
	for _, p := range w.copies() {
		damage(t, p, 0)
	}
	before, sn := a.ozone()
	if got, r := a.download(hash, len(data)); got != nil || r.Return != "-6" {
		t.Errorf("download: %+v", r.Result)
	}
	if after, now := a.ozone(); after != before || now != sn {
		t.Errorf("a download that failed cost %d", before-after)
	}
}

func TestStoppedNodesDoNotMatter(t *testing.T) { inBothModes(t, testStoppedNodesDoNotMatter) }

func testStoppedNodesDoNotMatter(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	data := content(100_000, 1)
	hash := a.upload("f", data)
	holders := w.copies()
	for _, p := range holders[1:] {
		name := filepath.Base(filepath.Dir(filepath.Dir(p)))
		for _, n := range w.pool.Nodes() {
			if n.Name() == name {
				n.SetState(node.Stopped)
			}
		}
	}
	w.forget()
	for range 5 {
		if got, last := a.download(hash, len(data)); !bytes.Equal(got, data) {
			t.Fatalf("download with one holder left: %+v", last.Result)
		}
	}
	if r := a.tryUpload("g", content(10, 2)); r.Return != "0" {
		t.Errorf("upload with four nodes left: %+v", r)
	}
	left := w.pool.LeastCopies() - 1
	for _, n := range w.pool.Nodes() {
		if n.State() != node.Stopped {
			if left--; left < 0 {
				n.SetState(node.Stopped)
			}
		}
	}
	if r := a.tryUpload("h", content(10, 3)); r.Return != "-9" || r.Detail == "" {
		t.Errorf("upload with too few nodes left: %+v", r)
	}
}
