package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// RemoveNode takes a node out of the network at once and deletes its folder.
// Its copies are made again from the others. It is refused, with a sentence,
// when a slice would lose its last good copy.
//
// The record goes first, the folder after it: a crash in between leaves a
// folder that the next start removes.
func (s *Store) RemoveNode(ctx context.Context, name string) error {
	m, err := s.removable(name)
	if err != nil {
		return err
	}
	if err := s.refuseLoss(ctx, m, s.provenOn); err != nil {
		return err
	}
	if err := s.strike(ctx, m); err != nil {
		return err
	}
	if err := s.finishRemoval(ctx, m.Address); err != nil { // the next start does it
		s.logf("the folder of the removed storage node %s is still there: %v", m.Name, err)
	}
	s.wantSurvey()
	return nil
}

func (s *Store) removable(name string) (*member, error) {
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	m, err := s.find(name)
	if err != nil {
		return nil, err
	}
	return m, s.spare(m)
}

// strike removes a node from the records, while nothing is put on record.
func (s *Store) strike(ctx context.Context, m *member) error {
	s.gate.Lock()
	defer s.gate.Unlock()
	if err := s.refuseLoss(ctx, m, (*node.Node).Has); err != nil {
		return err
	}
	if err := s.meta.RemoveNode(ctx, m.Address); err != nil {
		return err
	}
	if m.node != nil {
		m.node.SetState(node.Stopped)
	}
	s.fleet.mu.Lock()
	delete(s.fleet.members, m.Address)
	s.fleet.mu.Unlock()
	return nil
}

// finishRemoval removes what is left of a node that is on no record.
func (s *Store) finishRemoval(ctx context.Context, address string) error {
	if s.idle {
		return nil
	}
	if n := s.pool.Node(address); n != nil {
		if err := s.pool.Drop(n); err != nil {
			return err
		}
	}
	return s.meta.ForgetNode(ctx, address)
}

// provenOn tells whether the node has a good copy of a slice.
func (s *Store) provenOn(n *node.Node, hash string, _ int64) bool {
	r, err := s.meta.StoredSlice(context.Background(), hash)
	if err != nil {
		return errors.Is(err, meta.NoFile)
	}
	_, err = s.proveOn(n, wantedOf(r))
	return err == nil
}

// refuseLoss is an error when a slice on m has no other copy. has is asked
// only about a copy that would be the last; others are looked for by name and
// size.
func (s *Store) refuseLoss(ctx context.Context, m *member, has func(n *node.Node, hash string, size int64) bool) error {
	lonely := 0
	var names []string
	sizes := map[string]int64{}
	err := s.meta.NodeSlices(ctx, m.Address, func(hash string, size int64) {
		names = append(names, hash)
		sizes[hash] = size
	})
	if err != nil {
		return err
	}
	for _, hash := range names {
		others, err := s.others(ctx, m.Address, hash, sizes[hash])
		if err != nil {
			return err
		}
		if len(others) == 0 || len(others) == 1 && !has(others[0], hash, sizes[hash]) {
			lonely++
		}
	}
	if lonely == 0 {
		return nil
	}
	return fault.Wrong(fmt.Errorf("%d slices have no other good copy", lonely),
		"Storage node %s has the last good copy of %d slices, so it was not removed. Drain it first, or start the nodes that have the other copies.",
		m.Name, lonely)
}

// others returns the nodes besides one that have the slice by name and size.
func (s *Store) others(ctx context.Context, address, hash string, size int64) ([]*node.Node, error) {
	there, err := s.present(ctx, hash, size)
	if err != nil {
		return nil, err
	}
	var list []*node.Node
	for _, a := range there {
		if n := s.pool.Node(a); n != nil && a != address {
			list = append(list, n)
		}
	}
	return list, nil
}
