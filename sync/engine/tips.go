package engine

import (
	"context"
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// commits lets commits be merged.
type commits struct{ r *repo.Repo }

// Parents implements plan.History.
func (h commits) Parents(ctx context.Context, id pack.ID) ([]pack.ID, uint64, error) {
	c, err := h.r.Commit(ctx, id)
	return c.Parents, c.Generation, err
}

// Tree implements plan.History.
func (h commits) Tree(ctx context.Context, id pack.ID) (*tree.Tree, error) {
	c, err := h.r.Commit(ctx, id)
	if err != nil {
		return nil, err
	}
	return h.r.Tree(ctx, c.Root)
}

func (e *Engine) remoteTree(ctx context.Context, v repo.View) (*tree.Tree, error) {
	if e.remote != nil && sameIDs(e.tips, v.Tips) {
		return e.remote, nil
	}
	t, err := plan.MergeTips(ctx, commits{e.repo}, v.Tips)
	if err != nil {
		return nil, fmt.Errorf("read drive: %w", err)
	}
	e.remote, e.tips = t, v.Tips
	return t, nil
}

func sameIDs(a, b []pack.ID) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// anyTipIs reports whether some device has published this tree already. An
// empty drive without commits counts as published.
func (e *Engine) anyTipIs(ctx context.Context, tips []pack.ID, t *tree.Tree) (bool, error) {
	if len(tips) <= 1 {
		return true, nil
	}
	for _, id := range tips {
		o, err := commits{e.repo}.Tree(ctx, id)
		if err != nil {
			return false, err
		}
		if o.Nodes().Equal(t.Nodes()) {
			return true, nil
		}
	}
	return false, nil
}
