package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// smallProof is the largest slice, in bytes, that a look at a node reads
// whole; larger ones are the scrubber's.
const smallProof = 1 << 20

func (s *Store) lookLoop(ctx context.Context) {
	tick := time.NewTicker(s.settings.Probe)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.look(ctx); err != nil && ctx.Err() == nil {
				s.logf("the storage nodes could not be looked at: %v", err)
			}
		}
	}
}

// look probes every node once and settles its score, tier and service.
func (s *Store) look(ctx context.Context) error {
	s.welcomeBack(ctx)
	for _, n := range s.pool.Nodes() {
		s.probe(ctx, n)
	}
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	s.fleet.blameSlow()
	var errs []error
	for _, m := range s.fleet.sorted() {
		s.settlePresence(m)
		s.fleet.rate(m, s.pool.Replicas(), s.now())
		m.apply()
		errs = append(errs, s.keep(ctx, m))
	}
	s.retryShort()
	return errors.Join(errs...)
}

// probe tries a node and one of its slices.
func (s *Store) probe(ctx context.Context, n *node.Node) {
	switch err := n.Probe(); {
	case errors.Is(err, node.ErrStopped), errors.Is(err, node.ErrAbsent):
		return // settled with the presence
	case err != nil:
		s.blame(n, harmWrite)
		s.logf("%v", err)
		return
	}
	r, err := s.nextSample(ctx, n.Address())
	if err != nil {
		return // there is none, or it went meanwhile
	}
	s.sample(n, r)
}

// nextSample chooses a slice of a node: at first any, then the one after it in
// the order of hashes, so that looks are cheap and come to all.
func (s *Store) nextSample(ctx context.Context, address string) (meta.Stored, error) {
	last := s.sampled[address]
	r, err := meta.Stored{}, error(meta.NoFile)
	if last != "" {
		r, err = s.meta.SliceAfter(ctx, address, last, 0)
	}
	if errors.Is(err, meta.NoFile) {
		count, _, cerr := s.meta.NodeLoad(ctx, address)
		if cerr != nil || count == 0 {
			return r, errors.Join(cerr, err)
		}
		r, err = s.meta.SliceAfter(ctx, address, "", rand.Int64N(count))
	}
	if err == nil {
		s.sampled[address] = r.Hash
	}
	return r, err
}

// sample proves a slice, or a piece of it when the whole would be long work
// and its proof is known.
func (s *Store) sample(n *node.Node, r meta.Stored) {
	w := wantedOf(r)
	made := s.proofs.get(r.Hash)
	var err error
	switch {
	case r.Size <= smallProof:
		began := s.clock()
		if _, err = s.proveOn(n, w); err == nil {
			s.timed(n, r.Size, s.clock().Sub(began))
		}
	case len(made) > 0:
		buf := borrowPiece()
		defer returnPiece(buf)
		i := rand.IntN(len(made))
		err = s.readOn(n, w, made, i, (*buf)[:min(PieceSize, r.Size-int64(i)*PieceSize)])
	case !n.Has(r.Hash, r.Size):
		err = errCorrupt
	}
	if err != nil {
		s.report(n, w, err)
	}
}

// settlePresence notes since when a node is away, and has all slices looked at
// when it comes back or is away for too long. The fleet is locked.
func (s *Store) settlePresence(m *member) {
	online := m.node != nil && m.node.Online()
	switch {
	case online && m.Gone != 0:
		m.Gone, m.Since, m.overdue, m.dirty = 0, s.now(), false, true
		s.wantSurvey()
	case online:
		return
	case m.Gone == 0:
		m.Gone, m.Since, m.dirty = s.now(), s.now(), true
		fallthrough
	default:
		m.health.harm += harmAbsent
	}
	if m.Gone != 0 && !m.overdue && s.now()-m.Gone >= int64(s.settings.Grace/time.Second) {
		m.overdue = true
		s.wantSurvey()
	}
}

// welcomeBack opens nodes whose folder was missing at the start.
func (s *Store) welcomeBack(ctx context.Context) {
	s.fleet.mu.Lock()
	var missing []meta.Node
	for _, m := range s.fleet.members {
		if m.node == nil {
			missing = append(missing, m.Node)
		}
	}
	s.fleet.mu.Unlock()
	for _, m := range missing {
		n := s.pool.Return(m.Name, m.Address)
		if n == nil {
			continue
		}
		_, bytes, err := s.meta.NodeLoad(ctx, m.Address)
		n.SetUsed(bytes)
		if err = errors.Join(err, s.enlist(ctx, n)); err != nil {
			s.logf("storage node %s came back: %v", m.Name, err)
		}
	}
}

// retryShort looks at all slices again, not too often, while some could not
// get all their copies. The fleet is locked.
func (s *Store) retryShort() {
	if s.now()-s.retried < int64(s.settings.Grace/time.Second) || !s.short.Swap(false) {
		return
	}
	s.retried = s.now()
	s.wantSurvey()
}
