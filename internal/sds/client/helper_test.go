package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// fastClock lets minutes pass in milliseconds.
type fastClock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *fastClock { return &fastClock{now: time.Unix(1_800_000_000, 0)} }

func (c *fastClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fastClock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	c.now = c.now.Add(d)
	c.mu.Unlock()
	return systemClock{}.Sleep(ctx, min(d, time.Millisecond))
}

func testSigner(t testing.TB, name string) wire.Signer {
	t.Helper()
	key, err := stratos.NewPrivateKey([]byte((name + strings.Repeat("k", 32))[:32]))
	if err != nil {
		t.Fatal(err)
	}
	return wire.NewSigner(key)
}

func newClient(t testing.TB, nodes ...*fakeNode) *Client { return clientOf(t, "first", nodes...) }

func clientOf(t testing.TB, account string, nodes ...*fakeNode) *Client {
	t.Helper()
	var list []network.Gateway
	for _, n := range nodes {
		list = append(list, network.Gateway{RPC: n.srv.URL, REST: n.srv.URL})
	}
	c, err := New(Options{Gateways: list, Signer: testSigner(t, account), LockDir: t.TempDir(), Clock: newClock(), TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// content returns size bytes that follow from seed.
func content(seed uint64, size int) []byte {
	p := make([]byte, size)
	r := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})
	_, _ = r.Read(p)
	return p
}

// file is a destination that cannot be read.
type file struct {
	mu sync.Mutex
	p  []byte
}

func (f *file) WriteAt(p []byte, at int64) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if need := int(at) + len(p); need > len(f.p) {
		f.p = append(f.p, make([]byte, need-len(f.p))...)
	}
	return copy(f.p[at:], p), nil
}

// readable is a destination that can be read back.
type readable struct{ file }

func (f *readable) ReadAt(p []byte, at int64) (int, error) {
	return bytes.NewReader(f.p).ReadAt(p, at)
}

func mustUpload(t testing.TB, c *Client, data []byte) Uploaded {
	t.Helper()
	u, err := c.Upload(t.Context(), "test.bin", bytes.NewReader(data), int64(len(data)), UploadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func mustDownload(t testing.TB, c *Client, u Uploaded, owner string, want []byte) {
	t.Helper()
	for _, dst := range []io.WriterAt{new(file), new(readable)} {
		if err := c.Download(t.Context(), u.ID, owner, u.Size, dst, nil); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(written(dst), want) {
			t.Fatal("other content came back")
		}
	}
}

func written(dst io.WriterAt) []byte {
	switch f := dst.(type) {
	case *file:
		return f.p
	case *readable:
		return f.p
	}
	return nil
}

// wantError checks the kind of err and that it has a sentence for people.
func wantError(t testing.TB, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("got %v, want %v", err, kind)
	}
	if f, ok := errors.AsType[*fault.Error](err); !ok || !strings.HasSuffix(f.Sentence, ".") && !strings.HasSuffix(f.Sentence, "…") {
		t.Fatalf("no sentence in %v", err)
	}
}
