package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// badCopy is a copy that failed its proof.
type badCopy struct {
	wanted
	node *node.Node
}

// report notes a copy that could not be used. A stopped node is not at fault:
// it comes back with what it has. When many are waiting, the rest is found
// again at the next read.
func (s *Store) report(n *node.Node, w wanted, cause error) {
	if errors.Is(cause, node.ErrStopped) {
		return
	}
	select {
	case s.bad <- badCopy{wanted: w, node: n}:
	default:
	}
}

// heal replaces bad copies, one after the other.
func (s *Store) heal(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case b := <-s.bad:
			if err := s.replace(ctx, b); err != nil {
				fmt.Fprintf(s.log, "storage node %s lost a slice and it was not copied again: %v\n", b.node.Name(), err)
			}
		}
	}
}

// replace puts a new copy of the slice onto a node that has none. The bad one
// is removed only when a good copy was found.
func (s *Store) replace(ctx context.Context, b badCopy) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	holders, err := s.meta.Holders(ctx, b.hash)
	if err != nil {
		return err
	}
	others := make([]string, 0, len(holders))
	listed := false
	for _, h := range holders {
		if h == b.node.Address() {
			listed = true
			continue
		}
		others = append(others, h)
	}
	if !listed {
		return nil // replaced by an earlier report
	}
	if _, err := s.proveOn(b.node, b.wanted); err == nil {
		return nil // readable after all
	}
	return s.copyAgain(ctx, b, others)
}

func (s *Store) copyAgain(ctx context.Context, b badCopy, holders []string) error {
	target, err := s.pool.Choose(1, b.size, append(holders, b.node.Address()))
	if err != nil {
		target = []*node.Node{b.node} // nowhere else: the same node again
	}
	spread, err := node.SpreadOver(target)
	if err != nil {
		return err
	}
	defer spread.Discard()
	w := b.wanted
	w.holders = holders
	if err := s.copySlice(ctx, w, spread); err != nil {
		return err
	}
	if err := spread.Keep(b.hash); err != nil {
		return err
	}
	if err := node.SyncNames(target); err != nil {
		return err
	}
	if _, err := s.meta.MoveCopy(ctx, b.hash, b.node.Address(), target[0].Address()); err != nil {
		return err
	}
	if target[0] != b.node {
		s.removeCopy(b.node.Address(), b.hash)
	}
	return nil
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
