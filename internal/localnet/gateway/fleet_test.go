package gateway

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// TestUploadOutlivesANode: a node that breaks while a file comes in costs a
// copy, not the upload.
func TestUploadOutlivesANode(t *testing.T) {
	inBothModes(t, func(t *testing.T, w *world) {
		a := w.wallet(1, rich)
		data := content(8_000_000, 1)
		p, r := a.begin(data)
		for range 2 { // the second is taken once the first has reached the nodes
			start, end, _ := r.Range()
			if r = w.sendData(p, data[start:end]); r.Return != "1" {
				t.Fatalf("piece from %d: %+v", start, r)
			}
		}
		broken := w.breakOne()
		if r = a.send(p, data, r); r.Return != "0" {
			t.Fatalf("the last piece: %+v", r)
		}
		if r := w.sign(a.signParams(p.FileHash)); r.Return != "0" {
			t.Fatalf("uploadSign: %+v", r)
		}
		a.await(p.FileHash)
		if got, last := a.download(p.FileHash, len(data)); !bytes.Equal(got, data) {
			t.Errorf("download without node %s: %+v", broken.Name(), last.Result)
		}
	})
}

// breakOne stops a node that is writing and takes its folder away.
func (w *world) breakOne() *node.Node {
	w.t.Helper()
	for _, n := range w.pool.Nodes() {
		folder := filepath.Join(filepath.Dir(w.g.spool), "nodes", n.Name())
		if drafts, _ := filepath.Glob(filepath.Join(folder, "*", "*")); len(drafts) > 0 {
			n.SetState(node.Stopped)
			must(w.t, os.RemoveAll(folder))
			return n
		}
	}
	w.t.Fatal("no node is writing")
	return nil
}

// TestDesiredTier: slices lie on nodes of the class that was asked for.
func TestDesiredTier(t *testing.T) {
	w := newWorldOf(t, 6, 2)
	a := w.wallet(1, rich)
	for i, n := range w.pool.Nodes() {
		n.SetTier(i/2 + 1) // two of each class
	}
	for tier, want := range map[uint32]int{1: 1, 2: 2, 3: 3, 1 << 31: 3} {
		data := content(1000, uint64(tier))
		p := a.uploadParams("f", data, wire.Ordinary)
		p.DesiredTier, p.AllowHigherTier = int(tier), false
		var r wire.Result
		w.call(wire.MethodUpload, p, &r)
		a.send(p, data, r)
		if r := w.sign(a.signParams(p.FileHash)); r.Return != "0" {
			t.Fatalf("uploadSign: %+v", r)
		}
		f, err := w.meta.File(t.Context(), a.Address(), p.FileHash)
		must(t, err)
		slices, err := w.meta.Slices(t.Context(), f.ID)
		must(t, err)
		for _, address := range slices[0].Nodes {
			if got := w.pool.Node(address).Tier(); got != want {
				t.Errorf("asked for class %d: a copy lies on class %d", tier, got)
			}
		}
	}
}

// TestLedger: every byte that goes up and down is noted with who paid, whose
// it is, and where it lay.
func TestLedger(t *testing.T) {
	w := newWorld(t)
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	data := content(5000, 1)
	hash := a.upload("f", data)
	a.download(hash, len(data))
	a.collect(hash, len(data), b.getShared(a.share(hash, wire.ShareParams{}).ShareLink))
	own := meta.Traffic{Owner: a.Address(), Hash: hash}
	for _, c := range []struct {
		wallet, kind string
		want         int64
	}{{a.Address(), meta.Up, 25_000}, {a.Address(), meta.Down, 5000}, {b.Address(), meta.Up, 0}, {b.Address(), meta.Down, 5000}} {
		own.Wallet, own.Kind = c.wallet, c.kind
		if got, err := w.meta.TrafficSum(t.Context(), own); err != nil || got != c.want {
			t.Errorf("%s, paid by %s: %d bytes, not %d (%v)", c.kind, c.wallet, got, c.want, err)
		}
	}
	for _, n := range w.pool.Nodes() {
		up, err := w.meta.TrafficSum(t.Context(), meta.Traffic{Node: n.Address(), Kind: meta.Up})
		must(t, err)
		if up != n.Used() {
			t.Errorf("node %s has %d bytes, %d are in the ledger", n.Name(), n.Used(), up)
		}
	}
}

func TestLedgerOfVideos(t *testing.T) {
	w := newWorld(t)
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	hash := a.storedVideo()
	stored := int64(0)
	for _, n := range w.pool.Nodes() {
		stored += n.Used()
	}
	s := a.share(hash, wire.ShareParams{})
	id := b.prepare(wire.RESTPrepareShared+s.ShareID, func(sn string, ts int64) string {
		return wire.SharedMessage(s.ShareID, b.Address(), sn, ts)
	})
	w.play(id)
	up, err := w.meta.TrafficSum(t.Context(), meta.Traffic{Wallet: a.Address(), Owner: a.Address(), Hash: hash, Kind: meta.Up})
	must(t, err)
	down, err := w.meta.TrafficSum(t.Context(), meta.Traffic{Wallet: b.Address(), Owner: a.Address(), Hash: hash, Kind: meta.Down})
	must(t, err)
	filler := int64(0) // stored, but never served
	for n := uint64(2); n <= 5; n++ {
		filler += int64(len(wire.FillerSlice(hash, n)))
	}
	if up != stored || down <= 0 || down > stored/5 || down < stored/5-filler {
		t.Errorf("%d bytes up and %d down, the copies take %d", up, down, stored)
	}
}
