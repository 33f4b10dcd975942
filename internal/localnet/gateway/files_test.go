package gateway

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func TestUploadAndDownload(t *testing.T) { inBothModes(t, testUploadAndDownload) }

func testUploadAndDownload(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	sizes := []int{1, 1024, 3 << 20, 3_500_000, 3_500_001} // more than a slice: TestFaithfulOrderOfSlices
	for i, size := range sizes {
		data := content(size, uint64(i))
		before, _ := a.ozone()
		hash := a.upload(fmt.Sprintf("f%d", size), data)
		if s := a.status(hash); s.State != wire.StateFinished || s.Replicas != 5 || !s.HasFile {
			t.Errorf("%d bytes: status %+v", size, s)
		}
		after, _ := a.ozone()
		if before-after != int64(size)*5 {
			t.Errorf("%d bytes: upload cost %d", size, before-after)
		}
		got, last := a.download(hash, size)
		if !bytes.Equal(got, data) {
			t.Errorf("%d bytes: download differs, last answer %+v", size, last)
		}
		if end, _ := a.ozone(); after-end != int64(size) {
			t.Errorf("%d bytes: download cost %d", size, after-end)
		}
	}
	checkTraffic(t, w, a, sizes)
}

// checkTraffic: what went up and down is in the ledger, byte for byte.
func checkTraffic(t *testing.T, w *world, a wallet, sizes []int) {
	t.Helper()
	sum := int64(0)
	for _, s := range sizes {
		sum += int64(s)
	}
	up, err := w.meta.TrafficSum(t.Context(), meta.Traffic{Wallet: a.Address(), Kind: meta.Up})
	must(t, err)
	down, err := w.meta.TrafficSum(t.Context(), meta.Traffic{Owner: a.Address(), Kind: meta.Down})
	must(t, err)
	if up != 5*sum || down != sum {
		t.Errorf("ledger has %d up and %d down, files have %d", up, down, sum)
	}
}

func TestListPages(t *testing.T) { inBothModes(t, testListPages) }

func testListPages(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	for i := range 23 {
		a.upload(fmt.Sprintf("f%d", i), content(10+i, uint64(i)))
	}
	seen := map[string]bool{}
	for page, want := range []int{20, 3, 0} {
		ts := a.now()
		var r wire.ListResult
		w.call(wire.MethodList, wire.ListParams{Signature: a.signed(wire.ListMessage(a.Address(), ts)), Page: uint64(page), ReqTime: ts}, &r)
		if r.Return != "0" || len(r.Files) != want || r.TotalNumber != 23 || r.Page != uint64(page) {
			t.Errorf("page %d: %d files, %+v", page, len(r.Files), r)
		}
		for _, f := range r.Files {
			seen[f.FileHash] = true
			if f.CreateTime > ts || f.CreateTime < ts-300 || f.FileName == "" || f.FileSize < 10 {
				t.Errorf("entry %+v", f)
			}
		}
	}
	if len(seen) != 23 {
		t.Errorf("%d different files", len(seen))
	}
}

func TestDeleteFreesTheCopies(t *testing.T) { inBothModes(t, testDeleteFreesTheCopies) }

func testDeleteFreesTheCopies(t *testing.T, w *world) {
	t.Helper()
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	data := content(100_000, 1)
	hash := a.upload("f", data)
	b.upload("g", data) // the same content: the same copies
	used := func() (n int64) {
		for _, one := range w.pool.Nodes() {
			n += one.Used()
		}
		return n
	}
	if got := used(); got != 5*100_000 {
		t.Errorf("the copies take %d bytes", got)
	}
	var r wire.ReturnResult
	w.call(wire.MethodDelete, a.fileParams(hash), &r)
	if r.Return != "0" || used() != 5*100_000 {
		t.Errorf("delete of a file that another wallet has too: %+v, %d bytes used", r, used())
	}
	if got, last := b.download(hash, len(data)); !bytes.Equal(got, data) {
		t.Errorf("the other wallet's file is gone: %+v", last)
	}
	w.call(wire.MethodDelete, b.fileParams(hash), &r)
	if r.Return != "0" || used() != 0 {
		t.Errorf("last delete: %+v, %d bytes used", r, used())
	}
	w.call(wire.MethodDelete, b.fileParams(hash), &r)
	if r.Return != "file not found" {
		t.Errorf("delete of nothing: %+v", r)
	}
	if s := b.status(hash); s.State != wire.StateUnknown || s.Error != "file not found" || s.HasFile {
		t.Errorf("status of nothing: %+v", s)
	}
}

func TestFaithfulStates(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Faithful = true })
	a := w.wallet(1, rich)
	data := content(1000, 1)
	if r := a.tryUpload("f", data); r.Return != "0" {
		t.Fatalf("upload: %+v", r)
	}
	hash := hashOf(data, wire.Ordinary)
	if s := a.status(hash); s.State != wire.StateUploading || s.HasFile || s.Replicas != 0 {
		t.Errorf("status at once: %+v", s)
	}
	w.pass(10 * time.Second)
	if s := a.status(hash); s.State != wire.StateFinished || !s.HasFile || s.Replicas != 5 {
		t.Errorf("status after 10 s: %+v", s)
	}
}

func TestFaithfulOrderOfSlices(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Faithful = true })
	a := w.wallet(1, rich)
	data := content(1<<25+1, 1) // two slices
	hash := a.faithfulUpload(data)
	shuffled := false
	for i := 0; i < 30 && !shuffled; i++ { // always in order: once in 2^30
		r := w.callPiece(wire.MethodDownload, a.downloadParams(hash))
		start, _, _ := r.Range()
		shuffled = start != 0
	}
	if !shuffled {
		t.Error("slices always come in file order")
	}
	if got, last := a.download(hash, len(data)); !bytes.Equal(got, data) {
		t.Errorf("download differs, last answer %+v", last)
	}
}

func (a wallet) faithfulUpload(data []byte) string {
	a.w.t.Helper()
	if r := a.tryUpload("f", data); r.Return != "0" {
		a.w.t.Fatalf("upload: %+v", r)
	}
	a.w.pass(10 * time.Second)
	return hashOf(data, wire.Ordinary)
}
