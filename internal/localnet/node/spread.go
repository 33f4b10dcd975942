package node

import (
	"errors"
	"sync"
)

// Spread writes the copies of one slice to several nodes at the same time. It
// ends with Keep or Discard.
type Spread struct{ drafts []*Draft }

// NewSpread starts a slice of size bytes on as many nodes as it needs copies.
func (p *Pool) NewSpread(size int64) (*Spread, error) {
	nodes, err := p.Choose(p.replicas, size, nil)
	if err != nil {
		return nil, err
	}
	return SpreadOver(nodes)
}

// SpreadOver starts a slice on the given nodes.
func SpreadOver(nodes []*Node) (*Spread, error) {
	s := &Spread{}
	for _, n := range nodes {
		d, err := n.NewDraft()
		if err != nil {
			s.Discard()
			return nil, err
		}
		s.drafts = append(s.drafts, d)
	}
	return s, nil
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
	nodes := make([]*Node, len(s.drafts))
	for i, d := range s.drafts {
		nodes[i] = d.node
	}
	return nodes
}

func (s *Spread) all(fn func(*Draft) error) error {
	return each(s.drafts, fn)
}

// SyncNames makes the names of kept slices safe on all given nodes.
func SyncNames(nodes []*Node) error { return each(nodes, (*Node).SyncNames) }

// each calls fn for all items at the same time and joins the errors.
func each[T any](items []T, fn func(T) error) error {
	errs := make([]error, len(items))
	var wait sync.WaitGroup
	for i, item := range items {
		wait.Go(func() { errs[i] = fn(item) })
	}
	wait.Wait()
	return errors.Join(errs...)
}
