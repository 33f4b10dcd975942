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

// Diff returns the steps from one tree to another. It costs what differs.
func Diff(from, to *tree.Tree) Steps {
	var keep, remove []located
	for id := range from.Nodes().Changes(to.Nodes()) {
		if n, stays := to.Get(id); stays {
			keep = append(keep, located{strings.Split(to.Path(id), "/"), n})
			continue
		}
		n, _ := from.Get(id)
		remove = append(remove, located{strings.Split(from.Path(id), "/"), n})
	}
	var s Steps
	slices.SortFunc(keep, located.compare)
	for _, l := range keep {
		s.add(l.node, from)
	}
	slices.SortFunc(remove, func(a, b located) int { return b.compare(a) })
	for _, l := range remove {
		s.Remove = append(s.Remove, l.node)
	}
	return s
}

// located is a node and the names that lead to it.
type located struct {
	path []string
	node tree.Node
}

// compare orders folders before what is in them, and what is in a folder by
// name.
func (l located) compare(o located) int { return slices.Compare(l.path, o.path) }

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
