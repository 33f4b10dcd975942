package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/state"
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
		for id, f := range snap.want.Nodes() {
			if f.Kind == tree.Folder || !inside(id) {
				continue
			}
			x.Files, x.Bytes = x.Files+1, x.Bytes+f.Size
			if snap.disk[id].SameData(f) {
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

func (s *selector) kept(id tree.ID) bool { return s.nearest(id).Keep }

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

// base is what both sides started from: what they agreed on, without what does
// not lie on this disk because it was left out. That is new on the network as
// far as this disk is concerned, so that its absence deletes nothing.
func (s *session) base() map[tree.ID]tree.Node {
	drop := s.e.drop
	if len(s.choice) == 0 && len(drop) == 0 {
		return s.e.synced
	}
	base := s.withoutAway(maps.Clone(s.e.synced))
	for id := range drop {
		_, here := s.e.disk[id]
		if n, ok := s.remote.Get(id); ok && !here {
			base[id] = n
		}
	}
	return base
}

// withoutAway takes out of agreed nodes those that do not lie on this disk
// because they were left out.
func (s *session) withoutAway(agreed map[tree.ID]tree.Node) map[tree.ID]tree.Node {
	if len(s.choice) == 0 {
		return agreed
	}
	sel := newSelector(s.choice, s.remote)
	maps.DeleteFunc(agreed, func(id tree.ID, _ tree.Node) bool {
		_, here := s.e.disk[id]
		_, there := s.remote.Get(id)
		return !here && there && !sel.kept(id)
	})
	return agreed
}

// placed returns what of the tree that is wanted should lie on this disk: what
// is kept, with the folders around it, and what lies there anyway and was not
// asked to make room.
func (s *session) placed() (*tree.Tree, error) {
	if len(s.choice) == 0 {
		return s.want, nil
	}
	sel, here := newSelector(s.choice, s.want), map[tree.ID]bool{{}: true}
	for id := range s.want.Nodes() {
		if sel.kept(id) {
			s.markUp(here, id)
		}
	}
	for id := range s.want.Nodes() {
		s.stays(sel, here, id)
	}
	return s.want.Only(func(id tree.ID) bool { return here[id] })
}

func (s *session) markUp(here map[tree.ID]bool, id tree.ID) {
	for !here[id] {
		here[id] = true
		n, _ := s.want.Get(id)
		id = n.Parent
	}
}

// stays reports whether a node lies on the disk and need not go.
func (s *session) stays(sel *selector, here map[tree.ID]bool, id tree.ID) bool {
	if verdict, known := here[id]; known {
		return verdict
	}
	n, _ := s.want.Get(id)
	_, onDisk := s.e.disk[id]
	m := sel.nearest(id)
	here[id] = onDisk && s.e.freed[m.Node] == m.Order && s.stays(sel, here, n.Parent)
	return here[id]
}

const (
	keyFreed = "freed" // orders to make room that were carried out
	keyDrop  = "drop"  // what a person deleted without having it on this disk
)

// noteFreed notes which orders to make room are carried out, so that what a
// person puts there later stays.
func (s *session) noteFreed() error {
	left := map[tree.ID]bool{}
	sel := newSelector(s.choice, s.want)
	for id, d := range s.e.disk {
		if _, wanted := s.want.Get(id); wanted && d.Kind != tree.Folder {
			left[sel.nearest(id).Node] = true
		}
	}
	freed := map[tree.ID]int64{}
	for _, m := range s.choice {
		switch old, was := s.e.freed[m.Node]; {
		case m.Keep:
		case !left[m.Node] || was && old == m.Order:
			freed[m.Node] = m.Order
		case was:
			freed[m.Node] = old
		}
	}
	if maps.Equal(freed, s.e.freed) {
		return nil
	}
	s.e.freed = freed
	return s.e.keepNote(s.ctx, keyFreed, freed)
}

// RemoveOnline deletes a file or folder that need not lie on this disk, for
// all devices. Run does it with its next sync. Older versions stay.
func (e *Engine) RemoveOnline(ctx context.Context, name string) error {
	snap, n, err := e.find(ctx, name)
	if err != nil {
		return err
	}
	e.sync.Lock()
	defer e.sync.Unlock()
	inside := insiders(snap.want, n.ID)
	for id := range snap.want.Nodes() {
		if inside(id) {
			e.drop[id] = 1
		}
	}
	defer e.SyncNow()
	return e.keepNote(ctx, keyDrop, e.drop)
}

// noteDropped forgets deletions that are published.
func (s *session) noteDropped() error {
	if len(s.e.drop) == 0 || !s.published {
		return nil
	}
	clear(s.e.drop)
	return s.e.keepNote(s.ctx, keyDrop, s.e.drop)
}

func (e *Engine) keepNote(ctx context.Context, key string, note map[tree.ID]int64) error {
	text := make(map[string]int64, len(note))
	for id, v := range note {
		text[id.String()] = v
	}
	raw, err := json.Marshal(text)
	if err != nil {
		return fmt.Errorf("encode %s: %w", key, err)
	}
	return e.st.Set(context.WithoutCancel(ctx), key, raw)
}

func (e *Engine) readNote(ctx context.Context, key string) (map[tree.ID]int64, error) {
	out := map[tree.ID]int64{}
	raw, err := e.st.Get(ctx, key)
	if errors.Is(err, state.ErrNotFound) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	var text map[string]int64
	if err := json.Unmarshal(raw, &text); err != nil {
		return nil, fmt.Errorf("read %s: %w", key, err)
	}
	for k, v := range text {
		id, err := tree.ParseID(k)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", key, err)
		}
		out[id] = v
	}
	return out, nil
}
