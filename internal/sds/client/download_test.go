package client

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"sync"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func TestDownloadSurvives(t *testing.T) {
	for name, set := range map[string]func(n *fakeNode, a string){
		"lost request":      func(n *fakeNode, _ string) { n.on(wire.MethodDownload, mishap{ignore: true}, mishap{ignore: true}) },
		"lost first answer": func(n *fakeNode, _ string) { n.on(wire.MethodDownload, mishap{lose: true}) },
		"lost piece":        func(n *fakeNode, _ string) { n.on(wire.MethodDownloadData, mishap{}, mishap{}, mishap{lose: true}) },
		"two lost pieces":   func(n *fakeNode, _ string) { n.on(wire.MethodDownloadData, mishap{lose: true}, mishap{lose: true}) },
		"data is empty": func(n *fakeNode, _ string) {
			n.on(wire.MethodDownloadData, mishap{result: wire.Result{Return: "-1", Detail: "data is empty"}})
		},
		"unknown request": func(n *fakeNode, _ string) { n.on(wire.MethodDownloadData, mishap{result: wire.Result{Return: "-7"}}) },
		"end too early": func(n *fakeNode, _ string) {
			n.on(wire.MethodDownloadData, mishap{}, mishap{result: wire.Result{Return: "3"}})
		},
		"garbage": func(n *fakeNode, _ string) { n.on(wire.MethodDownloadData, mishap{raw: "<html>"}) },
		"broken base64": func(n *fakeNode, _ string) {
			n.on(wire.MethodDownloadData, mishap{after: edit(func(r *wire.Result) { r.FileData = "%" + r.FileData })})
		},
		"short data": func(n *fakeNode, _ string) {
			n.on(wire.MethodDownloadData, mishap{after: edit(func(r *wire.Result) { r.FileData = "AAAA" })})
		},
		"no range": func(n *fakeNode, _ string) {
			n.on(wire.MethodDownloadData, mishap{after: edit(func(r *wire.Result) { r.OffsetEnd = nil })})
		},
		"time out":     func(n *fakeNode, _ string) { n.on(wire.MethodDownload, mishap{result: wire.Result{Return: "-5"}}) },
		"server error": func(n *fakeNode, _ string) { n.on(wire.MethodDownloadData, mishap{status: 503}) },
		"lost thanks":  func(n *fakeNode, _ string) { n.on(wire.MethodDownloadedInfo, mishap{ignore: true}) },
		"another device": func(n *fakeNode, a string) {
			bump := mishap{before: func() { n.net.bump(a) }}
			n.on(wire.MethodDownload, bump, bump, bump)
		},
		"wrong bytes once": func(n *fakeNode, _ string) { n.on(wire.MethodDownloadData, mishap{}, mishap{after: edit(flip)}) },
		"beyond the end, once": func(n *fakeNode, _ string) {
			n.on(wire.MethodDownloadData, mishap{after: edit(func(r *wire.Result) { *r = r.WithRange(1<<30, 1<<30+fakePiece) })})
		},
	} {
		for _, reverse := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				n := newNode(t, newNet())
				n.reverse = reverse
				c, data := newClient(t, n), content(7, someSize)
				u := mustUpload(t, c, data)
				set(n, c.Address())
				mustDownload(t, c, u, "", data)
			})
		}
	}
}

// edit changes a result on its way.
func edit(f func(*wire.Result)) func(any) any {
	return func(v any) any {
		r := asResult(v)
		f(&r)
		return r
	}
}

func flip(r *wire.Result) {
	raw, _ := base64.StdEncoding.DecodeString(r.FileData)
	raw[0] ^= 1
	r.FileData = base64.StdEncoding.EncodeToString(raw)
}

func times(n int, m mishap) []mishap {
	list := make([]mishap, n)
	for i := range list {
		list[i] = m
	}
	return list
}

func TestDownloadGivesUp(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(n *fakeNode, a string)
		want error
	}{
		{"unknown file", func(n *fakeNode, a string) { clear(n.net.files) }, ErrNotFound},
		{"no ozone", func(n *fakeNode, a string) { n.net.account(a).noz = 0 }, ErrNoOzone},
		{"wrong bytes", func(n *fakeNode, _ string) { n.on(wire.MethodDownload, times(9, mishap{after: edit(flip)})...) }, ErrWrongContent},
		{"always lost", func(n *fakeNode, _ string) { n.on(wire.MethodDownloadData, times(99, mishap{lose: true})...) }, errRestart},
		{"never accepted", func(n *fakeNode, _ string) { n.on(wire.MethodDownload, times(99, mishap{ignore: true})...) }, ErrUnknownOutcome},
		{"refused", func(n *fakeNode, _ string) {
			n.on(wire.MethodDownload, mishap{result: wire.Result{Return: "-6", Detail: "failed ReqFileStorageInfono"}})
		}, ErrRefused},
		{"a video", func(n *fakeNode, _ string) {
			n.on(wire.MethodDownload, mishap{result: wire.Result{Return: "-6", Detail: "failed ReqFileStorageInfothe file was uploaded as a video stream and can only be played"}})
		}, ErrVideo},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := newNode(t, newNet())
			cl := newClient(t, n)
			u := mustUpload(t, cl, content(1, someSize))
			c.set(n, cl.Address())
			before := n.net.account(cl.Address()).number
			wantError(t, cl.Download(t.Context(), u.ID, "", u.Size, new(file), nil), c.want)
			if paid := n.net.account(cl.Address()).number - before; paid > paidLosses {
				t.Errorf("paid %d times", paid)
			}
		})
	}
	cl := newClient(t, newNode(t, newNet()))
	wantError(t, cl.Download(t.Context(), "nonsense", "", 5, new(file), nil), ErrNotFound)
	wantError(t, cl.Download(t.Context(), wire.NewFileHasher().Sum(wire.Ordinary), "", 0, new(file), nil), ErrWrongContent)
}

func TestFetch(t *testing.T) {
	n := newNode(t, newNet())
	n.reverse = true
	c, data := newClient(t, n), content(3, someSize)
	u := mustUpload(t, c, data)
	n.on(wire.MethodDownloadData, mishap{}, mishap{}, mishap{lose: true})
	var got file
	if err := c.Fetch(Urgent(t.Context()), u.ID, "", func(at int64, p []byte) error {
		_, err := got.WriteAt(p, at)
		return err
	}); err != nil || !bytes.Equal(got.p, data) {
		t.Fatalf("%v, same content %v", err, bytes.Equal(got.p, data))
	}
	full := errors.New("disk full")
	before := n.count(wire.MethodDownload)
	err := c.Fetch(t.Context(), u.ID, "", func(int64, []byte) error { return full })
	if !errors.Is(err, full) || n.count(wire.MethodDownload) != before+1 {
		t.Errorf("got %v after %d requests", err, n.count(wire.MethodDownload)-before)
	}
}

func TestCancelledDownload(t *testing.T) {
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(3, someSize)
	u := mustUpload(t, c, data)
	ctx, cancel := context.WithCancel(t.Context())
	err := c.Download(ctx, u.ID, "", u.Size, new(file), func(done, total int64) {
		if done > total/2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}

func TestDownloadOfAnotherOwner(t *testing.T) {
	net := newNet()
	n := newNode(t, net)
	one, two, data := clientOf(t, "one", n), clientOf(t, "two", n), content(3, 5000)
	u := mustUpload(t, one, data)
	mustDownload(t, one, u, one.Address(), data)
	wantError(t, two.Download(t.Context(), u.ID, one.Address(), u.Size, new(file), nil), ErrNotYours)
}

// Many transfers of one account at once share the numbers.
func TestManyAtOnce(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			data := content(uint64(i), someSize/4+i)
			u, err := c.Upload(t.Context(), "x", bytes.NewReader(data), int64(len(data)), UploadOptions{})
			if err != nil {
				t.Error(err)
				return
			}
			var back file
			if err := c.Download(t.Context(), u.ID, "", u.Size, &back, nil); err != nil || !bytes.Equal(back.p, data) {
				t.Errorf("%v, same content %v", err, bytes.Equal(back.p, data))
			}
		})
	}
	all.Wait()
	if sent := n.count(wire.MethodUploadSign); sent != 12 {
		t.Errorf("signed %d times: numbers collided inside one client", sent)
	}
}

// Two machines of one account, which know nothing of each other.
func TestTwoMachinesAtOnce(t *testing.T) {
	net := newNet()
	n := newNode(t, net)
	var all sync.WaitGroup
	for machine := range 2 {
		c := newClient(t, n)
		all.Go(func() {
			for i := range 15 {
				data := content(uint64(machine*100+i), 2000)
				u, err := c.Upload(t.Context(), "x", bytes.NewReader(data), 2000, UploadOptions{})
				if err != nil {
					t.Error(err)
					return
				}
				var back file
				if err := c.Download(t.Context(), u.ID, "", u.Size, &back, nil); err != nil || !bytes.Equal(back.p, data) {
					t.Errorf("%v, same content %v", err, bytes.Equal(back.p, data))
				}
			}
		})
	}
	all.Wait()
}

func TestClose(t *testing.T) {
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(3, someSize)
	u := mustUpload(t, c, data)
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	n.on(wire.MethodDownloadData, mishap{before: func() { go c.Close() }, hang: never})
	wantError(t, c.Download(t.Context(), u.ID, "", u.Size, new(file), nil), ErrClosed)
	_, err := c.List(t.Context())
	wantError(t, err, ErrClosed)
	_, err = c.Upload(t.Context(), "x", bytes.NewReader(data), 5, UploadOptions{})
	wantError(t, err, ErrClosed)
}
