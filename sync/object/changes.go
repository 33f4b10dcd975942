package object

import (
	"fmt"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Saved is a tree together with the id of its root.
type Saved struct {
	Tree *tree.Tree
	Root pack.ID
}

// LoadChanged is [LoadTree] for a tree that another one is known to resemble:
// it reads the folders that differ and shares the rest. Trees that are known
// must not be changed any more.
func LoadChanged(known Saved, root pack.ID, load Loader) (*tree.Tree, error) {
	p, err := load(pack.Root, root)
	if err != nil {
		return nil, err
	}
	said := tree.New()
	to, err := decodeRoot(p, said)
	if err != nil {
		return nil, err
	}
	from, err := topOf(known.Root, load)
	if err != nil {
		return nil, err
	}
	d := &differ{load: load, gone: map[tree.ID]bool{}, put: map[tree.ID]tree.Node{}}
	if err := d.folder(tree.ID{}, from, to, 0); err != nil {
		return nil, err
	}
	for id := range d.put {
		delete(d.gone, id)
	}
	t, err := known.Tree.Change(slices.Collect(maps.Keys(d.gone)), slices.Collect(maps.Values(d.put)))
	if err != nil {
		return nil, fmt.Errorf("tree: %w: %w", codec.ErrMalformed, err)
	}
	return t.WithAliases(said.Aliases()), nil
}

func topOf(root pack.ID, load Loader) (pack.ID, error) {
	p, err := load(pack.Root, root)
	if err != nil {
		return pack.ID{}, err
	}
	return TopFolder(p)
}

// differ gathers what differs between two trees.
type differ struct {
	load Loader
	gone map[tree.ID]bool
	put  map[tree.ID]tree.Node
}

// folder compares two versions of a folder, or of the same part of one. The
// zero id stands for an empty one.
func (d *differ) folder(id tree.ID, from, to pack.ID, depth int) error {
	if from == to {
		return nil
	}
	if depth > maxNesting {
		return fmt.Errorf("tree: %w: folders too deep", codec.ErrMalformed)
	}
	was, oldParts, err := d.object(from)
	if err != nil {
		return err
	}
	now, newParts, err := d.object(to)
	if err != nil {
		return err
	}
	if oldParts != nil && newParts != nil {
		for i := range newParts {
			if err := d.folder(id, oldParts[i], newParts[i], depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	if was, err = d.whole(was, oldParts); err != nil {
		return err
	}
	if now, err = d.whole(now, newParts); err != nil {
		return err
	}
	return d.entries(id, was, now, depth)
}

func (d *differ) object(id pack.ID) ([]Entry, []pack.ID, error) {
	if id == (pack.ID{}) {
		return nil, nil, nil
	}
	p, err := d.load(pack.Folder, id)
	if err != nil {
		return nil, nil, err
	}
	return DecodeFolder(p)
}

// whole returns the entries of a folder, those in its parts too.
func (d *differ) whole(entries []Entry, parts []pack.ID) ([]Entry, error) {
	for _, part := range parts {
		if part == (pack.ID{}) {
			continue
		}
		err := loadFolder(part, d.load, 1, func(e Entry) error {
			entries = append(entries, e)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return entries, nil
}

func (d *differ) entries(parent tree.ID, was, now []Entry, depth int) error {
	left := make(map[tree.ID]Entry, len(was))
	for _, e := range was {
		e.Parent = parent
		left[e.ID] = e
	}
	for _, e := range now {
		e.Parent = parent
		old, stays := left[e.ID]
		delete(left, e.ID)
		if !stays || old.Node != e.Node {
			d.put[e.ID] = e.Node
		}
		if e.Kind != tree.Folder {
			continue
		}
		if err := d.folder(e.ID, old.Sub, e.Sub, depth+1); err != nil {
			return err
		}
	}
	for id, e := range left {
		d.gone[id] = true
		if e.Kind != tree.Folder {
			continue
		}
		if err := d.folder(id, e.Sub, pack.ID{}, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// SaveChanged is [SaveTree] for a tree of which another one is saved that it
// resembles: it makes the folders that differ, and reads of the saved one what
// names the others.
func SaveChanged(saved Saved, t *tree.Tree, load Loader, save Saver) (pack.ID, error) {
	top, err := topOf(saved.Root, load)
	if err != nil {
		return top, err
	}
	s := &saver{saved: saved.Tree, load: load, save: save, differs: map[tree.ID]bool{}, objects: map[tree.ID]pack.ID{{}: top}, opened: map[tree.ID]bool{}}
	for id := range saved.Tree.Nodes().Changes(t.Nodes()) {
		if n, was := saved.Tree.Get(id); was {
			s.mark(t, n.Parent)
		}
		if n, is := t.Get(id); is {
			s.mark(t, n.Parent)
		}
	}
	if top, err = saveNode(t, tree.ID{}, s.folder, save); err != nil {
		return top, err
	}
	return saveRoot(t, top, save)
}

// saver makes the folders of a tree that differ from those of a saved one.
type saver struct {
	saved   *tree.Tree
	load    Loader
	save    Saver
	differs map[tree.ID]bool    // folders with something in them that differs, however deep
	objects map[tree.ID]pack.ID // of folders of the saved tree
	opened  map[tree.ID]bool    // folders of the saved tree whose folders are in objects
}

// mark notes that something in a folder differs.
func (s *saver) mark(t *tree.Tree, id tree.ID) {
	for t.IsFolder(id) && !s.differs[id] {
		s.differs[id] = true
		n, _ := t.Get(id)
		id = n.Parent
	}
}

// folder returns the id of a folder that is the same in the saved tree.
func (s *saver) folder(id tree.ID) (object pack.ID, same bool, err error) {
	if s.differs[id] || !s.saved.IsFolder(id) {
		return object, false, nil
	}
	object, err = s.object(id)
	return object, err == nil, err
}

// object returns the id of a folder of the saved tree.
func (s *saver) object(id tree.ID) (pack.ID, error) {
	if object, known := s.objects[id]; known {
		return object, nil
	}
	n, ok := s.saved.Get(id)
	if !ok || s.opened[n.Parent] {
		return pack.ID{}, fmt.Errorf("tree: %w: a folder is not in the one it lies in", codec.ErrMalformed)
	}
	in, err := s.object(n.Parent)
	if err != nil {
		return in, err
	}
	s.opened[n.Parent] = true
	err = loadFolder(in, s.load, 0, func(e Entry) error {
		if e.Kind == tree.Folder {
			s.objects[e.ID] = e.Sub
		}
		return nil
	})
	return s.objects[id], err
}

// EachFolder visits the ids of all folder objects of a tree, parts of folders
// too, some of them perhaps more than once.
func EachFolder(root pack.ID, load Loader, visit func(id pack.ID)) error {
	top, err := topOf(root, load)
	if err != nil {
		return err
	}
	return eachFolder(top, load, visit, 0)
}

func eachFolder(id pack.ID, load Loader, visit func(id pack.ID), depth int) error {
	if depth > maxNesting {
		return fmt.Errorf("tree: %w: folders too deep", codec.ErrMalformed)
	}
	visit(id)
	p, err := load(pack.Folder, id)
	if err != nil {
		return err
	}
	entries, below, err := DecodeFolder(p)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Kind == tree.Folder {
			below = append(below, e.Sub)
		}
	}
	for _, part := range below {
		if part == (pack.ID{}) {
			continue
		}
		if err := eachFolder(part, load, visit, depth+1); err != nil {
			return err
		}
	}
	return nil
}
