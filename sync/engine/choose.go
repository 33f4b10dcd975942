package engine

import (
	"context"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Mark says of a file or folder, and of all in it that has no mark of its own,
// whether it lies on this disk.
type Mark struct {
	Node tree.ID // the zero id stands for the whole drive
	Keep bool
	// Order is another number each time a person asks for it again: what was
	// left out then makes room on the disk once more.
	Order int64
}

// Choice is what of a drive lies on this disk: all, but for what the marks
// say. The nearest mark above a node decides.
type Choice []Mark

// Chosen is a mark with where its node lies in the drive.
type Chosen struct {
	Path   string
	Keep   bool
	Folder bool
	Files  int   // in it, or 1
	Bytes  int64 // of them
	Here   int   // files of it that lie on this disk
}

// Choose returns a choice that keeps a file or folder on this disk, or leaves
// it out. What it said of anything inside is forgotten.
func (e *Engine) Choose(ctx context.Context, c Choice, name string, keep bool) (Choice, error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return nil, err
	}
	id, order := tree.ID{}, e.cfg.Now().UnixNano()
	if clean(name) != "" {
		_, n, err := e.find(ctx, name)
		if err != nil {
			return nil, err
		}
		id = n.ID
	}
	inside := insiders(snap.want, id)
	next := slices.DeleteFunc(slices.Clone(c), func(m Mark) bool { return inside(m.Node) || !known(snap.want, m.Node) })
	if keep && newSelector(next, snap.want).kept(id) {
		return next, nil
	}
	return append(next, Mark{id, keep, order}), nil
}

func known(t *tree.Tree, id tree.ID) bool {
	_, ok := t.Get(t.Resolve(id))
	return ok || id == tree.ID{}
}

// insiders tells of ids whether they are, or lie in, a node.
func insiders(t *tree.Tree, top tree.ID) func(tree.ID) bool {
	return func(id tree.ID) bool {
		for id = t.Resolve(id); id != top && id != (tree.ID{}); {
			n, ok := t.Get(id)
			if !ok {
				return false
			}
			id = n.Parent
		}
		return id == top
	}
}

// Chosen tells what the marks of a choice mean, in the order of paths.
func (e *Engine) Chosen(ctx context.Context, c Choice) ([]Chosen, error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return nil, err
	}
	var out []Chosen
	for _, m := range c {
		if !known(snap.want, m.Node) {
			continue
		}
		n, _ := snap.want.Get(snap.want.Resolve(m.Node))
		x := Chosen{Path: snap.want.Path(n.ID), Keep: m.Keep, Folder: n.Kind == tree.Folder || n.ID == tree.ID{}}
		inside := insiders(snap.want, n.ID)
		for id, f := range snap.want.Nodes().All() {
			if f.Kind == tree.Folder || !inside(id) {
				continue
			}
			x.Files, x.Bytes = x.Files+1, x.Bytes+f.Size
			if snap.disk.At(id).SameData(f) {
				x.Here++
			}
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b Chosen) int { return slices.Compare([]byte(a.Path), []byte(b.Path)) })
	return out, nil
}

// selector answers questions about a choice in one tree.
type selector struct {
	t     *tree.Tree
	marks map[tree.ID]Mark
	near  map[tree.ID]Mark
}

func newSelector(c Choice, t *tree.Tree) *selector {
	s := &selector{t: t, marks: make(map[tree.ID]Mark, len(c)), near: map[tree.ID]Mark{}}
	for _, m := range c {
		s.marks[t.Resolve(m.Node)] = m
	}
	return s
}

// nearest returns the mark that decides about a node; without any it is kept.
func (s *selector) nearest(id tree.ID) Mark {
	if m, ok := s.near[id]; ok {
		return m
	}
	m, marked := s.marks[id]
	if n, ok := s.t.Get(id); !marked && ok {
		m = s.nearest(n.Parent)
	} else if !marked {
		m = Mark{Keep: true}
		if root, ok := s.marks[tree.ID{}]; ok {
			m = root
		}
	}
	s.near[id] = m
	return m
}

func (s *selector) kept(id tree.ID) bool { return len(s.marks) == 0 || s.nearest(id).Keep }

// selectorNow answers for the newest choice, which a sync may not have carried
// out yet.
func (e *Engine) selectorNow(snap *snapshot) *selector {
	var c Choice
	if e.cfg.Choice != nil {
		c, _ = e.cfg.Choice() // the sync tells why it cannot be read
	}
	return newSelector(c, snap.want)
}

// choose reads what should lie on this disk.
func (s *session) choose() error {
	if s.e.cfg.Choice == nil {
		return nil
	}
	var err error
	if s.choice, err = s.e.cfg.Choice(); err != nil {
		return fault.Say(err, "It cannot be read which folders belong on this computer. Nothing was changed; choose them again.")
	}
	return nil
}
