package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node/simdisk"
)

// powered is a network on a simulated disk: records are in a real database,
// whose own safety is trusted, and nothing is recorded after the power is cut.
type powered struct {
	*world
	disk     *simdisk.Disk
	r        *rand.Rand
	finished map[string][]byte // reported as stored
	unclear  map[string][]byte // cut off on the way in or out
}

func newPowered(t *testing.T, seed uint64) *powered {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), nodes: 5, replicas: 3, clock: newClock(), contents: map[string][]byte{}}
	p := &powered{
		world: w, disk: simdisk.New(seed), r: rand.New(rand.NewPCG(seed, 3)),
		finished: map[string][]byte{}, unclear: map[string][]byte{},
	}
	must(t, p.start(t.Context()))
	must(t, w.meta.CreditPrepay(t.Context(), meta.Prepay{Height: 1, Beneficiary: "w", Wei: big.NewInt(1), Noz: big.NewInt(1e15)}))
	return p
}

func (p *powered) start(ctx context.Context) (err error) {
	if p.meta, err = meta.Open(ctx, filepath.Join(p.dir, "meta.db"), meta.Options{Clock: p.clock.Now}); err != nil {
		return err
	}
	p.pool, err = node.OpenPoolWith(node.PoolOptions{
		Dir: "nodes", Count: p.nodes, Replicas: p.replicas, Files: p.disk,
		Disk: func(string) (node.DiskSpace, error) { return node.DiskSpace{Total: 1 << 40, Free: 1 << 39}, nil },
	})
	if err != nil {
		return err
	}
	p.store, err = openQuiet(ctx, Options{Meta: p.meta, Pool: p.pool, Clock: p.clock.Now})
	return err
}

// act does one thing that people or the network do.
func (p *powered) act(ctx context.Context) {
	switch p.r.IntN(8) {
	case 0, 1, 2, 3:
		p.upload(ctx)
	case 4:
		p.remove(ctx)
	case 5:
		p.damage()
		_, _ = p.store.Check(ctx, CheckOptions{Repair: true})
	case 6:
		_, _ = p.store.AddNode(ctx, 0, 2)
	case 7:
		nodes := p.pool.Nodes()
		_ = p.store.RemoveNode(ctx, nodes[p.r.IntN(len(nodes))].Name())
		_ = p.store.lookAtAll(ctx)
	}
}

func (p *powered) upload(ctx context.Context) {
	data := randomBytes(p.r, 1+p.r.IntN(500))
	d, order, err := p.video(ctx, data, 200)
	accepted := p.r.IntN(2) == 0
	if err == nil && accepted {
		err = p.meta.AcceptUpload(ctx, order)
	}
	if err == nil {
		p.unclear[order.Hash] = data
		err = d.Commit(ctx, order, accepted)
	}
	if err == nil {
		delete(p.unclear, order.Hash)
		p.finished[order.Hash] = data
	}
}

func (p *powered) remove(ctx context.Context) {
	for hash, data := range p.finished {
		delete(p.finished, hash)
		if p.store.Delete(ctx, "w", hash) != nil {
			p.unclear[hash] = data
		}
		return
	}
}

// damage changes a byte of one copy of a slice that has others.
func (p *powered) damage() {
	n := p.pool.Nodes()[0]
	names, err := n.SliceNames()
	if err != nil || len(names) == 0 {
		return
	}
	_ = p.disk.Flip(filepath.Join("nodes", n.Name(), "slices", names[p.r.IntN(len(names))]), p.r.IntN(500))
}

// run acts until the power is cut, and starts again.
func (p *powered) run(operations int) error {
	ctx, cancel := context.WithCancel(p.t.Context())
	defer cancel()
	p.disk.CutAfter(operations, cancel)
	for ctx.Err() == nil {
		p.act(ctx)
	}
	p.store.Close()
	if err := p.meta.Close(); err != nil {
		return err
	}
	p.disk.Restart()
	for try := 0; ; try++ {
		err := p.start(p.t.Context())
		if try == 3 || !errors.Is(err, simdisk.ErrCut) {
			return err
		}
	}
}

// verify: whatever was reported as stored is whole, whatever is listed is
// whole, and repairs leave nothing to complain about.
func (p *powered) verify() error {
	for hash, data := range p.finished {
		if got, err := p.get(hash); err != nil || !bytes.Equal(got, data) {
			return fmt.Errorf("a stored file of %d bytes is lost: %w", len(data), err)
		}
	}
	for hash, data := range p.unclear {
		got, err := p.get(hash)
		switch {
		case errors.Is(err, meta.NoFile):
		case err != nil || !bytes.Equal(got, data):
			return fmt.Errorf("half a file of %d bytes is there: %w", len(data), err)
		default:
			p.finished[hash] = data
		}
		delete(p.unclear, hash)
	}
	if _, err := p.store.Check(p.t.Context(), CheckOptions{Repair: true}); err != nil {
		return err
	}
	report, err := p.store.Check(p.t.Context(), CheckOptions{})
	if err != nil || len(report.Problems) > 0 {
		return fmt.Errorf("%d problems, the first: %v, %w", len(report.Problems), report.Problems, err)
	}
	return p.nothingHalf()
}

// nothingHalf: every name in a folder of slices is that of a whole copy on
// record, and no draft is left.
func (p *powered) nothingHalf() error {
	for _, n := range p.pool.Nodes() {
		known := map[string]bool{}
		if err := p.meta.NodeSlices(p.t.Context(), n.Address(), func(hash string, _ int64) { known[hash] = true }); err != nil {
			return err
		}
		names, err := n.SliceNames()
		if err != nil {
			return err
		}
		for _, name := range names {
			if !known[name] {
				return fmt.Errorf("storage node %s has %s on no record", n.Name(), name)
			}
		}
		drafts, err := p.disk.Names(filepath.Join("nodes", n.Name(), "tmp"))
		if err != nil || len(drafts) > 0 {
			return fmt.Errorf("storage node %s has drafts %v: %w", n.Name(), drafts, err)
		}
	}
	return nil
}

func (p *powered) end() {
	p.store.Close()
	must(p.t, p.meta.Close())
}

// TestPowerCuts cuts the power at random operations of a busy network: a file
// that was reported as stored is never lost and none is ever half there.
// STOS_NIGHTLY makes it thousands of times. Nodes are written at the same
// time, so a seed repeats a run nearly, not to the operation.
func TestPowerCuts(t *testing.T) {
	worlds, cuts := 6, 6
	if nightly() {
		worlds, cuts = 200, 25
	}
	seed := newSeed(t)
	stored := 0
	for i := range worlds {
		p := newPowered(t, seed+uint64(i))
		for cut := range cuts {
			err := p.run(1 + p.r.IntN(600))
			if err == nil {
				err = p.verify()
			}
			if err != nil {
				p.end()
				t.Fatalf("seed %d, cut %d: %v", seed+uint64(i), cut, err)
			}
		}
		stored += len(p.finished)
		p.end()
	}
	t.Logf("%d cuts, %d files stored", worlds*cuts, stored)
	if stored == 0 {
		t.Error("nothing was ever stored")
	}
}

// TestPowerCutsAreFelt: on a disk whose syncs do nothing the same test does
// find lost files, so it can fail.
func TestPowerCutsAreFelt(t *testing.T) {
	for seed := range uint64(50) {
		p := newPowered(t, seed)
		p.disk.Lie()
		err := p.run(400)
		if err == nil {
			err = p.verify()
		}
		p.end()
		if err != nil {
			return
		}
	}
	t.Error("50 cuts of an unsynced disk were not felt")
}
