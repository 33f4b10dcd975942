package engine

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/space"
)

// Collected says what looking after the space came to.
type Collected struct {
	Plan    space.Plan
	Deleted int // packs
	Freed   int64
}

// Space tells what the space on the network is used for. It changes nothing.
func (e *Engine) Space(ctx context.Context) (space.Usage, error) {
	c, err := e.space(ctx, 1, nil)
	return c.Plan.Usage, err
}

// PlanCollect tells what Collect would do. It changes nothing.
func (e *Engine) PlanCollect(ctx context.Context) (Collected, error) { return e.space(ctx, 2, nil) }

// Collect looks after the space: it condemns packs that nothing needs and
// deletes those that were condemned long enough ago and that every device knows
// of. With repack, packs of which little is needed are stored anew.
func (e *Engine) Collect(ctx context.Context, repack bool) (Collected, error) {
	return e.space(ctx, 2, func(s *session, c *Collected, log *history.Log) error {
		changed, deleted, err := e.repo.Carry(ctx, c.Plan)
		c.Deleted = deleted
		again := repack && len(c.Plan.Sparse) > 0
		if !changed && !again {
			return err
		}
		return errors.Join(err, s.speak(func(in *repo.Ingest) error {
			if deleted > 0 {
				in.Refold()
			}
			if !again {
				return nil
			}
			return in.StoreAgain(ctx, c.Plan.Sparse, c.Plan.Wants)
		}))
	})
}

// space makes a plan and carries it out.
func (e *Engine) space(ctx context.Context, listings int, do func(*session, *Collected, *history.Log) error) (Collected, error) {
	e.sync.Lock()
	defer e.sync.Unlock()
	s := &session{e: e, ctx: ctx}
	if err := s.ask(); err != nil {
		return Collected{}, explain(err)
	}
	var c Collected
	if do != nil {
		if err := s.signOfLife(); err != nil {
			return c, explain(err)
		}
	}
	if listings > 1 {
		if err := s.meetStrangers(); err != nil {
			return c, explain(err)
		}
	}
	err := e.repo.Past(ctx, s.view, func(log *history.Log) error {
		keep, err := e.keep(ctx, s.view, log)
		if err != nil {
			return err
		}
		c.Plan, err = e.repo.PlanSpace(ctx, s.view, log, keep, listings)
		if err != nil || do == nil {
			return err
		}
		return do(s, &c, log)
	})
	if errors.Is(err, repo.ErrNotFound) {
		err = fault.Say(err, "The network does not deliver a part of your drive, so it is not clear what is still needed. Nothing was deleted; try another gateway.")
	}
	return c, explain(err)
}

// meetStrangers looks for heads that no share leads to, before what they need is
// taken for garbage.
func (s *session) meetStrangers() error {
	found, err := s.e.repo.ReadStrangers(s.ctx)
	if err != nil || !found {
		return err
	}
	return s.look()
}

// keep says which commits are kept: what retention asks for, and those that
// merging needs.
func (e *Engine) keep(ctx context.Context, v repo.View, log *history.Log) (repo.Kept, error) {
	states := make([]space.State, len(log.Commits))
	for i, c := range log.Commits {
		states[i] = space.State{ID: c.ID, Time: c.When(), Parents: c.Parents}
	}
	retention, err := retentionOf(v)
	if err != nil {
		return repo.Kept{}, err
	}
	k := repo.Kept{Retired: retired(v)}
	for id := range retention.Keep(states, e.cfg.Now()) {
		k.Commits = append(k.Commits, id)
	}
	var heads []pack.ID
	for _, h := range k.Heads(v) {
		heads = append(heads, h.Commit)
	}
	bases, err := e.bases(ctx, heads, 0)
	k.Commits = append(k.Commits, bases...)
	return k, err
}

// maxBases bounds how deep the ancestors of ancestors are kept; it is that of
// merging.
const maxBases = 24

// bases returns the commits that merging any of these needs besides them.
func (e *Engine) bases(ctx context.Context, of []pack.ID, depth int) ([]pack.ID, error) {
	var out []pack.ID
	for i, a := range of {
		for _, b := range of[:i] {
			found, err := plan.Bases(ctx, commits{e.repo}, []pack.ID{a}, b)
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
			if len(found) < 2 || depth >= maxBases {
				continue
			}
			deeper, err := e.bases(ctx, found, depth+1)
			if err != nil {
				return nil, err
			}
			out = append(out, deeper...)
		}
	}
	slices.SortFunc(out, func(a, b pack.ID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(out), nil
}

// speak publishes a head, with what prepare adds to it.
func (s *session) speak(prepare func(*repo.Ingest) error) error {
	if len(s.view.Tips) == 0 {
		return nil // the first commit says it
	}
	in, err := s.e.repo.NewIngest(s.ctx, nil)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := prepare(in); err != nil {
		return err
	}
	if len(s.view.Tips) == 1 {
		err = in.Say(s.ctx, s.view)
	} else {
		_, err = in.Commit(s.ctx, repo.Change{Tree: s.remote, Parents: s.view.Tips, Merge: true, View: s.view})
		s.e.remote, s.e.tips = nil, nil
	}
	if err != nil {
		return err
	}
	s.view, err = s.e.repo.View(s.ctx)
	return err
}

const (
	// answerAfter is how old the head of this device must be before it publishes
	// another one only to say what it has read.
	answerAfter = 24 * time.Hour
	// aliveAfter is how old it may become.
	aliveAfter = 7 * 24 * time.Hour
)

// signOfLife publishes a head if the last one is old, or does not say yet that
// this device has read what others want to delete.
func (s *session) signOfLife() error {
	for _, h := range s.view.Heads {
		if h.Device != s.e.repo.Device() {
			continue
		}
		age := s.e.cfg.Now().Sub(time.Unix(0, h.Time))
		if age > aliveAfter || age > answerAfter && owesAnswer(h.Head, s.view) {
			return s.speak(func(*repo.Ingest) error { return nil })
		}
		return nil
	}
	// It has published nothing yet; others should know that it is there.
	return s.speak(func(*repo.Ingest) error { return nil })
}

func owesAnswer(own object.Head, v repo.View) bool {
	mine, err := own.Sentence()
	if err != nil {
		return false
	}
	heard := map[object.DeviceID]uint64{}
	for _, x := range mine.Heard {
		heard[x.Device] = x.Counter
	}
	for _, h := range v.Heads {
		said, err := h.Sentence()
		if h.Device == own.Device || err != nil {
			continue
		}
		unheard := func(c object.Condemned) bool { return !c.Gone && c.Counter > heard[h.Device] }
		if slices.ContainsFunc(said.Packs, unheard) {
			return true
		}
	}
	return false
}
