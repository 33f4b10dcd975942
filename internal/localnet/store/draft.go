package store

import (
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
	wish    node.Wish
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

// NewDraft starts a file of size bytes. A wish says which nodes are wanted;
// without one it is [node.AnyTier]. The error wraps [node.ErrFull] when there
// is no room for it.
func (s *Store) NewDraft(hash string, size int64, wish ...node.Wish) (*Draft, error) {
	release, err := s.pool.Reserve(size)
	if err != nil {
		return nil, err
	}
	d := &Draft{store: s, hash: hash, size: size, wish: node.AnyTier(), release: release, slots: make(chan struct{}, syncAhead)}
	if len(wish) > 0 {
		d.wish = wish[0]
	}
	return d, nil
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
	spread, err := d.store.pool.NewSpread(size, d.wish)
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
