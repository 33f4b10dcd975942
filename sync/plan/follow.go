package plan

import "github.com/stratosdrive/stratosdrive/sync/tree"

// MergeAgreed is [Merge] of what the network and the disk have with what both
// agreed on. Where only one of them changed it costs what changed.
func MergeAgreed(agreed *tree.Map[tree.Node], remote, local *tree.Tree) *tree.Tree {
	switch {
	case local.Nodes().Equal(remote.Nodes()):
		return remote
	case joins(remote.Aliases(), agreed, remote.Nodes(), local.Nodes()):
	case agreed.Equal(local.Nodes()):
		return remote.WithAliases(useful(remote.Aliases(), remote))
	case agreed.Equal(remote.Nodes()):
		return local.WithAliases(useful(remote.Aliases(), local))
	}
	return Merge(Base{Nodes: agreed.Plain()}, remote, local)
}

// joins reports whether some side still has a node for which another one
// stands.
func joins(aliases map[tree.ID]tree.ID, sides ...*tree.Map[tree.Node]) bool {
	for id := range aliases {
		for _, side := range sides {
			if side.Has(id) {
				return true
			}
		}
	}
	return false
}

// useful returns the aliases whose nodes are gone and for which a node of the
// tree stands, as a merge keeps them.
func useful(aliases map[tree.ID]tree.ID, t *tree.Tree) map[tree.ID]tree.ID {
	m := merger{alias: map[tree.ID]tree.ID{}}
	for id, to := range aliases {
		m.unite(id, to)
	}
	out := map[tree.ID]tree.ID{}
	for id := range m.alias {
		if to := m.stands(id); t.Nodes().Has(to) && !t.Nodes().Has(id) {
			out[id] = to
		}
	}
	return out
}
