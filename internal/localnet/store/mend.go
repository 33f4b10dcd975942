package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// repairers is how many slices are repaired at the same time.
const repairers = 3

// repair replaces reported copies until ctx ends.
func (s *Store) repair(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case hash := <-s.damage.queue:
			if _, err := s.mend(ctx, hash, s.damage.take(hash)); err != nil && ctx.Err() == nil {
				s.short.Store(true)
				s.logf("a slice could not be repaired: %v", err)
			}
		}
	}
}

// condition is what the copies of a slice are worth, by address.
type condition struct {
	good    []string // there, on nodes that stay
	away    []string // on nodes that are not there for a moment
	gone    []string // on nodes that are not there for long
	leaving []string // there, on nodes that are being emptied
	bad     []string // missing or damaged, on nodes that are there
	stale   []string // on nodes that are no more
}

// examine looks at all copies by name and size; those of suspects are proved.
func (s *Store) examine(r meta.Stored, suspects []string) condition {
	var c condition
	for _, address := range r.Nodes {
		switch st := s.standing(address); {
		case st == unknown:
			c.stale = append(c.stale, address)
		case st == away:
			c.away = append(c.away, address)
		case st == gone:
			c.gone = append(c.gone, address)
		case !s.sound(address, r, slices.Contains(suspects, address)):
			if s.standing(address) == away { // it left meanwhile
				c.away = append(c.away, address)
				continue
			}
			c.bad = append(c.bad, address)
		case st == leaving:
			c.leaving = append(c.leaving, address)
		default:
			c.good = append(c.good, address)
		}
	}
	return c
}

func (s *Store) sound(address string, r meta.Stored, prove bool) bool {
	n := s.pool.Node(address)
	if n == nil || !n.Has(r.Hash, r.Size) {
		return false
	}
	if !prove {
		return true
	}
	_, err := s.proveOn(n, wantedOf(r))
	return err == nil
}

// missing is how many copies have to be made.
func (c condition) missing(replicas int) int {
	return max(0, replicas-len(c.good)-len(c.away))
}

// fine tells whether nothing is to be done.
func (c condition) fine(replicas int) bool {
	return c.missing(replicas) == 0 && len(c.bad)+len(c.stale)+len(c.leaving) == 0 && len(c.good) <= replicas
}

// mend brings a slice to the copies it should have: it makes those that are
// missing from proved ones, on other nodes, and removes what is bad, on its
// way out, or too much. It returns how many copies it made. Suspects are nodes
// whose copies are proved first.
func (s *Store) mend(ctx context.Context, hash string, suspects []string) (made int, err error) {
	defer s.busy.lock(hash)()
	r, err := s.meta.StoredSlice(ctx, hash)
	if errors.Is(err, meta.NoFile) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	c := s.examine(r, suspects)
	if c.fine(s.pool.Replicas()) {
		return 0, s.settle(ctx, r)
	}
	fresh, err := s.copyAgain(ctx, r, c)
	if err != nil {
		return 0, fmt.Errorf("slice %s: %w", hash, err)
	}
	if len(fresh) < c.missing(s.pool.Replicas()) {
		s.short.Store(true)
	}
	if s.anyLeft(fresh) {
		s.damage.add(hash, "")
	}
	return len(fresh), s.clear(ctx, r, c, fresh)
}

// settle forgets who lost copies when all are there again.
func (s *Store) settle(ctx context.Context, r meta.Stored) error {
	if len(r.Lost) == 0 {
		return nil
	}
	_, err := s.meta.ChangeCopies(ctx, r.Hash, meta.Change{Paid: true})
	return err
}

// copyAgain makes the copies that are missing, as far as there is a place, and
// puts them on record. It returns where they lie.
func (s *Store) copyAgain(ctx context.Context, r meta.Stored, c condition) ([]string, error) {
	missing := c.missing(s.pool.Replicas())
	if missing == 0 {
		return nil, nil
	}
	w := wantedOf(r)
	w.holders = slices.Concat(c.good, c.leaving)
	if len(w.holders) == 0 {
		return nil, s.hopeless(c)
	}
	spreads, err := s.writeAgain(ctx, w, missing, c)
	defer func() {
		for _, spread := range spreads {
			spread.Discard()
		}
	}()
	if err != nil || len(spreads) == 0 {
		return nil, err
	}
	fresh, kept, err := s.recordAgain(ctx, r, c, spreads)
	if err != nil || !kept { // not kept: the last file that had the slice was deleted meanwhile
		s.dropUnrecorded(ctx, []meta.Slice{{Hash: r.Hash, Nodes: fresh}})
		return nil, err
	}
	return fresh, nil
}

// writeAgain writes copies without names, on other nodes when some fail.
func (s *Store) writeAgain(ctx context.Context, w wanted, missing int, c condition) (spreads []*node.Spread, err error) {
	var tried []string
	for missing > 0 {
		targets := s.targets(missing, w.size, c, tried)
		if len(targets) == 0 {
			break
		}
		for _, n := range targets {
			tried = append(tried, n.Address())
		}
		spread, err := node.SpreadOver(targets, w.size)
		if err == nil {
			err = s.copySlice(ctx, w, spread)
		}
		for _, n := range spread.Failed() {
			s.blame(n, harmWrite)
		}
		spreads = append(spreads, spread)
		missing -= len(spread.Nodes())
		if errors.Is(err, ErrLost) || ctx.Err() != nil {
			return spreads, errors.Join(err, ctx.Err())
		}
	}
	return spreads, nil
}

// hopeless is the error of a slice without a readable copy; there is none
// while one may come back.
func (s *Store) hopeless(c condition) error {
	if len(c.away)+len(c.gone) > 0 {
		s.short.Store(true)
		return nil
	}
	return ErrLost
}

// targets chooses nodes for new copies: others than those that have or had
// one, and where there are not enough, those whose copy went bad. On a disk
// that is nearly full only bad copies are replaced.
func (s *Store) targets(missing int, size int64, c condition, tried []string) []*node.Node {
	without := slices.Concat(c.good, c.away, c.gone, c.leaving, c.bad, tried)
	var list []*node.Node
	if !s.pool.NearlyFull() {
		list = s.pool.ChooseUpTo(missing, size, node.AnyTier(), without)
	}
	for _, n := range s.ordered(c.bad) {
		if len(list) < missing && n.Online() && !n.Draining() && !slices.Contains(tried, n.Address()) {
			list = append(list, n)
		}
	}
	return list
}

// copySlice writes a proved copy to the spread and brings it to the disk.
func (s *Store) copySlice(ctx context.Context, w wanted, to *node.Spread) error {
	buf := borrowPiece()
	defer returnPiece(buf)
	for i := 0; int64(i)*PieceSize < w.size; i++ {
		p := (*buf)[:min(PieceSize, w.size-int64(i)*PieceSize)]
		if _, err := s.readPiece(ctx, w, i, p); err != nil {
			return err
		}
		if _, err := to.Write(p); err != nil {
			return err
		}
	}
	return to.Sync()
}

// recordAgain names new copies, records them and charges those who lost the
// old ones.
func (s *Store) recordAgain(ctx context.Context, r meta.Stored, c condition, spreads []*node.Spread) (fresh []string, kept bool, err error) {
	s.gate.RLock()
	defer s.gate.RUnlock()
	touched := map[*node.Node]bool{}
	for _, spread := range spreads {
		err = errors.Join(err, spread.Keep(r.Hash))
		for _, n := range spread.Nodes() {
			touched[n] = true
		}
	}
	failed := node.SyncNames(touched)
	for n := range touched {
		if failed[n] == nil {
			fresh = append(fresh, n.Address())
		}
	}
	if len(fresh) == 0 {
		return nil, false, errors.Join(append(errorsOf(failed), err)...)
	}
	kept, err = s.meta.ChangeCopies(ctx, r.Hash, s.settlement(c, r, fresh))
	if kept && err == nil {
		s.charge(c, r, fresh)
	}
	return fresh, kept, err
}
