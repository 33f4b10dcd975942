package engine

import (
	"context"
	"maps"
	"path"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Relocate gives a file or folder another path in the drive, whether it lies on
// this disk or not; a disk that has it follows with the next sync. The folder
// of the new path must be there, and nothing may have that name.
func (e *Engine) Relocate(ctx context.Context, from, to string) error {
	from, to = clean(from), clean(to)
	_, err := e.edit(ctx, false, func(_ *history.Log, now *tree.Tree) (*tree.Tree, time.Time, error) {
		t, err := relocated(now, from, to)
		return t, time.Time{}, err
	})
	return err
}

func relocated(now *tree.Tree, from, to string) (*tree.Tree, error) {
	n, ok := now.Find(from)
	if !ok {
		return nil, noSuchFile(from)
	}
	var parent tree.ID
	if dir := path.Dir(to); dir != "." {
		folder, ok := now.Find(dir)
		if !ok || folder.Kind != tree.Folder {
			return nil, fault.Wrong(nil, "There is no folder %q in the drive. Nothing was moved.", dir)
		}
		parent = folder.ID
	}
	for at := parent; at != (tree.ID{}); {
		if at == n.ID {
			return nil, fault.Wrong(nil, "A folder cannot be moved into itself. Nothing was moved.")
		}
		up, _ := now.Get(at)
		at = up.Parent
	}
	name := path.Base(to)
	if err := tree.CheckName(name); err != nil {
		return nil, fault.Wrong(err, "%q cannot be a name. Nothing was moved.", name)
	}
	if other, taken := now.Child(parent, name); taken && other.ID != n.ID {
		return nil, fault.Wrong(nil, "There is already something called %q. Nothing was moved.", name)
	}
	nodes := now.Nodes().Plain()
	n.Parent, n.Name = parent, name
	nodes[n.ID] = n
	t, err := tree.Build(maps.Values(nodes))
	if err != nil {
		return nil, err
	}
	for id, alias := range now.Aliases() {
		t.SetAlias(id, alias)
	}
	return t, nil
}
