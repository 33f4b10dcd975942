package gateway

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/video"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// cutCounter counts how often a video is cut.
func (w *world) cutCounter() *int {
	n, cut := 0, w.g.cut
	w.g.cut = func(ctx context.Context, j video.Job) ([]video.Slice, error) {
		n++
		return cut(ctx, j)
	}
	return &n
}

// TestRefusedVideosAreNotCut: what the meta node will refuse costs no cutting.
func TestRefusedVideosAreNotCut(t *testing.T) {
	inBothModes(t, func(t *testing.T, w *world) {
		cuts := w.cutCounter()
		a, poor := w.wallet(1, rich), w.wallet(2, 10)
		data := content(5000, 1)
		stale := a.uploadParams("v.mp4", data, wire.Video)
		a.download(a.upload("f", content(10, 2)), 10) // moves the number on
		late := a.uploadParams("v.mp4", data, wire.Video)
		late.ReqTime -= 301
		late.Signature = a.signed(wire.UploadMessage(late.FileHash, a.Address(), late.SequenceNumber, late.ReqTime))
		for name, r := range map[string]wire.Result{
			"stale number":     a.uploadVideo("v.mp4", stale, data),
			"old time":         a.uploadVideo("v.mp4", late, data),
			"too little ozone": poor.uploadVideo("v.mp4", poor.uploadParams("v.mp4", data, wire.Video), data),
		} {
			if r.Return != "-9" || r.Detail == "" {
				t.Errorf("%s: %+v", name, r)
			}
		}
		if *cuts != 0 {
			t.Errorf("%d videos were cut", *cuts)
		}
	})
}

// TestVideoWithAWrongSignature: the reference looks at it after the last byte.
func TestVideoWithAWrongSignature(t *testing.T) {
	w := newWorld(t, faithful)
	a := w.wallet(1, rich)
	data := content(5000, 1)
	p := a.uploadParams("v.mp4", data, wire.Video)
	right := p.Signature
	p.Signature = a.signed("another text")
	var r wire.Result
	if w.call(wire.MethodUploadStream, p, &r); r.Return != "1" {
		t.Fatalf("requestUploadStream: %+v", r)
	}
	if r := w.sendData(p, data); r.Return != "-3" {
		t.Errorf("data under the wrong signature: %+v", r)
	}
	p.Signature = right
	if r := w.sendData(p, data); r.Return != "-9" || !strings.Contains(r.Detail, "wallet signature") {
		t.Errorf("the last piece: %+v", r)
	}
}

// TestVideosOfOneName: two at once do not get in each other's way.
func TestVideosOfOneName(t *testing.T) {
	inBothModes(t, func(t *testing.T, w *world) {
		one := clip(t)
		other := append(append([]byte(nil), one...), 0, 0, 0, 8, 'f', 'r', 'e', 'e')
		var wait sync.WaitGroup
		for i, data := range [][]byte{one, other} {
			a := w.wallet(byte(i+1), rich)
			p := a.uploadParams("same.mp4", data, wire.Video)
			wait.Go(func() {
				if r := a.uploadVideo("same.mp4", p, data); r.Return != "0" {
					t.Errorf("upload: %+v", r)
				}
			})
		}
		wait.Wait()
	})
}

// TestVideoOfAnotherSession: the reference forgets the session that was open
// for the same video.
func TestVideoOfAnotherSession(t *testing.T) {
	for mode, want := range map[bool]string{true: "1", false: "-13"} {
		w := newWorld(t, func(o *Options) { o.Faithful = mode })
		a := w.wallet(1, rich)
		p := a.uploadParams("v.mp4", content(5000, 1), wire.Video)
		var first, second wire.Result
		w.call(wire.MethodUploadStream, p, &first)
		w.call(wire.MethodUploadStream, p, &second)
		if first.Return != "1" || second.Return != want {
			t.Errorf("faithful %v: %+v, then %+v", mode, first, second)
		}
	}
}

// TestLongCutting: the answer is lost, the work goes on, and getFileStatus
// tells how it ends.
func TestLongCutting(t *testing.T) {
	for fails, want := range map[bool]wire.FileState{false: wire.StateFinished, true: wire.StateFailed} {
		w := newWorld(t, faithful)
		cut := w.g.cut
		w.g.cut = func(ctx context.Context, j video.Job) ([]video.Slice, error) {
			if err := w.clock.Sleep(ctx, 40*time.Second); err != nil {
				return nil, err
			}
			if fails {
				return nil, errors.New("it is no video")
			}
			return cut(ctx, j)
		}
		a := w.wallet(1, rich)
		data := clip(t)
		p := a.uploadParams("v.mp4", data, wire.Video)
		var r wire.Result
		w.call(wire.MethodUploadStream, p, &r)
		body, err := jsonCall(1, wire.MethodUploadData, dataParams(p, data))
		must(t, err)
		s := w.sendSilent(string(body))
		s.waits(35 * time.Second)
		if got := a.status(p.FileHash); got.State != wire.StateUploading {
			t.Errorf("status while it is cut: %+v", got)
		}
		s.endsAfter(6 * time.Second)
		w.pass(11 * time.Second)
		if got := a.status(p.FileHash); got.State != want || (got.Error != "") != fails {
			t.Errorf("status at the end: %+v", got)
		}
	}
}
