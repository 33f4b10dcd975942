// Package memremote is a storage network in memory, for tests. It can be told
// to fail in the ways a real one does.
package memremote

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"slices"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/repo"
)

// ErrLost is the outcome of a call whose answer did not arrive.
var ErrLost = errors.New("no answer")

// Call is one call of the network, as a fault sees it.
type Call struct {
	Method string // "Upload", "Fetch", ...
	Name   string // file name of an upload, else an id
	N      int    // number of this call, from 1
}

// Fault decides what happens to a call: before it takes effect, or after, when
// only its answer is lost. A nil error lets it pass.
type Fault func(c Call, after bool) error

// Net is an account on a network. Several devices may use it at once.
type Net struct {
	// Fault is asked for every call; nil means that nothing fails.
	Fault Fault
	// Delay is added to every call.
	Delay time.Duration
	// Now is the network's clock; nil means that of the computer.
	Now func() time.Time
	// PieceSize is the size of fetched pieces; 0 means 3 MiB.
	PieceSize int

	mu     sync.Mutex
	rng    *rand.Rand
	files  map[string]*file
	shares map[string]share
	hidden map[string]bool
	calls  int
	next   int
	// Sent counts the bytes of uploads that were stored.
	sent    int64
	uploads map[string]int
}

type file struct {
	name    string
	body    []byte
	created time.Time
}

type share struct {
	file    string
	expires time.Time
}

// New returns an empty network. Everything random in it follows from the seed.
func New(seed int64) *Net {
	return &Net{
		rng: rand.New(rand.NewSource(seed)), files: map[string]*file{}, shares: map[string]share{},
		hidden: map[string]bool{}, uploads: map[string]int{},
	}
}

// ID returns the id of a file with that content.
func ID(body []byte) string {
	h := sha256.Sum256(body)
	return "v05j1m5" + hex.EncodeToString(h[:])[:33]
}

func (n *Net) call(ctx context.Context, method, name string) (Call, error) {
	n.mu.Lock()
	n.calls++
	c := Call{method, name, n.calls}
	fault, delay := n.Fault, n.Delay
	n.mu.Unlock()
	if delay > 0 {
		select {
		case <-time.After(delay):
		case <-ctx.Done():
		}
	}
	if err := ctx.Err(); err != nil {
		return c, err
	}
	if fault != nil {
		return c, fault(c, false)
	}
	return c, nil
}

func (n *Net) after(c Call) error {
	n.mu.Lock()
	fault := n.Fault
	n.mu.Unlock()
	if fault == nil {
		return nil
	}
	return fault(c, true)
}

func (n *Net) now() time.Time {
	if n.Now == nil {
		return time.Now()
	}
	return n.Now()
}

// SetFault replaces the fault while devices are at work.
func (n *Net) SetFault(f Fault) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.Fault = f
}

// Upload implements repo.Remote.
func (n *Net) Upload(ctx context.Context, name string, src io.ReaderAt, size int64) (string, error) {
	c, err := n.call(ctx, "Upload", name)
	if err != nil {
		return "", err
	}
	body := make([]byte, size)
	if k, err := src.ReadAt(body, 0); k < len(body) {
		return "", fmt.Errorf("read source: %w", err)
	}
	if size == 0 {
		return "", fmt.Errorf("%w: empty file", repo.ErrRefused)
	}
	id := ID(body)
	n.mu.Lock()
	if n.files[id] == nil {
		n.files[id] = &file{name: name, body: body, created: n.now()}
	}
	n.sent += size
	n.uploads[id]++
	n.mu.Unlock()
	return id, n.after(c)
}

// Stored implements repo.Prover.
func (n *Net) Stored(ctx context.Context, src io.ReaderAt, size int64) (string, bool, error) {
	body := make([]byte, size)
	if k, err := src.ReadAt(body, 0); k < len(body) {
		return "", false, fmt.Errorf("read source: %w", err)
	}
	c, err := n.call(ctx, "Stored", ID(body))
	if err != nil {
		return "", false, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return c.Name, n.files[c.Name] != nil, nil
}

func (n *Net) body(id string) ([]byte, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	f := n.files[id]
	if f == nil {
		return nil, repo.ErrNotFound
	}
	return f.body, nil
}

// Download implements repo.Remote.
func (n *Net) Download(ctx context.Context, id string, size int64, dst io.WriterAt) error {
	c, err := n.call(ctx, "Download", id)
	if err != nil {
		return err
	}
	body, err := n.body(id)
	if err != nil {
		return err
	}
	if int64(len(body)) != size || ID(body) != id {
		return fmt.Errorf("file of %d bytes, want %d", len(body), size)
	}
	if _, err := dst.WriteAt(body, 0); err != nil {
		return err
	}
	return n.after(c)
}

// Fetch implements repo.Remote. Pieces come in random order.
func (n *Net) Fetch(ctx context.Context, id string, piece func(int64, []byte) error) error {
	c, err := n.call(ctx, "Fetch", id)
	if err != nil {
		return err
	}
	body, err := n.body(id)
	if err != nil {
		return err
	}
	size := cmp.Or(n.PieceSize, 3<<20)
	n.mu.Lock()
	order := n.rng.Perm((len(body) + size - 1) / size)
	n.mu.Unlock()
	for _, i := range order {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := piece(int64(i*size), body[i*size:min((i+1)*size, len(body))]); err != nil {
			return err
		}
	}
	return n.after(c)
}

// List implements repo.Remote, in random order.
func (n *Net) List(ctx context.Context) ([]repo.RemoteFile, error) {
	if _, err := n.call(ctx, "List", ""); err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	var out []repo.RemoteFile
	for id, f := range n.files {
		out = append(out, repo.RemoteFile{ID: id, Name: f.name, Size: int64(len(f.body)), Created: f.created})
	}
	slices.SortFunc(out, func(a, b repo.RemoteFile) int { return cmp.Compare(a.ID, b.ID) })
	n.rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out, nil
}

// Share implements repo.Remote.
func (n *Net) Share(ctx context.Context, id string, ttl time.Duration) (string, error) {
	c, err := n.call(ctx, "Share", id)
	if err != nil {
		return "", err
	}
	n.mu.Lock()
	if n.files[id] == nil {
		n.mu.Unlock()
		return "", repo.ErrNotFound
	}
	n.next++
	sid := fmt.Sprintf("share-%d", n.next)
	n.shares[sid] = share{id, n.now().Add(ttl)}
	n.mu.Unlock()
	return sid, n.after(c)
}

// StopShare implements repo.Remote.
func (n *Net) StopShare(ctx context.Context, shareID string) error {
	c, err := n.call(ctx, "StopShare", shareID)
	if err != nil {
		return err
	}
	n.mu.Lock()
	_, ok := n.shares[shareID]
	delete(n.shares, shareID)
	n.mu.Unlock()
	if !ok {
		return repo.ErrNotFound
	}
	return n.after(c)
}

// Shares implements repo.Remote, in random order.
func (n *Net) Shares(ctx context.Context) ([]repo.RemoteShare, error) {
	if _, err := n.call(ctx, "Shares", ""); err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	var out []repo.RemoteShare
	for id, s := range n.shares {
		if f := n.files[s.file]; f != nil && !n.hidden[s.file] && s.expires.After(n.now()) {
			out = append(out, repo.RemoteShare{ShareID: id, FileID: s.file, Name: f.name, Size: int64(len(f.body)), Expires: s.expires})
		}
	}
	slices.SortFunc(out, func(a, b repo.RemoteShare) int { return cmp.Compare(a.ShareID, b.ShareID) })
	n.rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out, nil
}

// Delete implements repo.Remote.
func (n *Net) Delete(ctx context.Context, id string) error {
	c, err := n.call(ctx, "Delete", id)
	if err != nil {
		return err
	}
	n.mu.Lock()
	delete(n.files, id)
	n.mu.Unlock()
	return n.after(c)
}
