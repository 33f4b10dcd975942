package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// TestWriteErrorsDoNotFailUploads: a node that fails in mid upload loses its
// copy, the rest goes on, and the copy is made elsewhere.
func TestWriteErrorsDoNotFailUploads(t *testing.T) {
	for _, how := range []string{"disk", "stop", "both"} {
		w := newWorld(t, 6, 3)
		data := []byte(strings.Repeat("0123456789", 100_000))
		d, err := w.store.NewDraft(hashOf(data), int64(len(data)))
		must(t, err)
		_, err = d.Write(data[:500_000])
		must(t, err)
		first := d.slices[0].spread.Nodes()
		failing := first[:1]
		if how == "both" {
			failing = first[:2]
		}
		for _, n := range failing {
			if how == "stop" {
				must(t, w.store.StopNode(t.Context(), n.Name()))
			} else {
				w.shaky.breakWrites(n.Name(), errDisk)
			}
		}
		_, err = d.Write(data[500_000:])
		if err == nil {
			err = d.Commit(t.Context(), orderOf(t, w, data), false)
		}
		if how == "both" {
			if err == nil {
				t.Error("one copy of three was enough")
			}
			d.Discard()
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", how, err)
		}
		w.contents[hashOf(data)] = data
		if made := w.mendAll(); made != 1 {
			t.Errorf("%s: %d copies were made", how, made)
		}
		w.clean()
		w.readAll()
		if got := w.repaired(first[0].Owner()); got != int64(len(data)) {
			t.Errorf("%s: %d bytes are charged", how, got)
		}
	}
}

func orderOf(t *testing.T, w *world, data []byte) meta.Upload {
	t.Helper()
	a, err := w.meta.Account(t.Context(), "w")
	must(t, err)
	return meta.Upload{
		Owner: "w", Hash: hashOf(data), Name: "f", Size: int64(len(data)),
		Sequence: a.Sequence, Price: meta.UploadPrice(int64(len(data)), w.replicas),
	}
}

// TestReadersFollowCopies: whoever began to read before all copies moved reads
// on, and nobody is blamed for it.
func TestReadersFollowCopies(t *testing.T) {
	w := newWorld(t, 6, 2)
	hash := w.put([]byte("some bytes"), 100)
	f, err := w.meta.File(t.Context(), "w", hash)
	must(t, err)
	r, err := w.store.OpenFile(t.Context(), f)
	must(t, err)
	for _, name := range w.holders(hash) {
		must(t, w.store.DrainNode(t.Context(), name))
	}
	w.surveyed()
	p, err := r.Piece(t.Context(), r.Slices()[0], 0)
	if err != nil || string(p.Data) != "some bytes" {
		t.Errorf("%q, %v", p.Data, err)
	}
	w.look(1)
	for _, n := range w.pool.Nodes() {
		if n.Score() != node.FullScore {
			t.Errorf("node %s has %v points", n.Name(), n.Score())
		}
	}
}

// TestWorkInTheBackground: without anybody's doing, a copy that an upload lost
// is made again, and a drained node gets empty.
func TestWorkInTheBackground(t *testing.T) {
	w := newWorld(t, 6, 3)
	w.store.begin(t.Context())
	data := []byte("some bytes")
	d, order, err := w.video(t.Context(), data, 5)
	must(t, err)
	must(t, d.Flush())
	lost := d.slices[0].spread.Nodes()[0]
	w.shaky.breakWrites(lost.Name(), errDisk)
	drafts, err := filepath.Glob(filepath.Join(w.dir, "nodes", lost.Name(), "tmp", "*"))
	must(t, err)
	for _, path := range drafts { // so that they cannot get their names
		must(t, os.Remove(path))
	}
	must(t, d.Commit(t.Context(), order, false))
	await(t, func() bool {
		f, err := w.meta.File(t.Context(), "w", order.Hash)
		must(t, err)
		n, err := w.meta.Replicas(t.Context(), f.ID)
		return err == nil && n == 3
	})
	other := w.holders(order.Hash)[0]
	must(t, w.store.DrainNode(t.Context(), other))
	await(t, func() bool { return w.status(other).Left == 0 })
	w.clean()
}

// await waits for something that happens in the background.
func await(t *testing.T, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatal("it did not happen")
}
