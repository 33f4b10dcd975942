package store

import (
	"context"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
)

const (
	scrubBurst = 4 << 20  // bytes proved between two pauses
	scrubExtra = 64 << 10 // bytes that the work around one copy counts for
	scrubNote  = 30       // seconds between two notes of the place
)

// scrubber walks all copies again and again and proves them.
type scrubber struct {
	after string // the last slice that was proved
	began int64  // unix seconds of the start of this round
	noted int64  // unix seconds of the last note
}

// scrubLoop goes on where the last process stopped.
func (s *Store) scrubLoop(ctx context.Context) {
	var at scrubber
	var err error
	if at.after, at.began, err = s.meta.ScrubPlace(ctx); err != nil {
		s.logf("%v", err)
	}
	for {
		pause, err := s.scrubOn(ctx, &at)
		if err != nil && ctx.Err() == nil {
			s.logf("slices could not be proved: %v", err)
			pause = s.settings.ScrubRest
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			if err := s.meta.SetScrubPlace(context.WithoutCancel(ctx), at.after, at.began); err != nil {
				s.logf("%v", err)
			}
			return
		case <-timer.C:
		}
	}
}

// scrubOn proves the next slices, about [scrubBurst] bytes of copies, and
// tells how long to pause so that the rate is kept.
func (s *Store) scrubOn(ctx context.Context, at *scrubber) (pause time.Duration, err error) {
	if at.after == "" {
		at.began = s.now()
	}
	cost := int64(0)
	for cost < scrubBurst {
		page, err := s.meta.StoredAfter(ctx, at.after, 1)
		if err != nil {
			return 0, err
		}
		if len(page) == 0 {
			return s.endRound(ctx, at)
		}
		n, err := s.scrubSlice(ctx, page[0])
		if err != nil {
			return 0, err
		}
		cost += n
		at.after = page[0].Hash
	}
	if now := s.now(); now-at.noted >= scrubNote {
		at.noted = now
		err = s.meta.SetScrubPlace(ctx, at.after, at.began)
	}
	return time.Duration(float64(cost) / float64(s.settings.ScrubRate) * float64(time.Second)), err
}

func (s *Store) endRound(ctx context.Context, at *scrubber) (pause time.Duration, err error) {
	at.after = ""
	passed := time.Duration(s.now()-at.began) * time.Second
	return max(time.Second, s.settings.ScrubRest-passed), s.meta.SetScrubPlace(ctx, at.after, at.began)
}

// scrubSlice proves all copies of a slice that can be read and mends what is
// not as it should be. It returns what the work cost, in bytes. What cannot be
// mended now is met again in the next round.
func (s *Store) scrubSlice(ctx context.Context, r meta.Stored) (cost int64, err error) {
	var bad []string
	for _, address := range r.Nodes {
		if st := s.standing(address); st != serving && st != leaving {
			continue
		}
		cost += r.Size + scrubExtra
		n := s.pool.Node(address)
		if n == nil {
			continue
		}
		if _, err := s.proveOn(n, wantedOf(r)); err != nil {
			bad = append(bad, address)
			s.blame(n, harmCorrupt)
		}
		if err := ctx.Err(); err != nil {
			return cost, err
		}
	}
	if len(bad) == 0 && s.examine(r, nil).fine(s.pool.Replicas()) {
		return cost, nil
	}
	if _, err := s.mend(ctx, r.Hash, slices.Clone(bad)); err != nil && ctx.Err() == nil {
		s.short.Store(true)
		s.logf("a slice could not be repaired: %v", err)
	}
	return cost, ctx.Err()
}
