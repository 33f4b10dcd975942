package engine

import (
	"iter"
	"maps"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// base is what both sides started from: what they agreed on, without what does
// not lie on this disk because it was left out. That is new on the network as
// far as this disk is concerned, so that its absence deletes nothing.
func (s *session) base() *tree.Map[tree.Node] {
	s.e.mu.Lock()
	s.drop = maps.Clone(s.e.drop)
	s.e.mu.Unlock()
	if len(s.choice) == 0 && len(s.drop) == 0 {
		return s.leftBase(s.e.synced)
	}
	base := s.e.synced.Clone()
	for id := range s.away() {
		base.Delete(id)
	}
	for id := range s.drop {
		if n, ok := s.remote.Get(id); ok && !s.e.disk.Has(id) {
			base.Set(id, n)
		}
	}
	return s.leftBase(base)
}

// away visits the agreed nodes that do not lie on this disk because they were
// left out.
func (s *session) away() iter.Seq[tree.ID] {
	return func(yield func(tree.ID) bool) {
		if len(s.choice) == 0 {
			return
		}
		sel := newSelector(s.choice, s.remote)
		for id := range s.e.synced.All() {
			if !s.e.disk.Has(id) && s.remote.Nodes().Has(id) && !sel.kept(id) && !yield(id) {
				return
			}
		}
	}
}

// forgetAway takes out of what is agreed on what was left out.
func (s *session) forgetAway() {
	for id := range s.away() {
		s.e.dropSynced(id)
	}
}

// placed returns what of the tree that is wanted should lie on this disk: what
// is kept, with the folders around it, and what lies there anyway and was not
// asked to make room.
func (s *session) placed() (*tree.Tree, error) {
	if len(s.choice) == 0 {
		return s.want, nil
	}
	sel, here := newSelector(s.choice, s.want), map[tree.ID]bool{{}: true}
	for id := range s.want.Nodes().All() {
		if sel.kept(id) {
			s.markUp(here, id)
		}
	}
	for id := range s.want.Nodes().All() {
		s.stays(sel, here, id)
	}
	return s.want.Only(func(id tree.ID) bool { return here[id] })
}

func (s *session) markUp(here map[tree.ID]bool, id tree.ID) {
	for !here[id] {
		here[id] = true
		n, _ := s.want.Get(id)
		id = n.Parent
	}
}

// stays reports whether a node lies on the disk and need not go.
func (s *session) stays(sel *selector, here map[tree.ID]bool, id tree.ID) bool {
	if verdict, known := here[id]; known {
		return verdict
	}
	n, _ := s.want.Get(id)
	_, onDisk := s.e.disk.Get(id)
	m := sel.nearest(id)
	here[id] = onDisk && s.e.freed[m.Node] == m.Order && s.stays(sel, here, n.Parent)
	return here[id]
}
