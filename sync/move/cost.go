package move

import (
	"context"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// Cost is what a copy moves at most, in bytes.
type Cost struct {
	Upload   int64 // to the new drive
	Local    int64 // of it, read from this disk
	Download int64 // from the old drive: whole packs, of which something is needed
}

// Survey tells what [Copy] would cost. To need not be set.
func Survey(ctx context.Context, job Job) (Cost, error) {
	c, err := newCopier(job)
	if err != nil {
		return Cost{}, err
	}
	if err := c.gather(ctx); err != nil {
		return Cost{}, err
	}
	s := survey{c: c, seen: map[pack.ID]bool{}, packs: map[string]bool{}}
	here, away := c.divide(c.files)
	for _, f := range here {
		if err := s.count(ctx, f, true); err != nil {
			return s.cost, err
		}
	}
	for _, f := range away {
		if err := s.count(ctx, f, false); err != nil {
			return s.cost, err
		}
	}
	meta, err := c.From.MetadataBytes(ctx)
	s.cost.Upload += meta
	return s.cost, err
}

// survey counts what is equal once.
type survey struct {
	c     *copier
	seen  map[pack.ID]bool // chunks
	packs map[string]bool  // to be fetched
	cost  Cost
}

func (s *survey) count(ctx context.Context, f file, local bool) error {
	chunks, err := s.c.From.Chunks(ctx, f.content)
	if missing(err) && !f.current {
		return nil // it is left behind
	}
	if err != nil {
		return err
	}
	for _, ref := range chunks {
		if !s.seen[ref.ID] {
			s.seen[ref.ID] = true
			s.cost.Upload += ref.Size
			if local {
				s.cost.Local += ref.Size
			}
		}
		if err := s.fetched(ctx, ref, local); err != nil {
			return err
		}
	}
	return nil
}

// fetched counts the pack of a chunk that does not lie on this disk.
func (s *survey) fetched(ctx context.Context, ref object.Ref, local bool) error {
	if local {
		return nil
	}
	p, err := s.c.From.PackOf(ctx, ref.ID)
	if missing(err) {
		return nil
	}
	if err == nil && !s.packs[p.File] {
		s.packs[p.File] = true
		s.cost.Download += p.Size
	}
	return err
}
