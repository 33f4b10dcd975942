package tree

import (
	"fmt"
	"maps"
)

// Change returns a tree that differs from this one: nodes of these ids are
// gone, and these others are as given, new or not. It costs what the changes
// cost. This tree stays as it is; it must not be changed any more.
func (t *Tree) Change(gone []ID, put []Node) (*Tree, error) {
	out := &Tree{nodes: t.nodes.Clone(), kids: t.kids.Clone(), files: t.files, aliases: t.aliases}
	out.nodes.Expect(len(put))
	for _, id := range gone {
		out.take(id)
	}
	for _, n := range put {
		out.take(n.ID)
	}
	for _, n := range put {
		if err := out.checkAlone(n); err != nil {
			return nil, err
		}
		out.put(n)
	}
	return out, out.checkChanged(gone, put)
}

// take removes a node, whatever lies in it.
func (t *Tree) take(id ID) {
	n, ok := t.nodes.Get(id)
	if !ok {
		return
	}
	t.nodes.Delete(id)
	if n.Kind != Folder {
		t.files--
	}
	if t.kidsOf(n.Parent)[n.Name] != id {
		return
	}
	left := t.ownKids(n.Parent)
	if delete(left, n.Name); len(left) == 0 {
		t.kids.Delete(n.Parent)
	}
}

// checkChanged makes sure that what was changed is a tree: nothing lies in what
// is gone, and all that was put can be reached from the root.
func (t *Tree) checkChanged(gone []ID, put []Node) error {
	for _, id := range gone {
		if !t.nodes.Has(id) && t.Width(id) > 0 {
			return fmt.Errorf("%w: something lies in what is gone", ErrInvalid)
		}
	}
	for _, n := range put {
		if n.Kind != Folder && t.Width(n.ID) > 0 {
			return fmt.Errorf("%w: something lies in %q", ErrInvalid, n.Name)
		}
		for at, steps := n, 0; at.Parent != (ID{}); steps++ {
			parent, ok := t.nodes.Get(at.Parent)
			if !ok || parent.Kind != Folder || steps > t.Len() {
				return fmt.Errorf("%w: %q is in no folder", ErrInvalid, n.Name)
			}
			at = parent
		}
	}
	return nil
}

// WithAliases returns this tree with other aliases. The map must not be changed
// any more.
func (t *Tree) WithAliases(aliases map[ID]ID) *Tree {
	if maps.Equal(t.aliases, aliases) {
		return t
	}
	out := *t
	out.aliases = aliases
	return &out
}
