package client

import (
	"bytes"
	"context"
	"io"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// A reference node listens to one signature only. When its number was used up,
// a second one gets no answer, and the file is sent again; the client remembers
// that and loses no time on the next file.
func TestSecondSignatureIsNotHeard(t *testing.T) {
	n := newNode(t, newNet())
	n.oneSign = true
	c := newClient(t, n)
	c.hurry = 10
	bump := mishap{before: func() { n.net.bump(c.Address()) }}
	n.on(wire.MethodUploadSign, bump, mishap{}, bump)
	first, second := content(1, someSize), content(2, someSize)
	u := mustUpload(t, c, first)
	mustDownload(t, c, u, "", first)
	if signed := n.count(wire.MethodUploadSign); signed != 4 {
		t.Errorf("signed %d times, want: refused, unheard, refused, accepted", signed)
	}
	n.on(wire.MethodUploadSign, bump)
	u = mustUpload(t, c, second)
	mustDownload(t, c, u, "", second)
	if signed := n.count(wire.MethodUploadSign); signed != 6 {
		t.Errorf("signed %d times: an unheard one was repeated", signed)
	}
}

// A node keeps a session that nobody feeds for two minutes. The client waits
// for longer than that, and not for ever.
func TestConflictIsWaitedFor(t *testing.T) {
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(1, someSize)
	began := c.clock.Now()
	busy := mishap{after: func(v any) any {
		if c.clock.Now().Sub(began) < 2*time.Minute {
			return wire.Result{Return: "-13"}
		}
		return v
	}}
	n.on(wire.MethodUpload, times(1000, busy)...)
	if u := mustUpload(t, c, data); u.Replicas != 3 {
		t.Errorf("got %+v", u)
	}
	if waited := c.clock.Now().Sub(began); waited < 2*time.Minute || waited > 130*time.Second {
		t.Errorf("waited %v", waited)
	}
	n.mu.Lock()
	clear(n.faults)
	n.mu.Unlock()
	n.on(wire.MethodUpload, conflicts(3000)...)
	began = c.clock.Now()
	_, err := c.Upload(t.Context(), "x", bytes.NewReader(data[1:]), someSize-1, UploadOptions{})
	wantError(t, err, errConflict)
	if waited := c.clock.Now().Sub(began); waited < 2*time.Minute || waited > 3*time.Minute {
		t.Errorf("gave up after %v", waited)
	}
}

// Calls that a node never answers end with the client's own limits: what can
// be asked again is, and the content is right.
func TestSilentNode(t *testing.T) {
	for _, method := range []string{
		wire.MethodGetOzone, wire.MethodUpload, wire.MethodUploadData, wire.MethodUploadSign, wire.MethodFileStatus,
		wire.MethodDownload, wire.MethodDownloadData, wire.MethodDownloadedInfo,
	} {
		for name, m := range map[string]mishap{"before": {result: silence{}}, "after": {stuck: true}} {
			t.Run(method+" "+name, func(t *testing.T) {
				t.Parallel()
				n := newNode(t, newNet())
				n.polls = 6
				c, data := newClient(t, n), content(1, someSize)
				c.hurry = 50
				n.on(method, mishap{}, m)
				u := mustUpload(t, c, data)
				mustDownload(t, c, u, "", data)
			})
		}
	}
}

// A download of which nothing ever comes ends.
func TestDownloadThatHangs(t *testing.T) {
	t.Parallel()
	n := newNode(t, newNet())
	c := newClient(t, n)
	c.hurry = 100
	u := mustUpload(t, c, content(1, someSize))
	n.on(wire.MethodDownloadData, times(99, mishap{stuck: true})...)
	wantError(t, c.Download(t.Context(), u.ID, "", u.Size, new(file), nil), errRestart)
	n.on(wire.MethodDownload, times(99, mishap{result: silence{}})...)
	wantError(t, c.Download(t.Context(), u.ID, "", u.Size, new(file), nil), ErrUnknownOutcome)
}

// FINISHED comes some ten seconds after the file was accepted, with UPLOADING
// and CONFIRMING before it. A file whose copies are gone is not finished.
func TestStatesOnTheWayToFinished(t *testing.T) {
	state := func(s wire.FileState, replicas uint32, text string) mishap {
		return mishap{result: wire.FileStatusResult{
			Return: "0", State: s, HasFile: s == wire.StateFinished, Replicas: replicas, Error: text,
		}}
	}
	const gone = "No available replicas remains for the file, please upload it again"
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(1, 1000)
	n.on(wire.MethodFileStatus,
		state(wire.StateUploading, 0, ""), state(wire.StateUploading, 0, ""), state(wire.StateConfirming, 0, ""),
		state(wire.StateUnknown, 0, "file not found"), state(wire.StateConfirming, 0, ""), state(wire.StateFinished, 0, gone))
	if u := mustUpload(t, c, data); u.Replicas != 3 || n.count(wire.MethodFileStatus) != 7 {
		t.Errorf("got %+v after %d questions", u, n.count(wire.MethodFileStatus))
	}
	big := content(2, askFirst+1)
	mustUpload(t, c, big)
	signed := n.count(wire.MethodUploadSign)
	n.mu.Lock()
	clear(n.net.files)
	n.mu.Unlock()
	n.on(wire.MethodFileStatus, state(wire.StateFinished, 0, gone))
	mustUpload(t, c, big)
	if n.count(wire.MethodUploadSign) != signed+1 {
		t.Error("a file without copies was taken for stored")
	}
}

// Nodes older than February 2024 answer a shared download with 4 and deliver
// in another way: the next gateway is asked, and nothing is tried for ever.
func TestOldNodeWithSharedDownload(t *testing.T) {
	net := newNet()
	old, now := newNode(t, net), newNode(t, net)
	c, data := newClient(t, old, now), content(1, someSize)
	s, err := c.Share(t.Context(), net.put(c.Address(), "", data), ShareOptions{})
	if err != nil {
		t.Fatal(err)
	}
	four := mishap{result: wire.Result{Return: "4", ReqID: "r", FileHash: s.FileID}}
	old.on(wire.MethodGetShared, times(9, four)...)
	var dst readable
	f, err := c.DownloadShared(t.Context(), s.Link, func(SharedFile) (io.WriterAt, error) { return &dst, nil }, nil)
	if err != nil || !bytes.Equal(dst.p, data) || f.Name != "file" {
		t.Errorf("%+v, %v", f, err)
	}
	before := old.count(wire.MethodGetShared)
	alone := newClient(t, old)
	_, err = alone.DownloadShared(t.Context(), s.Link, func(SharedFile) (io.WriterAt, error) { return &dst, nil }, nil)
	wantError(t, err, errNoMethod)
	if asked := old.count(wire.MethodGetShared) - before; asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

// A piece that is on its way when the caller gives up is finished before the
// node is told to stop: a session has one call at a time. The scripted node
// complains of two.
func TestStopWaitsForThePiece(t *testing.T) {
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(1, someSize)
	ctx, cancel := context.WithCancel(t.Context())
	answer := make(chan struct{})
	n.on(wire.MethodUploadData, mishap{}, mishap{before: cancel, hang: answer})
	if _, err := c.Upload(ctx, "x", bytes.NewReader(data), someSize, UploadOptions{}); err == nil {
		t.Error("a cancelled upload succeeded")
	}
	close(answer)
	waitFor(t, func() bool { return n.count(wire.MethodUploadData) == 3 })
}
