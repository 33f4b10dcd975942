package engine

import "github.com/stratosdrive/stratosdrive/sync/tree"

// lacking reports whether the network lacks a part of a file, or will soon, so
// that it must be sent again from this disk.
func (s *session) lacking(n tree.Node) (bool, error) {
	lost, err := s.e.repo.Lost(s.ctx, n.Content)
	s.again = s.again || lost
	return lost, err
}
