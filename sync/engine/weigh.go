package engine

import (
	"context"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Weight is how much is in a folder, and how much of that belongs on this disk
// by the choice of folders.
type Weight struct {
	Path      string
	Files     int
	Bytes     int64
	Kept      int   // files that belong on this disk
	KeptBytes int64 // of them
}

// Weigh tells how much is in a folder of the drive, "" for all of it, and how
// much in each folder directly inside, sorted by name.
func (e *Engine) Weigh(ctx context.Context, folder string) (all Weight, inside []Weight, err error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return all, nil, err
	}
	top := tree.ID{}
	if all.Path = clean(folder); all.Path != "" {
		n, ok := snap.want.Find(all.Path)
		if !ok || n.Kind != tree.Folder {
			return all, nil, noSuchFile(folder)
		}
		top = n.ID
	}
	at := map[tree.ID]int{}
	for _, n := range snap.want.Children(top) {
		if n.Kind == tree.Folder {
			at[n.ID] = len(inside)
			inside = append(inside, Weight{Path: snap.want.Path(n.ID)})
		}
	}
	sel, under := e.selectorNow(snap), belowOf(snap.want, top)
	for id, f := range snap.want.Nodes().All() {
		child, below := under(id)
		if f.Kind == tree.Folder || !below {
			continue
		}
		all.add(f.Size, sel.kept(id))
		if i, is := at[child]; is {
			inside[i].add(f.Size, sel.kept(id))
		}
	}
	return all, inside, nil
}

func (w *Weight) add(bytes int64, kept bool) {
	w.Files, w.Bytes = w.Files+1, w.Bytes+bytes
	if kept {
		w.Kept, w.KeptBytes = w.Kept+1, w.KeptBytes+bytes
	}
}

// belowOf tells of nodes whether they lie below a folder, and in or at which
// node directly inside it. What was found of their folders is remembered.
func belowOf(t *tree.Tree, top tree.ID) func(tree.ID) (child tree.ID, below bool) {
	type place struct {
		child tree.ID
		below bool
	}
	known := map[tree.ID]place{}
	var find func(tree.ID) place
	find = func(id tree.ID) place {
		if p, ok := known[id]; ok {
			return p
		}
		n, ok := t.Get(id)
		p := place{id, ok && n.Parent == top}
		if ok && !p.below && n.Parent != (tree.ID{}) {
			p = find(n.Parent)
		}
		known[id] = p
		return p
	}
	return func(id tree.ID) (tree.ID, bool) { p := find(id); return p.child, p.below }
}
