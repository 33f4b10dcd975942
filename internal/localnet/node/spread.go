package node

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// minCopies is how many copies of a slice must be written for it to count as
// stored; the rest is copied again soon after. A network that keeps one copy
// needs that one.
const minCopies = 2

// Spread writes the copies of one slice to several nodes at the same time. It
// ends with Keep or Discard. A copy that fails is dropped; the others go on
// while there are enough of them. One goroutine at a time writes, syncs, keeps
// or discards; the nodes may be asked for meanwhile.
type Spread struct {
	need int

	mu     sync.Mutex
	drafts []*Draft
	failed []*Node
	causes []error
}

// NewSpread starts a slice of size bytes on as many nodes as it needs copies,
// or on fewer when there are not so many, but never on less than the minimum.
// Then the error wraps [ErrFull].
func (p *Pool) NewSpread(size int64, wish Wish) (*Spread, error) {
	s := &Spread{need: p.LeastCopies()}
	for _, n := range p.candidates(size, wish, nil) {
		if len(s.drafts) == p.replicas {
			break
		}
		d, err := n.NewDraft(size)
		if err != nil {
			s.lose(n, err)
			continue
		}
		s.drafts = append(s.drafts, d)
	}
	if err := s.enough(); err != nil {
		s.Discard()
		return nil, errors.Join(ErrFull, err)
	}
	return s, nil
}

// SpreadOver starts a slice of size bytes on the given nodes, of which one is
// enough. The spread tells who failed also when there is an error.
func SpreadOver(nodes []*Node, size int64) (*Spread, error) {
	s := &Spread{need: 1}
	for _, n := range nodes {
		d, err := n.NewDraft(size)
		if err != nil {
			s.lose(n, err)
			continue
		}
		s.drafts = append(s.drafts, d)
	}
	return s, s.enough()
}

func (s *Spread) lose(n *Node, cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed = append(s.failed, n)
	s.causes = append(s.causes, fmt.Errorf("storage node %s: %w", n.Name(), cause))
}

// enough tells whether the copies that are left suffice.
func (s *Spread) enough() error {
	if len(s.drafts) >= s.need {
		return nil
	}
	return fmt.Errorf("%d of %d copies could be written: %w", len(s.drafts), s.need, errors.Join(s.causes...))
}

// Write gives p to all copies and returns when all have it.
func (s *Spread) Write(p []byte) (int, error) {
	err := s.all(func(d *Draft) error {
		_, err := d.Write(p)
		return err
	})
	return len(p), err
}

// Sync brings all copies to the disk.
func (s *Spread) Sync() error { return s.all((*Draft).Sync) }

// Keep names the synced copies. Names are safe only after [Node.SyncNames] on
// every one of Nodes.
func (s *Spread) Keep(hash string) error {
	return s.all(func(d *Draft) error { return d.Keep(hash) })
}

// Discard removes what was not kept.
func (s *Spread) Discard() {
	for _, d := range s.drafts {
		d.Discard()
	}
}

// Nodes returns where the copies lie.
func (s *Spread) Nodes() []*Node {
	s.mu.Lock()
	defer s.mu.Unlock()
	nodes := make([]*Node, len(s.drafts))
	for i, d := range s.drafts {
		nodes[i] = d.node
	}
	return nodes
}

// Failed returns the nodes whose copies were dropped.
func (s *Spread) Failed() []*Node {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.failed)
}

// all lets every draft do fn at the same time and drops those that fail.
func (s *Spread) all(fn func(*Draft) error) error {
	errs := each(s.drafts, fn)
	left := s.drafts[:0:0]
	for i, d := range s.drafts {
		if errs[i] == nil {
			left = append(left, d)
			continue
		}
		d.Discard()
		s.lose(d.node, errs[i])
	}
	s.mu.Lock()
	s.drafts = left
	s.mu.Unlock()
	return s.enough()
}

// LeastCopies returns how many copies of a slice must be there for it to count
// as stored.
func (p *Pool) LeastCopies() int { return min(minCopies, p.replicas) }

// SyncNames makes the names of kept slices safe on all given nodes. It returns
// the errors of those that could not.
func SyncNames(nodes map[*Node]bool) map[*Node]error {
	list := slices.Collect(maps.Keys(nodes))
	failed := map[*Node]error{}
	for i, err := range each(list, (*Node).SyncNames) {
		if err != nil {
			failed[list[i]] = err
		}
	}
	return failed
}

// each calls fn for all items at the same time and returns the errors.
func each[T any](items []T, fn func(T) error) []error {
	errs := make([]error, len(items))
	var wait sync.WaitGroup
	for i, item := range items {
		wait.Go(func() { errs[i] = fn(item) })
	}
	wait.Wait()
	return errs
}
