package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// begin opens an upload and returns its params and the first range.
func (a wallet) begin(data []byte) (wire.UploadParams, wire.Result) {
	a.w.t.Helper()
	p := a.uploadParams("f", data, wire.Ordinary)
	var r wire.Result
	a.w.call(wire.MethodUpload, p, &r)
	return p, r
}

func (w *world) sign(p wire.UploadSignParams) (r wire.Result) {
	w.t.Helper()
	w.call(wire.MethodUploadSign, p, &r)
	return r
}

func TestSignaturesOfUploads(t *testing.T) { inBothModes(t, testSignaturesOfUploads) }

func testSignaturesOfUploads(t *testing.T, w *world) {
	t.Helper()
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	data := content(5000, 1)
	right := a.uploadParams("f", data, wire.Ordinary)
	wrong := map[string]func(*wire.UploadParams){
		"key of another wallet": func(p *wire.UploadParams) { p.Signature.PubKey = b.PublicKey() },
		"another hash":          func(p *wire.UploadParams) { p.FileHash = hashOf(content(1, 9), wire.Ordinary) },
		"another number":        func(p *wire.UploadParams) { p.SequenceNumber = "SN:0000000000000000009" },
		"another time":          func(p *wire.UploadParams) { p.ReqTime++ },
		"not hexadecimal":       func(p *wire.UploadParams) { p.Signature.Signature = "zz" },
		"empty":                 func(p *wire.UploadParams) { p.Signature = wire.Signature{} },
	}
	for name, change := range wrong {
		p, r := right, wire.Result{}
		change(&p)
		if w.call(wire.MethodUpload, p, &r); r.Return != "-3" {
			t.Errorf("requestUpload with %s: %+v", name, r)
		}
	}
	p, first := a.begin(data)
	bad := p
	bad.Signature.Signature = strings.Repeat("0", 130)
	var r wire.Result
	if w.call(wire.MethodUploadData, dataParams(bad, data), &r); r.Return != "-3" {
		t.Errorf("uploadData: %+v", r)
	}
	a.send(p, data, first)
	s := a.signParams(p.FileHash)
	s.Signature.Signature = bad.Signature.Signature
	if r := w.sign(s); r.Return != "-3" {
		t.Errorf("uploadSign: %+v", r)
	}
}

func TestConflictStopAndTakeOver(t *testing.T) {
	w := newWorld(t)
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	data := content(5000, 1)
	p, _ := a.begin(data)
	if _, r := a.begin(data); r.Return != "-13" {
		t.Errorf("second session of the same wallet: %+v", r)
	}
	if _, r := b.begin(data); r.Return != "-13" {
		t.Errorf("session of another wallet: %+v", r)
	}
	other := b.uploadParams("f", data, wire.Ordinary)
	var r wire.Result
	if w.call(wire.MethodUploadData, dataParams(other, data), &r); r.Return != "-14" {
		t.Errorf("data from another wallet: %+v", r)
	}
	stop := wire.UploadDataParams{FileHash: p.FileHash, Signature: p.Signature, ReqTime: p.ReqTime, SequenceNumber: p.SequenceNumber, Stop: true}
	if w.call(wire.MethodUploadData, stop, &r); r.Return != "-14" {
		t.Errorf("stop: %+v", r)
	}
	if _, r := b.begin(data); r.Return != "1" {
		t.Errorf("session after the stop: %+v", r)
	}
	w.pass(6 * time.Second)
	if _, r := a.begin(data); r.Return != "-13" {
		t.Errorf("take-over by another wallet: %+v", r)
	}
	p, r = b.begin(data)
	if r.Return != "1" {
		t.Fatalf("take-over by the owner: %+v", r)
	}
	if r := b.send(p, data, r); r.Return != "0" {
		t.Errorf("upload after the take-over: %+v", r)
	}
}

func TestWrongLength(t *testing.T) {
	w := newWorld(t)
	a := w.wallet(1, rich)
	data := content(200_000, 1)
	for name, sent := range map[string]any{
		"too short": data[:199_999], "too long": append(content(1, 2), data...), "nothing": "",
		"not base64": strings.Repeat("*", 300_000), "cut base64": strings.Repeat("A", 266_667),
		"far too long": make([]byte, 3_700_000),
	} {
		p, _ := a.begin(data)
		params, err := json.Marshal(dataParams(p, nil))
		must(t, err)
		var m map[string]any
		must(t, json.Unmarshal(params, &m))
		m["data"] = sent
		m["req_time"] = p.ReqTime
		var r wire.Result
		if w.call(wire.MethodUploadData, m, &r); r.Return != "-14" {
			t.Errorf("%s: %+v", name, r)
		}
		if w.call(wire.MethodUploadData, dataParams(p, data), &r); r.Return != "-14" {
			t.Errorf("%s: the session goes on: %+v", name, r)
		}
	}
}

func TestEscapedSlashesAreBase64(t *testing.T) { inBothModes(t, testEscapedSlashesAreBase64) }

func testEscapedSlashesAreBase64(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	data := bytes.Repeat([]byte{0xff, 0xfb, 0xff}, 50_000) // slashes and pluses
	p, _ := a.begin(data)
	body, err := json.Marshal(map[string]any{"id": 1, "method": wire.MethodUploadData, "params": []any{dataParams(p, data)}})
	must(t, err)
	status, raw := w.post(bytes.ReplaceAll(body, []byte("/"), []byte(`\/`)))
	if status != http.StatusOK || !strings.Contains(string(raw), `"return":"0"`) {
		t.Errorf("answer %s", raw)
	}
	if r := w.sign(a.signParams(p.FileHash)); r.Return != "0" {
		t.Fatalf("uploadSign: %+v", r)
	}
	if got, _ := a.download(p.FileHash, len(data)); !bytes.Equal(got, data) {
		t.Error("download differs")
	}
}

func TestSignWindow(t *testing.T) {
	w := newWorld(t)
	a := w.wallet(1, rich)
	data := content(5000, 1)
	p, r := a.begin(data)
	a.send(p, data, r)
	w.pass(15 * time.Second)
	if r := w.sign(a.signParams(p.FileHash)); r.Return != "-14" {
		t.Errorf("late uploadSign: %+v", r)
	}
	if s := a.status(p.FileHash); s.State != wire.StateUnknown || s.Error != "file not found" {
		t.Errorf("status: %+v", s)
	}
	if noz, _ := a.ozone(); noz != rich {
		t.Errorf("the upload cost %d", rich-noz)
	}
}

func TestIdleSessionEnds(t *testing.T) {
	inBothModes(t, func(t *testing.T, w *world) {
		a := w.wallet(1, rich)
		data := content(5000, 1)
		p, _ := a.begin(data)
		w.pass(120*time.Second - 1)
		if w.g.findUpload(p.FileHash) == nil {
			t.Error("the session ended before its time")
		}
		w.pass(1)
		var r wire.Result
		if w.call(wire.MethodUploadData, dataParams(p, data), &r); r.Return != "-14" {
			t.Errorf("data after the idle limit: %+v", r)
		}
		if _, r := a.begin(data); r.Return != "1" {
			t.Errorf("another session: %+v", r)
		}
	})
}

// TestForgottenSessionIsFreed: room that a session holds comes back even when
// nobody asks for its hash again.
func TestForgottenSessionIsFreed(t *testing.T) {
	w := newWorld(t)
	a := w.wallet(1, rich)
	a.begin(content(5000, 1))
	w.pass(120 * time.Second)
	w.g.sweepUploads()
	if open := w.g.openUploads(); len(open) != 0 {
		t.Errorf("%d sessions are open", len(open))
	}
}

func TestUploadSignWithoutSession(t *testing.T) {
	w := newWorld(t)
	a := w.wallet(1, rich)
	if r := w.sign(a.signParams(hashOf(content(9, 9), wire.Ordinary))); r.Return != "-14" {
		t.Errorf("uploadSign: %+v", r)
	}
}

func TestEmptyFileIsRefused(t *testing.T) {
	inBothModes(t, func(t *testing.T, w *world) {
		a := w.wallet(1, rich)
		p, r := a.begin(nil)
		if r.Return != "0" {
			t.Fatalf("requestUpload: %+v", r)
		}
		if r := w.sign(a.signParams(p.FileHash)); r.Return != "-9" || r.Detail != "sizes of the slices do not add up to the file size" {
			t.Errorf("uploadSign: %+v", r)
		}
		if noz, _ := a.ozone(); noz != rich {
			t.Errorf("it cost %d", rich-noz)
		}
	})
}

func TestHashIsNotChecked(t *testing.T) { inBothModes(t, testHashIsNotChecked) }

func testHashIsNotChecked(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	data, claimed := content(5000, 1), content(5000, 2)
	p, r := a.begin(claimed)
	if r := a.send(p, data, r); r.Return != "0" {
		t.Fatalf("uploadData: %+v", r)
	}
	if r := w.sign(a.signParams(p.FileHash)); r.Return != "0" {
		t.Errorf("uploadSign: %+v", r)
	}
	if got, _ := a.download(p.FileHash, len(data)); !bytes.Equal(got, data) {
		t.Error("download is not what was sent")
	}
}

func TestSameFileAgain(t *testing.T) { inBothModes(t, testSameFileAgain) }

func testSameFileAgain(t *testing.T, w *world) {
	t.Helper()
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	data := content(1024, 1)
	a.upload("f_1024.bin", data)
	if r := a.tryUpload("other", data); r.Return != "-9" || r.Detail != "Same file with the name exists: f_1024.bin" {
		t.Errorf("again: %+v", r)
	}
	if r := b.tryUpload("g", data); r.Return != "0" {
		t.Errorf("another wallet: %+v", r)
	}
}

func TestDiskIsNearlyFull(t *testing.T) { inBothModes(t, testDiskIsNearlyFull) }

func testDiskIsNearlyFull(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	w.pool.SetDisk(func(string) (node.DiskSpace, error) { return node.DiskSpace{Total: 1_000_000, Free: 149_999}, nil })
	if r := a.tryUpload("f", content(10_000, 1)); r.Return != "-9" || r.Detail != "no storage node has room for the file" {
		t.Errorf("upload into the last tenth: %+v", r)
	}
	if r := a.tryUpload("f", content(9_999, 1)); r.Return != "0" {
		t.Errorf("upload that just fits: %+v", r)
	}
	w.pool.SetDisk(func(string) (node.DiskSpace, error) { return node.DiskSpace{}, errors.New("no disk") })
	if r := a.tryUpload("g", content(9, 2)); r.Return != "-9" || strings.Contains(r.Detail, "no disk") {
		t.Errorf("inner trouble: %+v", r)
	}
}

// TestSlowDisk: an accepted file whose bytes are not on the disk yet has state
// 1, then 3.
func TestSlowDisk(t *testing.T) { inBothModes(t, testSlowDisk) }

func testSlowDisk(t *testing.T, w *world) {
	t.Helper()
	w.g.limits.store = 0
	a := w.wallet(1, rich)
	data := content(4<<20, 1)
	p, r := a.begin(data)
	a.send(p, data, r)
	if r := w.sign(a.signParams(p.FileHash)); r.Return != "0" {
		t.Fatalf("uploadSign: %+v", r)
	}
	if s := a.status(p.FileHash); s.State != wire.StateUploading && s.State != wire.StateFinished {
		t.Errorf("status at once: %+v", s)
	}
	a.await(p.FileHash)
	if got, _ := a.download(p.FileHash, len(data)); !bytes.Equal(got, data) {
		t.Error("download differs")
	}
}
