package store

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// busy is a network where everything happens at once.
type busy struct {
	*world
	mu    sync.Mutex
	whole map[string][]byte // stored and not deleted
}

// store uploads files one after the other; some are deleted again.
func (b *busy) store(owner string, r *rand.Rand, count int) {
	for i := range count {
		data := randomBytes(r, 1+r.IntN(3000))
		err := b.upload(owner, data)
		for end := time.Now().Add(20 * time.Second); passing(err) && time.Now().Before(end); {
			time.Sleep(5 * time.Millisecond)
			err = b.upload(owner, data)
		}
		if err != nil {
			b.t.Errorf("upload %d of %s: %v", i, owner, err)
			return
		}
		if r.IntN(4) == 0 {
			must(b.t, b.world.store.Delete(b.t.Context(), owner, hashOf(data)))
			continue
		}
		b.mu.Lock()
		b.whole[owner+" "+hashOf(data)] = data
		b.mu.Unlock()
	}
}

// passing tells whether an error may come from nodes that are stopped for a
// moment: too few in service, or two that stopped during one upload.
func passing(err error) bool {
	return errors.Is(err, node.ErrFull) || errors.Is(err, node.ErrStopped)
}

func (b *busy) upload(owner string, data []byte) error {
	d, err := b.world.store.NewDraft(hashOf(data), int64(len(data)))
	if err != nil {
		return err
	}
	defer d.Discard()
	if _, err := d.Write(data); err != nil {
		return err
	}
	a, err := b.meta.Account(b.t.Context(), owner)
	if err != nil {
		return err
	}
	return d.Commit(b.t.Context(), meta.Upload{
		Owner: owner, Hash: hashOf(data), Name: "f", Size: int64(len(data)),
		Sequence: a.Sequence, Price: meta.UploadPrice(int64(len(data)), b.replicas),
	}, false)
}

// rule stops, starts, drains, adds and removes nodes. Only one at a time is
// away, so that everything stays readable.
func (b *busy) rule(ctx context.Context, r *rand.Rand, count int) {
	s := b.world.store
	for range count {
		nodes := b.pool.Nodes()
		name := nodes[1+r.IntN(len(nodes)-1)].Name() // the first is where copies are damaged
		var err error
		switch r.IntN(4) {
		case 0:
			must(b.t, s.StopNode(ctx, name))
			time.Sleep(time.Duration(r.IntN(20)) * time.Millisecond)
			err = s.StartNode(ctx, name)
		case 1:
			if err = s.DrainNode(ctx, name); err == nil && r.IntN(2) == 0 {
				err = s.StartNode(ctx, name)
			}
		case 2:
			_, err = s.AddNode(ctx, 1<<30, 2)
		case 3:
			err = s.RemoveNode(ctx, name)
		}
		if err != nil && fault.Sentence(err) == "" {
			b.t.Errorf("node %s: %v", name, err)
		}
	}
}

// harm damages copies on the first node.
func (b *busy) harm(r *rand.Rand, count int) {
	n := b.pool.Nodes()[0]
	for range count {
		names, err := n.SliceNames()
		must(b.t, err)
		if len(names) == 0 {
			continue
		}
		path := filepath.Join(b.dir, "nodes", n.Name(), "slices", names[r.IntN(len(names))])
		_ = breakFile(r, path) // it may be gone
		time.Sleep(time.Millisecond)
	}
}

// check reads a stored file and compares.
func (b *busy) check(key string, data []byte) error {
	owner, hash, _ := bytes.Cut([]byte(key), []byte(" "))
	f, err := b.meta.File(b.t.Context(), string(owner), string(hash))
	if err != nil {
		return err
	}
	reader, err := b.world.store.OpenFile(b.t.Context(), f)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	for _, s := range reader.Slices() {
		if err := reader.CopySlice(b.t.Context(), &out, s, func(string, int64) {}); err != nil {
			return err
		}
	}
	if !bytes.Equal(out.Bytes(), data) {
		return errors.New("it differs")
	}
	return nil
}

func (b *busy) read(ctx context.Context) {
	for ctx.Err() == nil {
		b.mu.Lock()
		var key string
		var data []byte
		for key, data = range b.whole {
			break
		}
		b.mu.Unlock()
		if key == "" {
			continue
		}
		err := b.check(key, data)
		for end := time.Now().Add(20 * time.Second); passing(err) && time.Now().Before(end); {
			err = b.check(key, data) // the last good copy was on a node that is stopped for a moment
		}
		if err != nil {
			b.t.Errorf("read %s: %v", key, err)
			return
		}
	}
}

// TestEverythingAtOnce: uploads, deletions, reads, damage and nodes that come
// and go, all at the same time. Nothing that was stored is lost, nothing wrong
// is read, and in the end every slice has its copies.
func TestEverythingAtOnce(t *testing.T) {
	count := 25
	if nightly() {
		count = 1000
	}
	w := newWorld(t, 8, 3)
	for _, owner := range []string{"a", "b"} {
		must(t, w.meta.CreditPrepay(t.Context(), prepayTo(owner)))
	}
	w.store.settings.Probe, w.store.settings.Grace = 50*time.Millisecond, time.Second
	w.store.clock = time.Now
	w.store.begin(t.Context())
	b := &busy{world: w, whole: map[string][]byte{}}
	seed := newSeed(t)
	var wait, reading sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	for range 2 {
		reading.Go(func() { b.read(ctx) })
	}
	for i, owner := range []string{"a", "b"} {
		wait.Go(func() { b.store(owner, rand.New(rand.NewPCG(seed, uint64(i))), count) })
	}
	wait.Go(func() { b.rule(t.Context(), rand.New(rand.NewPCG(seed, 8)), count) })
	wait.Go(func() { b.harm(rand.New(rand.NewPCG(seed, 9)), count) })
	wait.Wait()
	stop()
	reading.Wait()
	for key, data := range b.whole {
		if err := b.check(key, data); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	await(t, func() bool { // nodes that were stopped last have just come back
		report, err := w.store.Check(t.Context(), CheckOptions{Repair: true})
		must(t, err)
		return len(report.Problems) == 0 && report.Repaired == 0
	})
}
