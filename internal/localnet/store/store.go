package store

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/singleflight"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// Store is all files of the local network. Its methods may be called from many
// goroutines.
type Store struct {
	meta *meta.Meta
	pool *node.Pool
	log  io.Writer

	// gate keeps removing apart from keeping: who gives copies their names and
	// puts them on record holds it for reading, who removes holds it alone.
	gate sync.RWMutex

	proofs  proofs
	proving singleflight.Group

	stop   context.CancelFunc
	bad    chan badCopy
	healed sync.WaitGroup
}

// Open makes the nodes agree with the records: copies that are not on record
// are removed. log gets one line for each damage found later; nil is allowed.
func Open(ctx context.Context, m *meta.Meta, pool *node.Pool, log io.Writer) (*Store, error) {
	if log == nil {
		log = io.Discard
	}
	s := &Store{meta: m, pool: pool, log: log, bad: make(chan badCopy, 1024), proofs: newProofs()}
	var group errgroup.Group
	for _, n := range pool.Nodes() {
		group.Go(func() error { return s.sweep(ctx, n) })
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	run, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	s.healed.Go(func() { s.heal(run) })
	return s, nil
}

// Close ends the repairs.
func (s *Store) Close() {
	s.stop()
	s.healed.Wait()
}

// Pool returns the nodes.
func (s *Store) Pool() *node.Pool { return s.pool }

func (s *Store) sweep(ctx context.Context, n *node.Node) error {
	known, used := map[string]bool{}, int64(0)
	err := s.meta.NodeSlices(ctx, n.Address(), func(hash string, size int64) {
		known[hash] = true
		used += size
	})
	if err != nil {
		return err
	}
	n.SetUsed(used)
	_, err = n.Sweep(func(hash string) bool { return known[hash] })
	return err
}

// Delete removes a file of owner, its shares and the copies that no other file
// needs. The error is [meta.NoFile] when there is no such file.
func (s *Store) Delete(ctx context.Context, owner, hash string) error {
	s.gate.Lock()
	defer s.gate.Unlock()
	free, err := s.meta.DeleteFile(ctx, owner, hash)
	if err != nil {
		return err
	}
	for _, c := range free {
		s.removeCopy(c.Node, c.Hash)
	}
	return nil
}

// dropUnrecorded removes those copies of slices that are on no record.
func (s *Store) dropUnrecorded(ctx context.Context, list []meta.Slice) {
	s.gate.Lock()
	defer s.gate.Unlock()
	for _, slice := range list {
		holders, err := s.meta.Holders(ctx, slice.Hash)
		if err != nil {
			return // they go at the next start
		}
		for _, address := range slice.Nodes {
			if !slices.Contains(holders, address) {
				s.removeCopy(address, slice.Hash)
			}
		}
	}
}

// removeCopy removes bytes that are on no record; what cannot be removed now
// goes at the next start.
func (s *Store) removeCopy(address, hash string) {
	n := s.pool.Node(address)
	if n == nil {
		return
	}
	if err := n.Remove(hash); err != nil {
		fmt.Fprintf(s.log, "storage node %s: %v\n", n.Name(), err)
	}
}
