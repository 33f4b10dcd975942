package store

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// NodeStatus is what people see of a storage node.
type NodeStatus struct {
	Name        string
	Address     string // stsds1...
	Owner       string // wallet, st1...
	Tier        int    // now
	InitialTier int
	State       string    // active, suspended, stopped or missing
	Online      bool      // it serves
	Since       time.Time // of the last change of state
	Score       float64   // 0 to 100
	Capacity    int64     // bytes
	Used        int64     // bytes
	Slices      int64
	Draining    bool
	Left        int64 // slices that a draining node still has
}

// Nodes returns all storage nodes in the order of their numbers.
func (s *Store) Nodes(ctx context.Context) ([]NodeStatus, error) {
	list := s.roll()
	for i, st := range list {
		slices, bytes, err := s.meta.NodeLoad(ctx, st.Address)
		if err != nil {
			return nil, err
		}
		list[i].Slices, list[i].Used = slices, bytes
		if st.Draining {
			list[i].Left = slices
		}
	}
	return list, nil
}

// roll lists the members without what is on record for them.
func (s *Store) roll() []NodeStatus {
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	var list []NodeStatus
	for _, m := range s.fleet.sorted() {
		st := NodeStatus{
			Name: m.Name, Address: m.Address, Owner: m.Owner, InitialTier: m.Tier, State: m.state(),
			Since: time.Unix(m.Since, 0), Score: m.Score, Draining: m.Draining,
		}
		if m.node != nil {
			st.Tier, st.Online, st.Capacity = m.node.Tier(), m.node.Online(), m.node.Capacity()
		}
		list = append(list, st)
	}
	return list
}

// compareMembers puts nodes in the order of their numbers.
func compareMembers(a, b *member) int {
	x, _ := strconv.Atoi(a.Name)
	y, _ := strconv.Atoi(b.Name)
	return cmp.Or(cmp.Compare(x, y), cmp.Compare(a.Address, b.Address))
}

// AddNode makes one more storage node of that class, 0 to 3; a capacity of 0
// bytes is a share of the disk. It gets slices from now on.
func (s *Store) AddNode(ctx context.Context, capacity int64, tier int) (*node.Node, error) {
	switch {
	case tier < 0 || tier > node.MaxTier:
		return nil, fault.Wrong(nil, "The tier of a storage node must be between 0 and %d.", node.MaxTier)
	case capacity < 0:
		return nil, fault.Wrong(nil, "The capacity of a storage node cannot be negative.")
	}
	n, err := s.pool.Add(capacity, tier)
	if err != nil {
		return nil, err
	}
	if err := s.enlist(ctx, n); err != nil {
		return nil, err
	}
	s.wantSurvey() // it may hold copies that had no place before
	return n, nil
}

// change lets fn change a member, keeps and applies the result, and has all
// slices looked at.
func (s *Store) change(ctx context.Context, name string, fn func(m *member) error) error {
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	m, err := s.find(name)
	if err != nil {
		return err
	}
	before := *m
	if err := fn(m); err != nil || m.Node == before.Node {
		return err
	}
	m.Since, m.dirty = s.now(), true
	if err := s.keep(ctx, m); err != nil {
		*m = before
		return err
	}
	m.apply()
	s.wantSurvey()
	return nil
}

// StopNode stops a node: it serves nothing and gets nothing, after a restart
// of the network too. Its copies are made again when it is away for long.
func (s *Store) StopNode(ctx context.Context, name string) error {
	return s.change(ctx, name, func(m *member) error {
		if !m.Stopped && m.Gone == 0 {
			m.Gone = s.now()
		}
		m.Stopped = true
		return nil
	})
}

// StartNode lets a stopped node serve again and keeps one that was being
// emptied. Copies that are more than wanted by then are removed.
func (s *Store) StartNode(ctx context.Context, name string) error {
	return s.change(ctx, name, func(m *member) error {
		m.Stopped, m.Draining = false, false
		if m.node != nil && m.node.Present() {
			m.Gone = 0
		}
		return nil
	})
}

// DrainNode empties a node: it gets no new slices, and those it has move away
// in the background. [Store.Nodes] tells how many are left.
func (s *Store) DrainNode(ctx context.Context, name string) error {
	return s.change(ctx, name, func(m *member) error {
		if err := s.spare(m); err != nil {
			return err
		}
		m.Draining = true
		return nil
	})
}

// spare refuses to go on without a node when the others are too few for the
// copies of a slice. The fleet is locked.
func (s *Store) spare(without *member) error {
	others := 0
	for _, m := range s.fleet.members {
		if m != without && m.node != nil && !m.Stopped && !m.Draining {
			others++
		}
	}
	if others < s.pool.Replicas() {
		return fault.Wrong(nil, "Everything is kept %d times, on as many storage nodes, and without node %s only %d would be left. "+
			"Nothing was changed; add or start another node first.", s.pool.Replicas(), without.Name, others)
	}
	return nil
}
