package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"sync"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"pgregory.net/rapid"
)

func TestReaderGivesEveryByteInAnyOrder(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOfN(rapid.Byte(), 1, 500).Draw(t, "content")
		step := rapid.IntRange(1, 60).Draw(t, "step")
		h := wire.NewFileHasher()
		h.Write(data)
		r, err := newReader(dir, SharedFile{ID: h.Sum(wire.Ordinary), Size: int64(len(data))}, func() {})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0)).Perm((len(data) + step - 1) / step)
		go func() {
			for _, i := range order {
				_ = r.piece(int64(i*step), data[i*step:min(len(data), (i+1)*step)])
			}
			r.finish(r.verify())
		}()
		got, err := io.ReadAll(io.NewSectionReader(r, 0, int64(len(data))))
		if err != nil || !bytes.Equal(got, data) {
			t.Fatalf("read %d bytes of %d, %v", len(got), len(data), err)
		}
	})
}

func TestReader(t *testing.T) {
	n := newNode(t, newNet())
	n.reverse = true
	c, data := newClient(t, n), content(1, someSize)
	u := mustUpload(t, c, data)
	s, _ := c.Share(t.Context(), u.ID, ShareOptions{})
	own, err := c.OpenReader(Urgent(t.Context()), u.ID, "", u.Size)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := c.OpenSharedReader(t.Context(), s.Link)
	if err != nil || shared.File() != (SharedFile{Name: "test.bin", Size: u.Size, ID: u.ID}) {
		t.Fatalf("%v", err)
	}
	for _, r := range []*Reader{own, shared} {
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				p, at := make([]byte, 20_000), int64(i*20_000)
				if m, err := r.ReadAt(p, at); !bytes.Equal(p[:m], data[at:at+int64(m)]) || (m < len(p)) != errors.Is(err, io.EOF) {
					t.Errorf("%d bytes at %d, %v", m, at, err)
				}
			})
		}
		all.Wait()
		if r.Arrived() == 0 {
			t.Error("nothing arrived")
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	if left, _ := os.ReadDir(c.tempDir); len(left) != 0 {
		t.Errorf("%d temporary files left", len(left))
	}
}

func TestReaderFails(t *testing.T) {
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(1, someSize)
	u := mustUpload(t, c, data)
	_, err := c.OpenReader(t.Context(), "nonsense", "", 5)
	wantError(t, err, ErrNotFound)
	_, err = c.OpenReader(t.Context(), u.ID, "", 0)
	wantError(t, err, ErrWrongContent)
	_, err = c.OpenSharedReader(t.Context(), "abc")
	wantError(t, err, ErrWrongLink)

	n.on(wire.MethodDownload, mishap{after: edit(flip)})
	r, err := c.OpenReader(t.Context(), u.ID, "", u.Size)
	if err != nil {
		t.Fatal(err)
	}
	<-r.over
	_, err = r.ReadAt(make([]byte, 5), 0)
	wantError(t, err, ErrWrongContent)
	_ = r.Close()

	stuck := mishap{stuck: true}
	n.on(wire.MethodDownloadData, stuck)
	if r, err = c.OpenReader(t.Context(), u.ID, "", u.Size); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.ReadAtContext(ctx, make([]byte, 1), someSize-1); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	if _, err := r.ReadAt(make([]byte, 1), someSize); err != io.EOF {
		t.Errorf("beyond the end: %v", err)
	}
	_ = r.Close()

	n.on(wire.MethodGetShared, stuck)
	s, _ := c.Share(t.Context(), u.ID, ShareOptions{})
	ctx, cancel = context.WithCancel(t.Context())
	go cancel()
	if _, err := c.OpenSharedReader(ctx, s.Link); !errors.Is(err, context.Canceled) {
		t.Errorf("opening given up: %v", err)
	}
	n.on(wire.MethodDownloadData, stuck)
	if r, err = c.OpenReader(t.Context(), u.ID, "", u.Size); err != nil {
		t.Fatal(err)
	}
	c.Close() // breaks off what still comes
	_, err = r.ReadAt(make([]byte, 1), someSize-1)
	wantError(t, err, ErrClosed)
	_ = r.Close()
}
