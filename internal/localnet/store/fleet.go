package store

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// member is a node with what is kept of it.
type member struct {
	meta.Node
	node    *node.Node // nil: its folder was missing at the start
	health  health
	dirty   bool // differs from what is kept
	overdue bool // it is away for so long that its copies were looked after
}

// fleet is all nodes that ought to be there, by address.
type fleet struct {
	mu      sync.Mutex
	members map[string]*member
}

// standing tells what a copy on a node is worth.
type standing int

const (
	unknown standing = iota // no such node: its record is stale
	serving
	leaving // serving, but being emptied
	away    // not there for a short time: its copies count
	gone    // not there for long: its copies do not count
)

// muster joins the nodes of the pool with what is kept of them.
func (s *Store) muster(ctx context.Context) error {
	kept, err := s.meta.Nodes(ctx)
	if err != nil {
		return err
	}
	s.fleet.members = map[string]*member{}
	for _, k := range kept {
		if k.Removed {
			if err := s.finishRemoval(ctx, k.Address); err != nil {
				return err
			}
			continue
		}
		s.fleet.members[k.Address] = &member{Node: k}
	}
	for _, err := range s.pool.Skipped() {
		s.logf("a storage node cannot be used: %v", err)
	}
	for _, n := range s.pool.Nodes() {
		if err := s.enlist(ctx, n); err != nil {
			return err
		}
	}
	return s.missFolders(ctx)
}

// enlist takes a node of the pool into the fleet, in the state it was left in.
func (s *Store) enlist(ctx context.Context, n *node.Node) error {
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	m := s.fleet.members[n.Address()]
	if m == nil {
		m = &member{Node: meta.Node{
			Address: n.Address(), Owner: n.Owner(), Tier: n.InitialTier(), Score: node.FullScore, Since: s.now(),
		}, dirty: true}
		s.fleet.members[n.Address()] = m
	}
	if m.Name != n.Name() {
		m.Name, m.dirty = n.Name(), true
	}
	m.node = n
	m.apply()
	return s.keep(ctx, m)
}

// missFolders notes since when nodes without a folder are away.
func (s *Store) missFolders(ctx context.Context) error {
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	for _, m := range s.fleet.members {
		if m.node == nil && m.Gone == 0 {
			m.Gone, m.Since, m.dirty = s.now(), s.now(), true
		}
		if err := s.keep(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) now() int64 { return s.clock().Unix() }

// keep writes a member down when it changed. The fleet is locked.
func (s *Store) keep(ctx context.Context, m *member) error {
	if !m.dirty || s.idle {
		return nil
	}
	if err := s.meta.PutNode(ctx, m.Node); err != nil {
		return err
	}
	m.dirty = false
	return nil
}

// apply brings what is kept into the node.
func (m *member) apply() {
	if m.node == nil {
		return
	}
	state := node.Active
	switch {
	case m.Stopped:
		state = node.Stopped
	case m.Suspended:
		state = node.Suspended
	}
	m.node.SetState(state)
	m.node.SetDraining(m.Draining)
	m.node.SetScore(m.Score)
	m.node.SetTier(tierOf(m.Tier, m.Score))
}

// state is the condition in one word.
func (m *member) state() string {
	switch {
	case m.Stopped:
		return node.Stopped.String()
	case m.node == nil || !m.node.Online():
		return "missing"
	case m.Suspended:
		return node.Suspended.String()
	}
	return node.Active.String()
}

// standing tells what copies on the node of that address are worth now.
func (s *Store) standing(address string) standing {
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	m := s.fleet.members[address]
	switch {
	case m == nil:
		return unknown
	case m.node != nil && m.node.Online() && m.Draining:
		return leaving
	case m.node != nil && m.node.Online():
		return serving
	case m.Gone != 0 && s.now()-m.Gone >= int64(s.settings.Grace/time.Second):
		return gone
	}
	return away
}

// find returns the member of that name or address. The fleet is locked.
func (s *Store) find(name string) (*member, error) {
	for _, m := range s.fleet.members {
		if m.Name == name || m.Address == name {
			return m, nil
		}
	}
	return nil, fault.Wrong(nil, "There is no storage node %q in this network.", name)
}

// owner returns the wallet that answers for the node of that address.
func (s *Store) owner(address string) string {
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	if m := s.fleet.members[address]; m != nil {
		return m.Owner
	}
	return ""
}

// sorted lists the members by number. The fleet is locked.
func (f *fleet) sorted() []*member {
	list := make([]*member, 0, len(f.members))
	for _, m := range f.members {
		list = append(list, m)
	}
	slices.SortFunc(list, compareMembers)
	return list
}
