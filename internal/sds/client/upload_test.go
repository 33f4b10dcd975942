package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

const someSize = 3*fakeSlice + 1234

func TestUploadAndDownload(t *testing.T) {
	for _, size := range []int{1, 2, fakePiece, fakePiece + 1, fakeSlice, someSize} {
		for _, reverse := range []bool{false, true} {
			n := newNode(t, newNet())
			n.reverse, n.polls = reverse, 3
			c, data := newClient(t, n), content(uint64(size), size)
			var progress []int64
			var sent string
			u, err := c.Upload(t.Context(), "dir/test.bin", bytes.NewReader(data), int64(size), UploadOptions{
				Progress: func(done, total int64) { progress = append(progress, done, total) },
				OnSent:   func(id string) { sent = id },
			})
			if err != nil {
				t.Fatal(err)
			}
			id, _, _ := wire.HashFile(bytes.NewReader(data), wire.Ordinary)
			if u != (Uploaded{ID: id, Size: int64(size), Replicas: 3, Cost: Cost{int64(size), true}}) || sent != id {
				t.Errorf("got %+v, sent %q", u, sent)
			}
			if last := progress[len(progress)-2:]; last[0] != int64(size) || last[1] != int64(size) {
				t.Errorf("progress ended with %v", last)
			}
			mustDownload(t, c, u, "", data)
			if name := n.net.files[c.Address()+id].info.FileName; name != "test.bin" {
				t.Errorf("name %q", name)
			}
		}
	}
}

// Each fault is survived, and no byte is changed by it.
func TestUploadSurvives(t *testing.T) {
	for name, set := range map[string]func(n *fakeNode, address string){
		"lost request":        func(n *fakeNode, _ string) { n.on(wire.MethodUpload, mishap{ignore: true}) },
		"lost first answer":   func(n *fakeNode, _ string) { n.clingy = 3; n.on(wire.MethodUpload, mishap{lose: true}) },
		"lost piece":          func(n *fakeNode, _ string) { n.on(wire.MethodUploadData, mishap{}, mishap{ignore: true}) },
		"lost piece's answer": func(n *fakeNode, _ string) { n.clingy = 30; n.on(wire.MethodUploadData, mishap{}, mishap{lose: true}) },
		"lost signature":      func(n *fakeNode, _ string) { n.on(wire.MethodUploadSign, mishap{ignore: true}) },
		"lost acceptance":     func(n *fakeNode, _ string) { n.on(wire.MethodUploadSign, mishap{lose: true}) },
		"time out at sign":    func(n *fakeNode, _ string) { n.on(wire.MethodUploadSign, mishap{result: wire.Result{Return: "-5"}}) },
		"time out at start":   func(n *fakeNode, _ string) { n.on(wire.MethodUpload, mishap{result: wire.Result{Return: "-5"}}) },
		"no session": func(n *fakeNode, _ string) {
			n.on(wire.MethodUploadData, mishap{}, mishap{result: wire.Result{Return: "-14"}})
		},
		"conflict": func(n *fakeNode, _ string) { n.on(wire.MethodUpload, conflicts(5)...) },
		"garbage":  func(n *fakeNode, _ string) { n.on(wire.MethodUploadData, mishap{raw: "<html>"}) },
		"crash": func(n *fakeNode, _ string) {
			n.on(wire.MethodUpload, mishap{raw: `{"error":{"code":-32000,"message":"method handler crashed"}}`})
		},
		"bad gateway":       func(n *fakeNode, _ string) { n.on(wire.MethodUploadData, mishap{status: 502}) },
		"too many requests": func(n *fakeNode, _ string) { n.on(wire.MethodUpload, mishap{status: 429}) },
		"range of another": func(n *fakeNode, _ string) {
			n.on(wire.MethodUpload, mishap{result: wire.Result{Return: "1"}.WithRange(0, 1<<40)})
		},
		"storing fails": func(n *fakeNode, _ string) { n.fails, n.polls = 1, 2 },
		"late end":      func(n *fakeNode, _ string) { n.polls = 40 },
		"no uploadSign": func(n *fakeNode, _ string) { n.noSign = true },
		"status lost": func(n *fakeNode, _ string) {
			n.on(wire.MethodFileStatus, mishap{ignore: true}, mishap{status: 500}, mishap{raw: "{"})
		},
		"ozone lost": func(n *fakeNode, _ string) {
			n.on(wire.MethodGetOzone, mishap{ignore: true}, mishap{}, mishap{ignore: true})
		},
		"another device": func(n *fakeNode, a string) {
			bump := mishap{before: func() { n.net.bump(a) }}
			n.on(wire.MethodUploadSign, bump, bump, bump)
		},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNode(t, newNet())
			c, data := newClient(t, n), content(7, someSize)
			set(n, c.Address())
			u := mustUpload(t, c, data)
			mustDownload(t, c, u, "", data)
		})
	}
}

func conflicts(count int) []mishap {
	list := make([]mishap, count)
	for i := range list {
		list[i].result = wire.Result{Return: "-13"}
	}
	return list
}

func TestUploadTwiceSendsOnce(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	for _, size := range []int{1000, askFirst + 1} {
		data := content(1, size)
		first := mustUpload(t, c, data)
		pieces := n.count(wire.MethodUploadData)
		if again := mustUpload(t, c, data); again.ID != first.ID || again.Replicas != first.Replicas || again.Cost != (Cost{0, true}) {
			t.Errorf("got %+v, first %+v", again, first)
		}
		if size > askFirst && n.count(wire.MethodUploadData) != pieces {
			t.Error("a stored file was sent again")
		}
	}
}

func TestUploadGivesUp(t *testing.T) {
	data := content(3, someSize)
	for _, c := range []struct {
		name string
		set  func(n *fakeNode, a string)
		want error
	}{
		{"no ozone at all", func(n *fakeNode, a string) { n.net.account(a).noz = 0 }, ErrNoOzone},
		{"too little ozone", func(n *fakeNode, a string) { n.net.account(a).noz = 5 }, ErrNoOzone},
		{"refused", func(n *fakeNode, _ string) {
			n.on(wire.MethodUploadSign, mishap{result: wire.Result{Return: "-9", Detail: "no"}})
		}, ErrRefused},
		{"wrong key", func(n *fakeNode, _ string) { n.on(wire.MethodUpload, mishap{result: wire.Result{Return: "-3"}}) }, ErrRefused},
		{"conflict for ever", func(n *fakeNode, _ string) { n.on(wire.MethodUpload, conflicts(1000)...) }, errConflict},
		{"not a gateway", func(n *fakeNode, _ string) {
			for range 50 {
				n.on(wire.MethodGetOzone, mishap{raw: "<html>hello"})
			}
		}, errGarbage},
		{"crash after crash", func(n *fakeNode, _ string) {
			for range 50 {
				n.on(wire.MethodUploadData, mishap{ignore: true})
			}
		}, errRestart},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := newNode(t, newNet())
			cl := newClient(t, n)
			c.set(n, cl.Address())
			_, err := cl.Upload(t.Context(), "x", bytes.NewReader(data), int64(len(data)), UploadOptions{})
			wantError(t, err, c.want)
			if len(n.net.files) != 0 {
				t.Error("a file was stored")
			}
		})
	}
}

// changing is a file that somebody writes to between the two readings.
type changing struct {
	io.ReaderAt
	reads, size int
}

func (c *changing) ReadAt(p []byte, at int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, at)
	if c.reads += n; c.reads > c.size+10 && n > 0 {
		p[0] ^= 1
	}
	return n, err
}

func TestChangedFileIsNotStored(t *testing.T) {
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(4, someSize)
	src := &changing{ReaderAt: bytes.NewReader(data), size: len(data)}
	_, err := c.Upload(t.Context(), "x", src, int64(len(data)), UploadOptions{})
	wantError(t, err, ErrChanged)
	_, err = c.Upload(t.Context(), "x", bytes.NewReader(data), int64(len(data))+1, UploadOptions{})
	wantError(t, err, ErrChanged)
	_, err = c.Upload(t.Context(), "x", bytes.NewReader(nil), 0, UploadOptions{})
	wantError(t, err, ErrEmpty)
	if len(n.net.files) != 0 {
		t.Error("stored")
	}
}

func TestUploadMovesToAnotherGateway(t *testing.T) {
	net := newNet()
	bad, good := newNode(t, net), newNode(t, net)
	c, data := newClient(t, bad, good), content(5, someSize)
	bad.on(wire.MethodUploadData, mishap{}, mishap{before: bad.srv.CloseClientConnections, ignore: true})
	u := mustUpload(t, c, data)
	if good.count(wire.MethodUploadSign) != 1 {
		t.Error("the second gateway was not used")
	}
	bad.srv.Close()
	mustDownload(t, c, u, "", data)
}

func TestCancelledUploadLetsTheNodeGo(t *testing.T) {
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(6, someSize)
	ctx, cancel := context.WithCancel(t.Context())
	n.on(wire.MethodUploadData, mishap{}, mishap{before: cancel})
	_, err := c.Upload(ctx, "x", bytes.NewReader(data), int64(len(data)), UploadOptions{})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if u := mustUpload(t, c, data); u.Replicas != 3 { // no session stands in the way
		t.Errorf("got %+v", u)
	}
}

func TestDontWait(t *testing.T) {
	n := newNode(t, newNet())
	n.polls = 3
	c, data := newClient(t, n), content(8, 1000)
	u, err := c.Upload(t.Context(), "x", bytes.NewReader(data), 1000, UploadOptions{DontWait: true})
	if err != nil || u.Replicas != 0 || n.count(wire.MethodFileStatus) != 0 {
		t.Fatalf("got %+v, %v, %d questions", u, err, n.count(wire.MethodFileStatus))
	}
	s, err := c.Status(t.Context(), u.ID)
	if err != nil || s.State != wire.StateUploading || s.Finished() {
		t.Errorf("got %+v, %v", s, err)
	}
	_, err = c.Status(t.Context(), wire.NewFileHasher().Sum(wire.Ordinary))
	wantError(t, err, ErrNotFound)
}

func TestUploadVideo(t *testing.T) {
	for name, set := range map[string]func(n *fakeNode, a string){
		"plain":          func(*fakeNode, string) {},
		"long cutting":   func(n *fakeNode, _ string) { n.on(wire.MethodUploadData, mishap{lose: true}); n.polls = 3 },
		"another device": func(n *fakeNode, a string) { n.on(wire.MethodUploadData, mishap{before: func() { n.net.bump(a) }}) },
	} {
		t.Run(name, func(t *testing.T) {
			n := newNode(t, newNet())
			c, data := newClient(t, n), content(9, 1000)
			set(n, c.Address())
			u, err := c.Upload(t.Context(), "clip.mp4", bytes.NewReader(data), 1000, UploadOptions{Kind: wire.Video})
			if err != nil || !wire.IsVideo(u.ID) {
				t.Fatalf("got %+v, %v", u, err)
			}
			if n.count(wire.MethodUploadSign) != 0 {
				t.Error("a video was signed twice")
			}
			wantError(t, c.Download(t.Context(), u.ID, "", u.Size, new(file), nil), ErrVideo)
		})
	}
}
