package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
)

// owing lists the owners of nodes that lost copies of a slice.
func (s *Store) owing(c condition, r meta.Stored) []string {
	var list []string
	for _, address := range slices.Concat(c.bad, c.gone, c.leaving) {
		list = append(list, s.owner(address))
	}
	return append(list, r.Lost...)
}

// charge writes the new copies into the ledger of those who lost the old ones.
func (s *Store) charge(c condition, r meta.Stored, fresh []string) {
	owing := s.owing(c, r)
	for i, address := range fresh[:min(len(fresh), len(owing))] {
		s.meta.Count(meta.Traffic{Wallet: owing[i], Owner: r.Owner, Hash: r.File, Node: address, Kind: meta.Repair}, r.Size)
	}
}

// settlement is what new copies change on record. Owners answer on for copies
// that are missing still.
func (s *Store) settlement(c condition, r meta.Stored, fresh []string) meta.Change {
	change := meta.Change{Add: fresh, Paid: true}
	owing := s.owing(c, r)
	if len(fresh) < c.missing(s.pool.Replicas()) && len(fresh) < len(owing) {
		change.Lost = owing[len(fresh):]
	}
	return change
}

// clear removes the copies that are not wanted any more. At least one of those
// that stay is proved before anything goes.
func (s *Store) clear(ctx context.Context, r meta.Stored, c condition, fresh []string) error {
	stay := s.stay(c, fresh)
	drop := s.unwanted(c, fresh, stay)
	if len(drop) == 0 || len(fresh) == 0 && !s.anyProved(r, stay) {
		return nil
	}
	s.gate.Lock()
	defer s.gate.Unlock()
	_, err := s.meta.ChangeCopies(ctx, r.Hash, meta.Change{Drop: drop})
	if err != nil {
		return err
	}
	for _, address := range drop {
		s.removeCopy(address, r.Hash)
	}
	return nil
}

// stay chooses the copies that are kept: all good and new ones up to the
// number that is wanted, those on nodes of low class or little room last.
func (s *Store) stay(c condition, fresh []string) []string {
	list := slices.Concat(c.good, fresh)
	slices.SortStableFunc(list, func(a, b string) int {
		x, y := s.pool.Node(a), s.pool.Node(b)
		if x == nil || y == nil {
			return 0
		}
		return cmp.Or(cmp.Compare(readRank(x), readRank(y)), cmp.Compare(y.Tier(), x.Tier()), cmp.Compare(y.Free(), x.Free()))
	})
	return list[:min(len(list), s.pool.Replicas())]
}

// unwanted lists what is on record or fresh and does not stay. Copies that may
// come back are left alone, and those of leaving nodes until the others are
// enough.
func (s *Store) unwanted(c condition, fresh, stay []string) []string {
	list := slices.Clone(c.stale)
	if len(stay) == 0 {
		return nil
	}
	list = append(list, c.bad...)
	list = append(list, c.good...)
	list = append(list, fresh...)
	if len(stay) == s.pool.Replicas() {
		list = append(list, c.leaving...)
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(a string) bool { return slices.Contains(stay, a) })
}

func (s *Store) anyProved(r meta.Stored, addresses []string) bool {
	for _, n := range s.ordered(addresses) {
		if _, err := s.proveOn(n, wantedOf(r)); err == nil {
			return true
		}
	}
	return false
}
