package plan

import (
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// build makes the tree. Nodes that cannot be reached, which only damaged input
// can cause, go to the root.
func (m *merger) build() *tree.Tree {
	m.rescueStrays()
	t, err := tree.Build(maps.Values(m.out))
	if err != nil {
		panic("merge made a tree that is none: " + err.Error())
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
