package plan

import (
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// joinAliases prepares the three sides: where one side knows that two ids
// became one, all sides use the one that stayed.
func (m *merger) joinAliases(base Base, lo, hi *tree.Tree) {
	m.alias = map[tree.ID]tree.ID{}
	for _, side := range []map[tree.ID]tree.ID{base.Aliases, lo.Aliases(), hi.Aliases()} {
		for id, to := range side {
			m.unite(id, to)
		}
	}
	m.base, m.lo, m.hi = m.rewrite(base.Nodes), m.rewrite(lo.Nodes().Plain()), m.rewrite(hi.Nodes().Plain())
}

// unite notes that two ids name one node; the smallest id of all that were
// united stands for them.
func (m *merger) unite(a, b tree.ID) {
	a, b = m.stands(a), m.stands(b)
	switch c := a.Compare(b); {
	case c < 0:
		m.alias[b] = a
	case c > 0:
		m.alias[a] = b
	}
}

// stands returns the id that stands for id.
func (m *merger) stands(id tree.ID) tree.ID {
	for {
		to, ok := m.alias[id]
		if !ok {
			return id
		}
		id = to
	}
}

// rewrite uses the ids that stand for others. A side that has several nodes of
// one class still holds them apart, and keeps their ids.
func (m *merger) rewrite(in nodes) nodes {
	if len(m.alias) == 0 {
		return in
	}
	to := rename(in, m.stands)
	if len(to) == 0 {
		return in
	}
	out := make(nodes, len(in))
	for _, n := range in {
		n = Renamed(n, to)
		out[n.ID] = n
	}
	return out
}

// rename returns the new ids of those nodes whose id another one stands for,
// without making two nodes one.
func rename(in nodes, stands func(tree.ID) tree.ID) map[tree.ID]tree.ID {
	var ids []tree.ID
	for id := range in {
		if stands(id) != id {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, tree.ID.Compare)
	to := map[tree.ID]tree.ID{}
	used := map[tree.ID]bool{}
	for _, id := range ids {
		s := stands(id)
		if _, there := in[s]; there || used[s] {
			continue
		}
		to[id], used[s] = s, true
	}
	return to
}

// Renamed returns a node with its ids replaced.
func Renamed(n tree.Node, to map[tree.ID]tree.ID) tree.Node {
	if id, ok := to[n.ID]; ok {
		n.ID = id
	}
	if id, ok := to[n.Parent]; ok {
		n.Parent = id
	}
	return n
}

// Adopt says which ids of a disk's nodes must be replaced because the drive
// has joined them with others. Has tells which ids the disk has.
func Adopt(has func(tree.ID) bool, aliases map[tree.ID]tree.ID) map[tree.ID]tree.ID {
	m := merger{alias: map[tree.ID]tree.ID{}}
	for id, to := range aliases {
		m.unite(id, to)
	}
	here := nodes{}
	for id, to := range aliases {
		for _, id := range []tree.ID{id, to} {
			if has(id) {
				here[id] = tree.Node{ID: id}
			}
		}
	}
	return rename(here, m.stands)
}
