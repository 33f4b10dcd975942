package store

import (
	"bytes"
	"context"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// world is a store without work in the background, on a clock that stands.
type world struct {
	t               *testing.T
	dir             string
	nodes, replicas int
	clock           *fakeClock
	shaky           *shaky
	settings        Settings
	meta            *meta.Meta
	pool            *node.Pool
	store           *Store
	contents        map[string][]byte // by file hash
}

func newWorld(t *testing.T, nodes, replicas int) *world {
	t.Helper()
	clock := newClock()
	w := &world{
		t: t, dir: t.TempDir(), nodes: nodes, replicas: replicas, clock: clock, contents: map[string][]byte{},
		shaky: &shaky{Files: node.OSFiles{}, clock: clock, broken: map[string]error{}, slow: map[string]time.Duration{}},
	}
	w.open()
	must(t, w.meta.CreditPrepay(t.Context(), meta.Prepay{Height: 1, Beneficiary: "w", Wei: big.NewInt(1), Noz: big.NewInt(1e15)}))
	t.Cleanup(w.close)
	return w
}

func prepayTo(wallet string) meta.Prepay {
	return meta.Prepay{Height: 2, TxHash: wallet, Beneficiary: wallet, Wei: big.NewInt(1), Noz: big.NewInt(1e15)}
}

func (w *world) open() {
	w.t.Helper()
	var err error
	w.meta, err = meta.Open(w.t.Context(), filepath.Join(w.dir, "meta.db"), meta.Options{Clock: w.clock.Now})
	must(w.t, err)
	w.pool, err = node.OpenPoolWith(node.PoolOptions{
		Dir: filepath.Join(w.dir, "nodes"), Count: w.nodes, Replicas: w.replicas, Files: w.shaky,
		Disk: func(string) (node.DiskSpace, error) { return node.DiskSpace{Total: 1 << 40, Free: 1 << 39}, nil },
	})
	must(w.t, err)
	w.store, err = openQuiet(w.t.Context(), Options{Meta: w.meta, Pool: w.pool, Clock: w.clock.Now, Settings: w.settings})
	must(w.t, err)
}

func (w *world) close() {
	w.store.Close()
	must(w.t, w.meta.Close())
}

func (w *world) restart() {
	w.t.Helper()
	w.close()
	w.open()
}

func randomBytes(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// video orders data, cut into slices of at most so many bytes.
func (w *world) video(ctx context.Context, data []byte, size int) (*Draft, meta.Upload, error) {
	h := wire.NewFileHasher()
	h.Write(data)
	hash := h.Sum(wire.Video)
	a, err := w.meta.Account(ctx, "w")
	if err != nil {
		return nil, meta.Upload{}, err
	}
	d, err := w.store.NewDraft(hash, int64(len(data)))
	if err != nil {
		return nil, meta.Upload{}, err
	}
	for rest := data; len(rest) > 0; {
		part := rest[:min(size, len(rest))]
		rest = rest[len(part):]
		if err := d.WriteSlice(bytes.NewReader(part), int64(len(part))); err != nil {
			return d, meta.Upload{}, err
		}
	}
	return d, meta.Upload{
		Owner: "w", Hash: hash, Name: "f", Size: int64(len(data)), Video: true,
		Sequence: a.Sequence, Price: meta.UploadPrice(int64(len(data)), w.replicas),
	}, nil
}

// put stores data as slices of at most so many bytes and returns its hash.
func (w *world) put(data []byte, size int) string {
	w.t.Helper()
	d, order, err := w.video(w.t.Context(), data, size)
	must(w.t, err)
	must(w.t, d.Commit(w.t.Context(), order, false))
	w.contents[order.Hash] = data
	return order.Hash
}

// get reads a file whole.
func (w *world) get(hash string) ([]byte, error) {
	f, err := w.meta.File(w.t.Context(), "w", hash)
	if err != nil {
		return nil, err
	}
	r, err := w.store.OpenFile(w.t.Context(), f)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	for _, s := range r.Slices() {
		if err := r.CopySlice(w.t.Context(), &out, s, func(string, int64) {}); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// readAll reads every file and compares.
func (w *world) readAll() {
	w.t.Helper()
	for hash, data := range w.contents {
		got, err := w.get(hash)
		if err != nil || !bytes.Equal(got, data) {
			w.t.Fatalf("file %s differs: %v", hash, err)
		}
	}
}

// mendAll does what the repairers do with what was reported.
func (w *world) mendAll() (made int) {
	w.t.Helper()
	for {
		select {
		case hash := <-w.store.damage.queue:
			n, err := w.store.mend(w.t.Context(), hash, w.store.damage.take(hash))
			must(w.t, err)
			made += n
		default:
			return made
		}
	}
}

// surveyed does the survey that was asked for, if any.
func (w *world) surveyed() {
	w.t.Helper()
	select {
	case <-w.store.survey:
		must(w.t, w.store.lookAtAll(w.t.Context()))
	default:
	}
}

// look lets a period pass.
func (w *world) look(times int) {
	w.t.Helper()
	for range times {
		w.clock.pass(w.store.settings.Probe)
		must(w.t, w.store.look(w.t.Context()))
		w.surveyed()
	}
}

// clean proves the store and wants exactly so many copies of every slice.
func (w *world) clean() CheckReport {
	w.t.Helper()
	report, err := w.store.Check(w.t.Context(), CheckOptions{})
	must(w.t, err)
	for _, p := range report.Problems {
		w.t.Errorf("check: %s", p)
	}
	if report.Copies != report.Slices*int64(w.replicas) {
		w.t.Errorf("check: %d copies of %d slices", report.Copies, report.Slices)
	}
	return report
}

func (w *world) status(name string) NodeStatus {
	w.t.Helper()
	list, err := w.store.Nodes(w.t.Context())
	must(w.t, err)
	for _, s := range list {
		if s.Name == name {
			return s
		}
	}
	w.t.Fatalf("no node %s in %+v", name, list)
	return NodeStatus{}
}

// fill stores count files of a few slices.
func (w *world) fill(count int, seed uint64) {
	w.t.Helper()
	r := rand.New(rand.NewPCG(seed, 5))
	for range count {
		w.put(randomBytes(r, 1+r.IntN(3000)), 1000)
	}
}

// repaired returns the bytes that the owner of a node answers for.
func (w *world) repaired(owner string) int64 {
	w.t.Helper()
	n, err := w.meta.TrafficSum(w.t.Context(), meta.Traffic{Wallet: owner, Kind: meta.Repair})
	must(w.t, err)
	return n
}

// holders returns the names of the nodes that have part 1 of a file.
func (w *world) holders(hash string) []string {
	w.t.Helper()
	f, err := w.meta.File(w.t.Context(), "w", hash)
	must(w.t, err)
	list, err := w.meta.Slices(w.t.Context(), f.ID)
	must(w.t, err)
	var names []string
	for _, a := range list[0].Nodes {
		names = append(names, w.pool.Node(a).Name())
	}
	return names
}
