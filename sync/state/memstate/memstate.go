// Package memstate keeps what a device knows about a drive in memory, behind
// the interface that package state's SQLite file has too. It is for tests.
package memstate

import (
	"context"
	"slices"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// State is what [state.DB] is, in memory. Every change that Update has made
// lasts. It is safe for several goroutines.
type State struct {
	mu      sync.Mutex
	meta    map[string][]byte
	packs   map[int64]*packRow
	files   map[string]int64 // packs by their id on the network
	blobs   map[blobKey][]place
	objects map[blobKey][]byte
	indexes map[pack.ID]indexRow
	heads   map[string]state.Head
	doomed  map[string]state.Doom
	synced  map[tree.ID]tree.Node
	disk    map[tree.ID]tree.OnDisk
	last    int64 // number of the newest pack
}

type packRow struct {
	state.Pack
	index *pack.ID
}

type blobKey struct {
	kind pack.Kind
	id   pack.ID
}

type place struct {
	pack int64
	blob pack.Blob
}

type indexRow struct {
	ref      object.IndexRef
	replaced bool
}

// New returns an empty state.
func New() *State {
	return &State{
		meta: map[string][]byte{}, packs: map[int64]*packRow{}, files: map[string]int64{}, blobs: map[blobKey][]place{},
		objects: map[blobKey][]byte{}, indexes: map[pack.ID]indexRow{}, heads: map[string]state.Head{}, doomed: map[string]state.Doom{},
		synced: map[tree.ID]tree.Node{}, disk: map[tree.ID]tree.OnDisk{},
	}
}

// Close does nothing: the state can be opened again.
func (s *State) Close() error { return nil }

// Update runs change. An error of change undoes all of it.
func (s *State) Update(ctx context.Context, change func(tx state.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	tx := &tx{s: s}
	err := change(tx)
	if err != nil {
		tx.rollBack()
	}
	return err
}

// Set stores a value.
func (s *State) Set(ctx context.Context, key string, v []byte) error {
	return s.Update(ctx, func(tx state.Tx) error { return tx.Set(key, v) })
}

// tx is one change, with what undoes it.
type tx struct {
	s    *State
	undo []func()
}

func (t *tx) rollBack() {
	for _, f := range slices.Backward(t.undo) {
		f()
	}
}

// put sets a key of a map and notes how to undo that.
func put[K comparable, V any](t *tx, m map[K]V, k K, v V) {
	old, had := m[k]
	m[k] = v
	t.undo = append(t.undo, func() {
		if had {
			m[k] = old
		} else {
			delete(m, k)
		}
	})
}

func drop[K comparable, V any](t *tx, m map[K]V, k K) {
	old, had := m[k]
	if !had {
		return
	}
	delete(m, k)
	t.undo = append(t.undo, func() { m[k] = old })
}
