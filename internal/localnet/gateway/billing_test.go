package gateway

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func TestSequenceIsStrict(t *testing.T) {
	w := newWorld(t)
	a := w.wallet(1, rich)
	if sn := a.sequence(); sn != "SN:0000000000000000001" {
		t.Errorf("first number %s", sn)
	}
	hash := a.upload("f", content(1000, 1))
	if sn := a.sequence(); sn != "SN:0000000000000000002" {
		t.Errorf("number after an upload: %s", sn)
	}
	stale := a.downloadParams(hash)
	a.download(hash, 1000)
	if sn := a.sequence(); sn != "SN:0000000000000000003" {
		t.Errorf("number after a download: %s", sn)
	}
	var r wire.Result
	w.call(wire.MethodDownload, stale, &r)
	if r.Return != "-6" || r.Detail != "failed ReqFileStorageInfofailed to verify the wallet signature: wrong wallet signature" {
		t.Errorf("stale download: %+v", r)
	}
	data := content(2000, 2)
	p, r := a.begin(data)
	old := a.signParams(p.FileHash)
	a.download(hash, 1000)
	a.send(p, data, r)
	if r := w.sign(old); r.Return != "-9" || r.Detail != "failed to verify the wallet signature: wrong wallet signature" {
		t.Errorf("stale uploadSign: %+v", r)
	}
	if r := w.sign(a.signParams(p.FileHash)); r.Return != "0" {
		t.Errorf("uploadSign again with a fresh number: %+v", r)
	}
	if sn := a.sequence(); sn != "SN:0000000000000000005" {
		t.Errorf("number at the end: %s", sn)
	}
}

// TestOneNumberOneOperation: of many calls under one number exactly one is
// accepted and paid.
func TestOneNumberOneOperation(t *testing.T) { inBothModes(t, testOneNumberOneOperation) }

func testOneNumberOneOperation(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	hash := a.upload("f", content(1000, 1))
	p := a.downloadParams(hash)
	before, _ := a.ozone()
	var wait sync.WaitGroup
	var mu sync.Mutex
	accepted := 0
	for range 8 {
		wait.Go(func() {
			var r binResult
			w.call(wire.MethodDownload, p, &r)
			mu.Lock()
			defer mu.Unlock()
			if r.Return == "2" {
				accepted++
			}
		})
	}
	wait.Wait()
	if after, _ := a.ozone(); accepted != 1 || before-after != 1000 {
		t.Errorf("%d accepted, %d paid", accepted, before-after)
	}
}

func TestRequestTimeWindow(t *testing.T) { inBothModes(t, testRequestTimeWindow) }

func testRequestTimeWindow(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	hash := a.upload("f", content(1000, 1))
	for _, c := range []struct {
		wait time.Duration
		want string
	}{{300 * time.Second, "2"}, {301 * time.Second, "-6"}} {
		p := a.downloadParams(hash)
		w.pass(c.wait)
		var r binResult
		w.call(wire.MethodDownload, p, &r)
		if r.Return != c.want {
			t.Errorf("after %v: %+v", c.wait, r.Result)
		}
	}
}

func TestNoOzone(t *testing.T) { inBothModes(t, testNoOzone) }

func testNoOzone(t *testing.T, w *world) {
	t.Helper()
	a, poor := w.wallet(1, rich), w.wallet(2, 5000)
	hash := poor.upload("f", content(1000, 1)) // costs all of it
	if noz, _ := poor.ozone(); noz != 0 {
		t.Fatalf("%d noz left", noz)
	}
	if _, last := poor.download(hash, 1000); last.Return != "-6" || !strings.Contains(last.Detail, "insufficient ozone") {
		t.Errorf("download: %+v", last.Result)
	}
	if r := poor.tryUpload("g", content(10, 2)); r.Return != "-9" || !strings.Contains(r.Detail, "insufficient ozone") {
		t.Errorf("upload: %+v", r)
	}
	link := a.share(a.upload("s", content(10, 3)), wire.ShareParams{})
	if r := poor.getShared(link.ShareLink); r.Return != "-9" || !strings.Contains(r.Detail, "insufficient ozone") {
		t.Errorf("shared download: %+v", r.Result)
	}
	if sn := poor.sequence(); sn != "SN:0000000000000000002" {
		t.Errorf("refusals moved the number to %s", sn)
	}
}

func TestFaithfulRefusesLate(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Faithful = true })
	a := w.wallet(1, 10)
	data := content(1000, 1)
	p, r := a.begin(data)
	if r.Return != "1" {
		t.Fatalf("requestUpload: %+v", r)
	}
	a.send(p, data, r)
	if r := w.sign(a.signParams(p.FileHash)); r.Return != "-9" || !strings.Contains(r.Detail, "insufficient ozone") {
		t.Errorf("uploadSign: %+v", r)
	}
}
