package store

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
)

// surveyPage is how many slices are read from the records at once.
const surveyPage = 256

// wantSurvey has all slices looked at soon.
func (s *Store) wantSurvey() {
	select {
	case s.survey <- struct{}{}:
	default: // one is waiting already
	}
}

func (s *Store) surveyLoop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.survey:
			if err := s.lookAtAll(ctx); err != nil && ctx.Err() == nil {
				s.logf("the slices could not be looked at: %v", err)
			}
		}
	}
}

// lookAtAll looks at every slice by name and size and mends what is not as it
// should be.
func (s *Store) lookAtAll(ctx context.Context) error {
	group, run := errgroup.WithContext(ctx)
	group.SetLimit(repairers)
	err := s.walk(run, "", func(r meta.Stored) error {
		if s.examine(r, nil).fine(s.pool.Replicas()) && len(r.Lost) == 0 {
			return nil
		}
		group.Go(func() error {
			if _, err := s.mend(run, r.Hash, nil); err != nil && run.Err() == nil {
				s.short.Store(true)
				s.logf("a slice could not be repaired: %v", err)
			}
			return nil
		})
		return nil
	})
	if werr := group.Wait(); err == nil {
		err = werr
	}
	return err
}

// walk calls fn for every slice after one, in the order of their hashes.
func (s *Store) walk(ctx context.Context, after string, fn func(r meta.Stored) error) error {
	for {
		page, err := s.meta.StoredAfter(ctx, after, surveyPage)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, r := range page {
			if err := fn(r); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		after = page[len(page)-1].Hash
	}
}
