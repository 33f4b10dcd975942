package object

import (
	"fmt"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// maxNesting bounds how deep folders may lie in each other.
const maxNesting = 2000

// SaveTree stores a whole tree and returns the id of its root. Equal trees
// have equal ids.
func SaveTree(t *tree.Tree, save Saver) (pack.ID, error) {
	none := func(tree.ID) (pack.ID, bool, error) { return pack.ID{}, false, nil }
	top, err := saveNode(t, tree.ID{}, none, save)
	if err != nil {
		return pack.ID{}, err
	}
	return saveRoot(t, top, save)
}

func saveRoot(t *tree.Tree, top pack.ID, save Saver) (pack.ID, error) {
	var w codec.Writer
	w.Head('R', version1)
	w.Fixed(top[:])
	aliases := t.Aliases()
	w.Uint(uint64(len(aliases)))
	for _, id := range slices.SortedFunc(maps.Keys(aliases), tree.ID.Compare) {
		to := aliases[id]
		w.Fixed(id[:])
		w.Fixed(to[:])
	}
	return save(pack.Root, w.Bytes())
}

// saveNode stores a folder and all folders in it, but for those that saved
// knows the id of.
func saveNode(t *tree.Tree, id tree.ID, saved func(tree.ID) (pack.ID, bool, error), save Saver) (pack.ID, error) {
	if object, known, err := saved(id); known || err != nil {
		return object, err
	}
	kids := t.Children(id)
	entries := make([]Entry, len(kids))
	for i, n := range kids {
		entries[i].Node = n
		if n.Kind != tree.Folder {
			continue
		}
		sub, err := saveNode(t, n.ID, saved, save)
		if err != nil {
			return sub, err
		}
		entries[i].Sub = sub
	}
	return saveFolder(entries, save)
}

// decodeRoot reads a root object into an empty tree and returns the id of the
// top folder.
func decodeRoot(p []byte, t *tree.Tree) (pack.ID, error) {
	r := codec.NewReader(p)
	r.Head('R', version1)
	var top pack.ID
	copy(top[:], r.Fixed(32))
	var last tree.ID
	for i := range r.Count(32) {
		var id, to tree.ID
		copy(id[:], r.Fixed(16))
		copy(to[:], r.Fixed(16))
		if i > 0 && id.Compare(last) <= 0 {
			r.Fail("aliases out of order")
		}
		last = id
		t.SetAlias(id, to)
	}
	if err := r.End(); err != nil {
		return top, fmt.Errorf("root: %w", err)
	}
	return top, nil
}

// LoadTree reads a whole tree by the id of its root.
func LoadTree(root pack.ID, load Loader) (*tree.Tree, error) {
	p, err := load(pack.Root, root)
	if err != nil {
		return nil, err
	}
	t := tree.New()
	top, err := decodeRoot(p, t)
	if err != nil {
		return nil, err
	}
	return t, loadNode(t, tree.ID{}, top, load, 0)
}

func loadNode(t *tree.Tree, parent tree.ID, folder pack.ID, load Loader, depth int) error {
	if depth > maxNesting {
		return fmt.Errorf("tree: %w: folders too deep", codec.ErrMalformed)
	}
	return loadFolder(folder, load, 0, func(e Entry) error {
		e.Parent = parent
		if err := t.Add(e.Node); err != nil {
			return fmt.Errorf("tree: %w: %w", codec.ErrMalformed, err)
		}
		if e.Kind != tree.Folder {
			return nil
		}
		return loadNode(t, e.ID, e.Sub, load, depth+1)
	})
}
