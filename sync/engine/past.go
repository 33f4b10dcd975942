package engine

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Moment names a state of the drive: the one at a time, or the one that made a
// version. The zero moment is now.
type Moment struct {
	At      time.Time
	Version string // as Version.ID says it; a part from its beginning is enough
}

// past is a state that the drive once had.
type past struct {
	tree *tree.Tree
	when time.Time // of its newest commit
}

// versionDigits is how much of the ids of a commit and of a node names a
// version.
const versionDigits = 12

// versionID names a node as it was in a commit.
func versionID(id pack.ID, node tree.ID) string {
	return id.String()[:versionDigits] + "-" + node.String()[:versionDigits]
}

// withPast lets use read the history of the drive.
func (e *Engine) withPast(ctx context.Context, use func(*history.Log) error) error {
	v, err := e.repo.View(ctx)
	if err != nil {
		return err
	}
	return explain(e.repo.Past(ctx, v, use))
}

// at returns the state of the drive at a moment. Where retention let a state
// go, it is the nearest one before that was kept.
func (e *Engine) at(ctx context.Context, log *history.Log, m Moment) (past, error) {
	found, err := commitsAt(log, m)
	if err != nil {
		return past{}, err
	}
	p, err := e.joined(ctx, found)
	if err == nil || !gone(err) {
		return p, err
	}
	if m.Version != "" {
		return past{}, fault.Say(err, "This version is not kept any more.")
	}
	limit := found[0].When()
	older := slices.Clone(log.Commits)
	slices.SortStableFunc(older, func(a, b history.Commit) int { return b.When().Compare(a.When()) })
	for _, c := range older {
		if c.When().After(limit) {
			continue
		}
		if p, err = e.joined(ctx, []history.Commit{c}); err == nil || !gone(err) {
			return p, err
		}
	}
	return past{}, fault.Say(err, "Nothing is kept from that time any more. Choose a later one.")
}

func commitsAt(log *history.Log, m Moment) ([]history.Commit, error) {
	if m.Version != "" {
		commit, _, _ := strings.Cut(m.Version, "-")
		c, ok := log.Find(commit)
		if !ok {
			return nil, fault.Wrong(nil, "There is no version %q.", m.Version)
		}
		return []history.Commit{c}, nil
	}
	found := log.At(m.At)
	if len(found) == 0 {
		return nil, fault.Wrong(nil, "The drive did not exist at that time. Choose a later one.")
	}
	return found, nil
}

// gone reports whether retention let go what was asked for.
func gone(err error) bool {
	return errors.Is(err, history.ErrGone) || errors.Is(err, repo.ErrNotFound) || errors.Is(err, state.ErrNotFound)
}

// joined merges commits as a device would have done then.
func (e *Engine) joined(ctx context.Context, all []history.Commit) (past, error) {
	ids := make([]pack.ID, len(all))
	var p past
	for i, c := range all {
		ids[i] = c.ID
		if c.When().After(p.when) {
			p.when = c.When()
		}
	}
	var err error
	p.tree, err = plan.MergeTips(ctx, commits{e.repo}, ids)
	return p, err
}
