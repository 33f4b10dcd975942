package engine

import (
	"context"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// nodeAt finds a file or folder as it was at a moment: the one that a version
// names, or else the one that lies at this path now, wherever it was, or else
// the one that lay there then.
func (e *Engine) nodeAt(ctx context.Context, log *history.Log, name string, m Moment) (past, tree.Node, error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return past{}, tree.Node{}, err
	}
	now, lives := snap.remote.Find(name)
	if lives && m == (Moment{}) {
		return past{}, tree.Node{}, fault.Wrong(nil, "%q is still there. Say which version to bring back, or from what time.", name)
	}
	if m == (Moment{}) { // the last state that has it
		if m.Version, err = lastOf(log, snap.remote, name); err != nil {
			return past{}, tree.Node{}, err
		}
	}
	p, err := e.at(ctx, log, m)
	if err != nil {
		return past{}, tree.Node{}, err
	}
	if _, node, exact := strings.Cut(m.Version, "-"); exact {
		n, err := exactly(log, snap.remote, p.tree, name, node)
		return p, n, err
	}
	if n, ok := p.tree.Get(now.ID); lives && ok {
		return p, n, nil
	}
	if n, ok := p.tree.Find(name); ok {
		return p, n, nil
	}
	return past{}, tree.Node{}, noSuchThen(name)
}

// lastOf returns the last version of what was deleted at a path, or inside a
// folder that was.
func lastOf(log *history.Log, now *tree.Tree, name string) (string, error) {
	gone, err := log.Deleted(now, "")
	if err != nil {
		return "", err
	}
	for _, d := range gone {
		if d.Path != name && !hasPrefix(name, d.Path) {
			continue
		}
		if n, err := log.Lookup(d.Before.Root, name); err == nil {
			return versionID(d.Before.ID, n.ID), nil
		}
	}
	return "", noSuchFile(name)
}

func hasPrefix(name, folder string) bool {
	return len(name) > len(folder) && name[:len(folder)] == folder && name[len(folder)] == '/'
}

// exactly returns the node of a tree that a version names, if it is one that
// lay at this path then, or has versions under it.
func exactly(log *history.Log, now, then *tree.Tree, name, node string) (tree.Node, error) {
	if n, ok := then.Find(name); ok && strings.HasPrefix(n.ID.String(), node) {
		return n, nil
	}
	lives, err := log.Lives(now, name)
	if err != nil {
		return tree.Node{}, err
	}
	for _, f := range lives {
		for _, v := range f.Versions {
			if id := v.Entry.ID; strings.HasPrefix(id.String(), node) {
				if n, ok := then.Get(id); ok {
					return n, nil
				}
			}
		}
	}
	return tree.Node{}, noSuchThen(name)
}
