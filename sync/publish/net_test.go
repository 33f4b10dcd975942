package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/fetch"
)

// fakeNet is a storage network in memory.
type fakeNet struct {
	piece int // size of fetched pieces
	// fault is asked before each call and, with after set, when only its
	// answer can still be lost.
	fault func(method, what string, after bool) error
	serve func(piece func(int64, []byte) error, file []byte) error // instead of all pieces

	mu      sync.Mutex
	rng     *rand.Rand
	files   map[string][]byte
	names   []string
	shares  map[string]string // share id to file id
	taken   map[string]int    // fetches by share id
	calls   []string
	next    int
	flights int
	most    int
}

func newNet() *fakeNet {
	return &fakeNet{
		piece: 100_000, rng: rand.New(rand.NewSource(1)), files: map[string][]byte{},
		shares: map[string]string{}, taken: map[string]int{},
	}
}

func (n *fakeNet) call(ctx context.Context, method, what string, after bool) error {
	n.mu.Lock()
	if !after {
		n.calls = append(n.calls, method+" "+what)
	}
	fault := n.fault
	n.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if fault != nil {
		return fault(method, what, after)
	}
	return nil
}

func (n *fakeNet) flight(by int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.flights += by
	n.most = max(n.most, n.flights)
}

func (n *fakeNet) Upload(ctx context.Context, name string, src io.ReaderAt, size int64) (string, error) {
	n.flight(1)
	defer n.flight(-1)
	if err := n.call(ctx, "Upload", name, false); err != nil {
		return "", err
	}
	body := make([]byte, size)
	if k, err := src.ReadAt(body, 0); k < len(body) {
		return "", err
	}
	id := fmt.Sprintf("v05%x", sha256.Sum256(body))
	n.mu.Lock()
	n.files[id] = body
	n.names = append(n.names, name)
	n.mu.Unlock()
	return id, n.call(ctx, "Upload", name, true)
}

func (n *fakeNet) ShareLink(ctx context.Context, id string, _ time.Duration) (string, string, error) {
	if err := n.call(ctx, "Share", id, false); err != nil {
		return "", "", err
	}
	n.mu.Lock()
	n.next++
	link := fmt.Sprintf("%016x_%010x_%06x", n.rng.Uint64(), n.next, n.next)
	n.shares[link] = id
	n.mu.Unlock()
	return link, "sds://" + link, n.call(ctx, "Share", id, true)
}

func (n *fakeNet) StopShare(ctx context.Context, shareID string) error {
	if err := n.call(ctx, "StopShare", shareID, false); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, ok := n.shares[shareID]; !ok {
		return ErrNotFound
	}
	delete(n.shares, shareID)
	return nil
}

func (n *fakeNet) Delete(ctx context.Context, id string) error {
	if err := n.call(ctx, "Delete", id, false); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, ok := n.files[id]; !ok {
		return ErrNotFound
	}
	delete(n.files, id)
	return nil
}

func (n *fakeNet) FetchShared(ctx context.Context, link string, piece func(int64, []byte) error) error {
	share := link[len("sds://"):]
	if err := n.call(ctx, "Fetch", share, false); err != nil {
		return err
	}
	n.mu.Lock()
	body, ok := n.files[n.shares[share]]
	n.taken[share]++
	order := n.rng.Perm((len(body) + n.piece - 1) / n.piece)
	serve := n.serve
	n.mu.Unlock()
	if !ok {
		return ErrNotFound
	}
	if serve != nil {
		return serve(piece, body)
	}
	for _, i := range order {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := piece(int64(i*n.piece), body[i*n.piece:min((i+1)*n.piece, len(body))]); err != nil {
			return err
		}
	}
	return n.call(ctx, "Fetch", share, true)
}

// hook replaces how files are delivered.
func (n *fakeNet) hook(serve func(piece func(int64, []byte) error, file []byte) error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.serve = serve
}

// fetches returns how often files other than the one of that share were fetched.
func (n *fakeNet) fetches(except string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	sum := 0
	for share, k := range n.taken {
		if share != except {
			sum += k
		}
	}
	return sum
}

func (n *fakeNet) empty() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.files) == 0 && len(n.shares) == 0
}

// spoil changes a file on the network.
func (n *fakeNet) spoil(id string, change func(p []byte) []byte) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.files[id] = change(slices.Clone(n.files[id]))
}

type fatal interface {
	Helper()
	Fatal(args ...any)
}

// noise returns bytes that do not compress.
func noise(seed int64, n int) []byte {
	p := make([]byte, n)
	rand.New(rand.NewSource(seed)).Read(p)
	return p
}

func publish(t fatal, n *fakeNet, dir, name string, body []byte) (Published, Link) {
	t.Helper()
	p, err := Publish(context.Background(), n, bytes.NewReader(body), int64(len(body)), name, Options{TTL: time.Hour, TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	link, err := ParseLink(p.Link)
	if err != nil {
		t.Fatal(err)
	}
	return p, link
}

func newStore(t testing.TB) *fetch.Store {
	t.Helper()
	s, err := fetch.Open(fetch.Options{Dir: t.TempDir(), Room: fetch.NewRoom(1 << 30)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func open(t fatal, n *fakeNet, link Link, s *fetch.Store) *Object {
	t.Helper()
	o, err := Open(context.Background(), n, link, s)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// buffer is a file in memory.
type buffer struct{ b []byte }

func (b *buffer) WriteAt(p []byte, off int64) (int, error) {
	if grow := int(off) + len(p) - len(b.b); grow > 0 {
		b.b = append(b.b, make([]byte, grow)...)
	}
	return copy(b.b[off:], p), nil
}
