package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// Commit puts the flushed file on record as u says; u.Slices is filled in.
// When accepted is true the record exists already and waits for its slices.
// Slices that lost copies on the way get them back in the background. The
// error may be a [meta.Refusal].
func (d *Draft) Commit(ctx context.Context, u meta.Upload, accepted bool) error {
	if err := d.Flush(); err != nil {
		return err
	}
	slices, err := d.record(ctx, u, accepted)
	if err != nil {
		d.store.dropUnrecorded(ctx, slices)
		return err
	}
	d.blame()
	d.finish()
	for _, s := range slices {
		if len(s.Nodes) < d.store.pool.Replicas() || d.store.anyLeft(s.Nodes) {
			d.store.damage.add(s.Hash, "")
		}
	}
	return nil
}

// anyLeft tells whether a node is being emptied or was removed: copies that
// were on their way to it when that began are not among those that it led to
// be looked at.
func (s *Store) anyLeft(addresses []string) bool {
	return slices.ContainsFunc(addresses, func(a string) bool {
		st := s.standing(a)
		return st == leaving || st == unknown
	})
}

// record names the copies and then writes the record. What it kept is returned
// even when the record was refused.
func (d *Draft) record(ctx context.Context, u meta.Upload, accepted bool) ([]meta.Slice, error) {
	d.store.gate.RLock()
	defer d.store.gate.RUnlock()
	slices, err := d.keep(ctx)
	if err != nil {
		return slices, err
	}
	if accepted {
		return slices, d.store.meta.FinishUpload(ctx, u.Owner, u.Hash, slices)
	}
	u.Slices = slices
	return slices, d.store.meta.AcceptUpload(ctx, u)
}

// keep names all copies and makes the names safe. A slice that lies on enough
// nodes already, because another file has it, needs no more copies.
func (d *Draft) keep(ctx context.Context) ([]meta.Slice, error) {
	touched := map[*node.Node]bool{}
	var errs []error
	for _, s := range d.slices {
		there, err := d.store.shared(ctx, d.hash, s.Slice)
		if err != nil {
			errs = append(errs, err)
			break
		}
		if s.Nodes, s.Failed = there, nil; there != nil {
			continue
		}
		err = s.spread.Keep(s.Hash)
		for _, n := range s.spread.Nodes() {
			s.Nodes = append(s.Nodes, n.Address())
			touched[n] = true
		}
		for _, n := range s.spread.Failed() {
			s.Failed = append(s.Failed, n.Owner())
		}
		if err != nil {
			errs = append(errs, err)
			break
		}
	}
	if len(errs) == 0 {
		errs = append(errs, d.syncNames(touched))
	}
	return d.Slices(), errors.Join(errs...)
}

// syncNames makes the names of kept copies safe. A node that cannot loses its
// copies of this file.
func (d *Draft) syncNames(touched map[*node.Node]bool) error {
	failed := node.SyncNames(touched)
	need := d.store.pool.LeastCopies()
	for _, s := range d.slices {
		s.Nodes = slices.DeleteFunc(slices.Clone(s.Nodes), func(address string) bool {
			n := d.store.pool.Node(address)
			if n == nil {
				return true
			}
			_, bad := failed[n]
			if bad {
				s.Failed = append(s.Failed, n.Owner())
				d.store.blame(n, harmWrite)
			}
			return bad
		})
		if len(s.Nodes) < need {
			return fmt.Errorf("name the copies of slice %d: %w", s.Number, errors.Join(errorsOf(failed)...))
		}
	}
	return nil
}

func errorsOf(failed map[*node.Node]error) []error {
	var errs []error
	for _, err := range failed {
		errs = append(errs, err)
	}
	return errs
}

// blame counts copies that failed against their nodes.
func (d *Draft) blame() {
	for _, s := range d.slices {
		for _, n := range s.spread.Failed() {
			d.store.blame(n, harmWrite)
		}
	}
}

// shared returns the nodes that have the slice already, when they are enough
// and at least one copy was proved now, so that the others can be made good
// from it. Else it returns nil.
func (s *Store) shared(ctx context.Context, fileHash string, want meta.Slice) ([]string, error) {
	there, err := s.present(ctx, want.Hash, want.Size)
	if err != nil || len(there) < s.pool.Replicas() {
		return nil, err
	}
	w := wanted{fileHash: fileHash, number: want.Number, hash: want.Hash, size: want.Size}
	for _, i := range rand.Perm(len(there)) {
		n := s.pool.Node(there[i])
		if n == nil {
			continue
		}
		if _, err := s.proveOn(n, w); err == nil {
			return there, nil
		}
	}
	return nil, nil
}

// present returns the nodes on record that do have a copy of the right size.
func (s *Store) present(ctx context.Context, hash string, size int64) ([]string, error) {
	holders, err := s.meta.Holders(ctx, hash)
	if err != nil {
		return nil, err
	}
	var there []string
	for _, address := range holders {
		if n := s.pool.Node(address); n != nil && n.Has(hash, size) {
			there = append(there, address)
		}
	}
	return there, nil
}

// Slices returns what was stored, after Commit.
func (d *Draft) Slices() []meta.Slice {
	list := make([]meta.Slice, len(d.slices))
	for i, s := range d.slices {
		list[i] = s.Slice
	}
	return list
}

// Discard removes what was written.
func (d *Draft) Discard() { d.finish() }

func (d *Draft) finish() {
	if d.done {
		return
	}
	d.done = true
	d.syncing.Wait()
	for _, s := range d.slices {
		s.spread.Discard() // only what has no name yet
	}
	d.release()
}
