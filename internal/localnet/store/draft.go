package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// syncAhead is how many slices of one upload may wait for the disk while the
// next one is being written.
const syncAhead = 2

// Draft is a file that is being stored. It is written by one goroutine and
// ends with Commit or Discard; Discard after Commit does nothing.
type Draft struct {
	store   *Store
	hash    string
	size    int64
	release func()

	current *draftSlice // being written
	written int64
	slices  []*draftSlice

	syncing sync.WaitGroup
	slots   chan struct{}
	mu      sync.Mutex
	err     error // the first of the syncs
	done    bool
}

// draftSlice is one slice with its copies.
type draftSlice struct {
	meta.Slice
	spread *node.Spread
	hasher *wire.SliceHasher
	maker  *proofMaker
	left   int64
}

// NewDraft starts a file of size bytes. The error wraps [node.ErrFull] when
// there is no room for it.
func (s *Store) NewDraft(hash string, size int64) (*Draft, error) {
	release, err := s.pool.Reserve(size)
	if err != nil {
		return nil, err
	}
	return &Draft{store: s, hash: hash, size: size, release: release, slots: make(chan struct{}, syncAhead)}, nil
}

// Write takes the next bytes of an ordinary file; slices are cut by the rule
// of [wire.SliceRange].
func (d *Draft) Write(p []byte) (int, error) {
	total := len(p)
	if d.written+int64(total) > d.size {
		return 0, errors.New("store file: more bytes than announced")
	}
	for len(p) > 0 {
		if d.current == nil {
			start, end := wire.SliceRange(int64(len(d.slices))+1, d.size)
			if err := d.begin(start, end-start); err != nil {
				return total - len(p), err
			}
		}
		n := min(int64(len(p)), d.current.left)
		if err := d.put(p[:n]); err != nil {
			return total - len(p), err
		}
		p = p[n:]
	}
	return total, d.failure()
}

// WriteSlice stores the next slice of a video, which may have any size.
func (d *Draft) WriteSlice(r io.Reader, size int64) error {
	if err := d.begin(0, size); err != nil {
		return err
	}
	buf := make([]byte, min(size, 1<<20))
	for left := size; left > 0; {
		n, err := io.ReadFull(r, buf[:min(left, int64(len(buf)))])
		if err != nil {
			return fmt.Errorf("read slice: %w", err)
		}
		if err := d.put(buf[:n]); err != nil {
			return err
		}
		left -= int64(n)
	}
	return d.failure()
}

// begin starts the next slice; an empty one is complete at once.
func (d *Draft) begin(start, size int64) error {
	number := int64(len(d.slices)) + 1
	hasher, err := wire.NewSliceHasher(d.hash, uint64(number))
	if err != nil {
		return err
	}
	spread, err := d.store.pool.NewSpread(size)
	if err != nil {
		return err
	}
	d.current = &draftSlice{
		Slice:  meta.Slice{Number: number, Start: start, Size: size},
		spread: spread, hasher: hasher, maker: d.store.proofs.maker(), left: size,
	}
	d.slices = append(d.slices, d.current)
	if size == 0 {
		d.complete()
	}
	return nil
}

// put writes p, a part of the current slice, to its copies while hashing it.
func (d *Draft) put(p []byte) error {
	var hashed sync.WaitGroup
	hashed.Go(func() {
		d.current.hasher.Write(p)
		d.current.maker.write(p)
	})
	_, err := d.current.spread.Write(p)
	hashed.Wait()
	if err != nil {
		return fmt.Errorf("write slice %d: %w", d.current.Number, err)
	}
	d.written += int64(len(p))
	if d.current.left -= int64(len(p)); d.current.left == 0 {
		d.complete()
	}
	return nil
}

// complete lets the disk catch up with the current slice in the background.
func (d *Draft) complete() {
	s := d.current
	d.current = nil
	s.Hash = s.hasher.Sum()
	d.store.proofs.put(s.Hash, s.maker.proof())
	d.slots <- struct{}{}
	d.syncing.Go(func() {
		err := s.spread.Sync()
		<-d.slots
		if err != nil {
			d.fail(err)
		}
	})
}

func (d *Draft) fail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err == nil {
		d.err = err
	}
}

func (d *Draft) failure() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.err
}

// Flush waits until every complete slice is on the disk. A slice that is not
// complete is an error.
func (d *Draft) Flush() error {
	d.syncing.Wait()
	if d.current != nil {
		return fmt.Errorf("store file: %d of %d bytes are there", d.written, d.size)
	}
	return d.failure()
}

// Commit puts the flushed file on record as u says; u.Slices is filled in.
// When accepted is true the record exists already and waits for its slices.
// The error may be a [meta.Refusal].
func (d *Draft) Commit(ctx context.Context, u meta.Upload, accepted bool) error {
	if err := d.Flush(); err != nil {
		return err
	}
	slices, err := d.record(ctx, u, accepted)
	if err != nil {
		d.store.dropUnrecorded(ctx, slices)
		return err
	}
	d.finish()
	return nil
}

// record names the copies and then writes the record. What it kept is returned
// even when the record was refused.
func (d *Draft) record(ctx context.Context, u meta.Upload, accepted bool) ([]meta.Slice, error) {
	d.store.gate.RLock()
	defer d.store.gate.RUnlock()
	slices, err := d.keep(ctx)
	if err != nil {
		return slices, err
	}
	if accepted {
		return slices, d.store.meta.FinishUpload(ctx, u.Owner, u.Hash, slices)
	}
	u.Slices = slices
	return slices, d.store.meta.AcceptUpload(ctx, u)
}

// keep names all copies. A slice that lies on enough nodes already, because
// another file has it, needs no more copies.
func (d *Draft) keep(ctx context.Context) ([]meta.Slice, error) {
	var slices []meta.Slice
	touched := map[*node.Node]bool{}
	for _, s := range d.slices {
		there, err := d.store.present(ctx, s.Hash, s.Size)
		if err != nil {
			return slices, err
		}
		if len(there) >= d.store.pool.Replicas() {
			s.Nodes = there
			slices = append(slices, s.Slice)
			continue
		}
		s.Nodes = nil
		for _, n := range s.spread.Nodes() {
			s.Nodes = append(s.Nodes, n.Address())
			touched[n] = true
		}
		slices = append(slices, s.Slice)
		if err := s.spread.Keep(s.Hash); err != nil {
			return slices, err
		}
	}
	nodes := make([]*node.Node, 0, len(touched))
	for n := range touched {
		nodes = append(nodes, n)
	}
	return slices, node.SyncNames(nodes)
}

// present returns the nodes on record that do have a copy of the right size.
func (s *Store) present(ctx context.Context, hash string, size int64) ([]string, error) {
	holders, err := s.meta.Holders(ctx, hash)
	if err != nil {
		return nil, err
	}
	var there []string
	for _, address := range holders {
		if n := s.pool.Node(address); n != nil && n.Has(hash, size) {
			there = append(there, address)
		}
	}
	return there, nil
}

// Slices returns what was stored, after Commit.
func (d *Draft) Slices() []meta.Slice {
	list := make([]meta.Slice, len(d.slices))
	for i, s := range d.slices {
		list[i] = s.Slice
	}
	return list
}

// Discard removes what was written.
func (d *Draft) Discard() { d.finish() }

func (d *Draft) finish() {
	if d.done {
		return
	}
	d.done = true
	d.syncing.Wait()
	for _, s := range d.slices {
		s.spread.Discard() // only what has no name yet
	}
	d.release()
}
