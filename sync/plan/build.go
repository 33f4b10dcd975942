package plan

import (
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// build makes the tree. Nodes that cannot be reached, which only damaged input
// can cause, go to the root.
func (m *merger) build() *tree.Tree {
	m.rescueStrays()
	kids := make(map[tree.ID][]tree.Node, len(m.out)/4)
	for _, n := range m.out {
		kids[n.Parent] = append(kids[n.Parent], n)
	}
	t := tree.New()
	for open := []tree.ID{{}}; len(open) > 0; {
		id := open[len(open)-1]
		open = open[:len(open)-1]
		for _, n := range kids[id] {
			if err := t.Add(n); err != nil {
				panic("merge made a tree that is none: " + err.Error())
			}
			if n.Kind == tree.Folder {
				open = append(open, n.ID)
			}
		}
	}
	m.keepAliases(t)
	return t
}

// rescueStrays moves nodes whose parent is missing or no folder to the root.
func (m *merger) rescueStrays() {
	var strays []tree.ID
	for id, n := range m.out {
		if p, ok := m.out[n.Parent]; n.Parent != (tree.ID{}) && (!ok || p.Kind != tree.Folder) {
			strays = append(strays, id)
		}
	}
	if len(strays) == 0 {
		return
	}
	slices.SortFunc(strays, tree.ID.Compare)
	for _, id := range strays {
		n := m.out[id]
		n.Parent = tree.ID{}
		m.out[id] = n
	}
	m.settleNames()
}

// keepAliases keeps what is still of use: the id is gone, what stands for it
// is there.
func (m *merger) keepAliases(t *tree.Tree) {
	for id := range m.alias {
		to := m.stands(id)
		_, alive := t.Get(id)
		if _, there := t.Get(to); there && !alive {
			t.SetAlias(id, to)
		}
	}
}
