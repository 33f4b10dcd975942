package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// mostProblems bounds the list of a check.
const mostProblems = 1000

// CheckOptions are the choices for a check.
type CheckOptions struct {
	// Progress is told how many slices are done; nil: nobody.
	Progress func(done, total int64)
	// Repair mends what is found. An idle store repairs nothing.
	Repair bool
}

// CheckReport is what a check found.
type CheckReport struct {
	Files, Slices int64
	Copies, Bytes int64    // that were proved
	Problems      []string // plain sentences; what was repaired is not in
	Repaired      int64    // copies that were made again, and bytes on no record that were removed
	Notes         []string // what is as it may be, but worth a word
}

// Check proves every copy on record against its slice hash, those on stopped
// nodes too. It names bytes that are on no record, slices with too few copies
// and books that contradict themselves. It goes on while the network serves.
func (s *Store) Check(ctx context.Context, o CheckOptions) (CheckReport, error) {
	c := &check{store: s, options: o}
	c.options.Repair = o.Repair && !s.idle
	totals, err := s.meta.Totals(ctx)
	if err != nil {
		return c.report, err
	}
	c.report.Files = totals.Files
	err = s.walk(ctx, "", func(r meta.Stored) error {
		if err := c.slice(ctx, r); err != nil {
			return err
		}
		if c.report.Slices++; o.Progress != nil {
			o.Progress(c.report.Slices, max(totals.Slices, c.report.Slices))
		}
		return nil
	})
	if err != nil {
		return c.report, err
	}
	if err := c.strays(ctx); err != nil {
		return c.report, err
	}
	if err := s.meta.CheckBooks(ctx, func(sentence string) { c.problem("%s", sentence) }); err != nil {
		return c.report, err
	}
	c.end()
	return c.report, nil
}

// check is a check that goes on.
type check struct {
	store   *Store
	options CheckOptions
	report  CheckReport
	more    int // problems that are not in the list
}

func (c *check) problem(format string, args ...any) {
	if len(c.report.Problems) >= mostProblems {
		c.more++
		return
	}
	c.report.Problems = append(c.report.Problems, fmt.Sprintf(format, args...))
}

func (c *check) note(format string, args ...any) {
	c.report.Notes = append(c.report.Notes, fmt.Sprintf(format, args...))
}

func (c *check) end() {
	if c.more > 0 {
		c.report.Problems = append(c.report.Problems, fmt.Sprintf("And %d more.", c.more))
	}
}

// slice proves all copies of a slice and repairs it when that is wanted.
func (c *check) slice(ctx context.Context, r meta.Stored) error {
	found := c.prove(r)
	if len(found.problems) == 0 {
		return nil
	}
	if now, err := c.store.meta.StoredSlice(ctx, r.Hash); err != nil || !slices.Equal(now.Nodes, r.Nodes) {
		if err != nil {
			return unless(err, meta.NoFile) // it was deleted meanwhile
		}
		if found = c.prove(now); len(found.problems) == 0 { // it was repaired meanwhile
			return nil
		}
	}
	if c.options.Repair {
		if found = c.mend(ctx, r, found); len(found.problems) == 0 {
			return nil
		}
	}
	for _, p := range found.problems {
		c.problem("%s", p)
	}
	return nil
}

// mend repairs a slice and returns what is wrong with it after that.
func (c *check) mend(ctx context.Context, r meta.Stored, found findings) findings {
	made, err := c.store.mend(ctx, r.Hash, found.bad)
	if err != nil {
		return found
	}
	now, err := c.store.meta.StoredSlice(ctx, r.Hash)
	if err != nil {
		return findings{} // it was deleted meanwhile
	}
	before := c.report
	after := c.prove(now)
	c.report = before // these copies were counted already
	if len(after.problems) == 0 {
		c.report.Repaired += max(1, int64(made))
	}
	return after
}

func unless(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

// findings is what is wrong with a slice.
type findings struct {
	problems []string
	bad      []string // nodes with a copy that is not right
}

func (c *check) prove(r meta.Stored) findings {
	var f findings
	good, unseen := 0, 0
	for i, err := range c.proveAll(r) {
		name := c.store.nameOf(r.Nodes[i])
		switch {
		case err == nil:
			good++
			c.report.Copies++
			c.report.Bytes += r.Size
			continue
		case errors.Is(err, node.ErrAbsent):
			unseen++
			continue
		case errors.Is(err, fs.ErrNotExist):
			f.problems = append(f.problems, fmt.Sprintf("Storage node %s has lost its copy of part %d of the file %s.", name, r.Number, r.File))
		default:
			f.problems = append(f.problems, fmt.Sprintf("Storage node %s has a damaged copy of part %d of the file %s.", name, r.Number, r.File))
		}
		f.bad = append(f.bad, r.Nodes[i])
	}
	switch want := c.store.pool.Replicas(); {
	case good == 0 && unseen == 0:
		f.problems = append(f.problems, fmt.Sprintf("Part %d of the file %s of %s has no good copy left.", r.Number, r.File, r.Owner))
	case good == 0:
		f.problems = append(f.problems, fmt.Sprintf("Part %d of the file %s of %s lies only on storage nodes that are missing.", r.Number, r.File, r.Owner))
	case good+unseen < want:
		f.problems = append(f.problems, fmt.Sprintf("Part %d of the file %s has %d of %d copies.", r.Number, r.File, good+unseen, want))
	}
	return f
}

// proveAll proves all copies of a slice at the same time.
func (c *check) proveAll(r meta.Stored) []error {
	errs := make([]error, len(r.Nodes))
	var wait sync.WaitGroup
	for i, address := range r.Nodes {
		n := c.store.pool.Node(address)
		if n == nil {
			errs[i] = node.ErrAbsent
			continue
		}
		wait.Go(func() { errs[i] = c.store.proveAs(n, wantedOf(r), (*node.Node).Peek) })
	}
	wait.Wait()
	return errs
}

func (s *Store) nameOf(address string) string {
	s.fleet.mu.Lock()
	defer s.fleet.mu.Unlock()
	if m := s.fleet.members[address]; m != nil {
		return m.Name
	}
	return address
}

// strays looks for bytes that are on no record. While the network does not
// serve they are nothing wrong: a crash leaves some, and the next start
// removes them.
func (c *check) strays(ctx context.Context) error {
	for _, n := range c.store.pool.Nodes() {
		count, bytes, err := c.straysOn(ctx, n)
		if errors.Is(err, node.ErrAbsent) {
			c.note("The folder of storage node %s is missing.", n.Name())
			continue
		}
		switch {
		case err != nil:
			return err
		case count == 0:
		case c.store.idle:
			c.note("Storage node %s has %d slices (%d bytes) that are on no record; the next start removes them.", n.Name(), count, bytes)
		case c.options.Repair:
			c.report.Repaired += count
		default:
			c.problem("Storage node %s has %d slices (%d bytes) that are on no record.", n.Name(), count, bytes)
		}
	}
	return nil
}

// straysOn counts what lies on a node without a record, while nothing gets a
// name, and removes it when that is wanted.
func (c *check) straysOn(ctx context.Context, n *node.Node) (count, bytes int64, err error) {
	c.store.gate.Lock()
	defer c.store.gate.Unlock()
	known := map[string]bool{}
	if err := c.store.meta.NodeSlices(ctx, n.Address(), func(hash string, _ int64) { known[hash] = true }); err != nil {
		return 0, 0, err
	}
	names, err := n.SliceNames()
	if err != nil {
		return 0, 0, err
	}
	for _, name := range names {
		if known[name] {
			continue
		}
		size, err := n.SliceSize(name)
		if err != nil {
			return count, bytes, err
		}
		count++
		bytes += size
		if c.options.Repair {
			c.store.removeCopy(n.Address(), name)
		}
	}
	return count, bytes, nil
}
