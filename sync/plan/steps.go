package plan

import (
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Steps is what a disk must do to become another tree, in the order in which
// it must be done: folders and moves from the root down, then content, then
// deletions from the leaves up.
type Steps struct {
	Place  []tree.Node // folders to make, and nodes to move
	Write  []tree.Node // files and links whose content is new
	Adjust []tree.Node // nodes of which only mode or times change
	Remove []tree.Node // nodes to delete, contents before their folder
}

// Empty reports whether nothing is to be done.
func (s Steps) Empty() bool {
	return len(s.Place)+len(s.Write)+len(s.Adjust)+len(s.Remove) == 0
}

// Diff returns the steps from one tree to another.
func Diff(from, to *tree.Tree) Steps {
	var s Steps
	_ = to.Walk(func(_ string, n tree.Node) error {
		s.add(n, from)
		return nil
	})
	type gone struct {
		path string
		n    tree.Node
	}
	var remove []gone
	for id, n := range from.Nodes() {
		if _, stays := to.Get(id); !stays {
			remove = append(remove, gone{from.Path(id), n})
		}
	}
	slices.SortFunc(remove, func(a, b gone) int { return strings.Compare(b.path, a.path) })
	for _, g := range remove {
		s.Remove = append(s.Remove, g.n)
	}
	return s
}

func (s *Steps) add(n tree.Node, from *tree.Tree) {
	old, there := from.Get(n.ID)
	if there && !old.SamePlace(n) || !there && n.Kind == tree.Folder {
		s.Place = append(s.Place, n)
	}
	switch {
	case n.Kind != tree.Folder && (!there || !old.SameData(n)):
		s.Write = append(s.Write, n)
	case there && (old.Mode != n.Mode || old.MTime != n.MTime || old.By != n.By):
		s.Adjust = append(s.Adjust, n)
	}
}
