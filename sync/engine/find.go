package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Find returns files and folders of the drive whose names hold every word, in
// any case: at most so many, names that begin with the first word before
// others, short paths before long ones.
func (e *Engine) Find(ctx context.Context, words string, most int) ([]Item, error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return nil, err
	}
	wanted := strings.Fields(strings.ToLower(words))
	if len(wanted) == 0 || most < 1 {
		return nil, nil
	}
	type hit struct {
		begins bool
		path   string
		node   tree.Node
	}
	var hits []hit
	for id, n := range snap.want.Nodes().All() {
		name := strings.ToLower(n.Name)
		if slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(name, w) }) {
			continue
		}
		hits = append(hits, hit{strings.HasPrefix(name, wanted[0]), snap.want.Path(id), n})
		if len(hits)%1000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		if a.begins != b.begins {
			return map[bool]int{true: -1, false: 1}[a.begins]
		}
		return cmp.Or(cmp.Compare(strings.Count(a.path, "/"), strings.Count(b.path, "/")), strings.Compare(a.path, b.path))
	})
	var out []Item
	for _, h := range hits[:min(most, len(hits))] {
		out = append(out, e.item(snap, h.path, h.node))
	}
	return out, nil
}
