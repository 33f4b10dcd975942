package tree

import "iter"

// Build makes a tree of nodes that come in any order, each of them once. What
// cannot be reached from the root is left out; the error of a node that cannot
// be where it wants to be is that of [Tree.Add].
func Build(nodes iter.Seq[Node]) (*Tree, error) {
	kids := map[ID][]Node{}
	for n := range nodes {
		kids[n.Parent] = append(kids[n.Parent], n)
	}
	t := New()
	for open := []ID{{}}; len(open) > 0; {
		id := open[len(open)-1]
		open = open[:len(open)-1]
		for _, n := range kids[id] {
			if err := t.Add(n); err != nil {
				return nil, err
			}
			if n.Kind == Folder {
				open = append(open, n.ID)
			}
		}
	}
	return t, nil
}
