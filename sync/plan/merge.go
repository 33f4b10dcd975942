package plan

import (
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Base is what two sides started from. Its nodes need not form a whole tree.
type Base struct {
	Nodes   map[tree.ID]tree.Node
	Aliases map[tree.ID]tree.ID
}

// BaseOf takes a tree as a base.
func BaseOf(t *tree.Tree) Base { return Base{t.Nodes().Plain(), t.Aliases()} }

// merger holds one merge. Of two changes that exclude each other, the one of
// hi stays where nothing else decides.
type merger struct {
	base, lo, hi nodes
	out          nodes
	extra        []conflict // edits that lost
	alias        map[tree.ID]tree.ID
}

type nodes map[tree.ID]tree.Node

// Merge joins two trees that both came from base. It is a pure function; the
// caller orders the sides so that all devices order them alike.
func Merge(base Base, lo, hi *tree.Tree) *tree.Tree {
	m := &merger{out: make(nodes, max(lo.Len(), hi.Len()))}
	m.joinAliases(base, lo, hi)
	m.decide()
	for m.keepParents() || m.breakCycles() { // each may undo the other's work
	}
	m.addExtra()
	m.settleNames()
	return m.build()
}

// decide says for every node whether it stays and how it looks.
func (m *merger) decide() {
	for id, l := range m.lo {
		h, inHi := m.hi[id]
		switch b, inBase := m.base[id]; {
		case inHi:
			m.out[id] = m.both(b, inBase, l, h)
		case !inBase || m.touched(id, m.lo, m.hi):
			m.out[id] = l
		}
	}
	for id, h := range m.hi {
		if _, inLo := m.lo[id]; inLo {
			continue
		}
		if _, inBase := m.base[id]; !inBase || m.touched(id, m.hi, m.lo) {
			m.out[id] = h
		}
	}
}

// touched reports whether a side changed a node that the other side deleted:
// it was edited or moved, or it lies in a folder that was moved by this side
// and deleted by the other one.
func (m *merger) touched(id tree.ID, side, other nodes) bool {
	n, b := side[id], m.base[id]
	if !n.SameData(b) || !n.SamePlace(b) {
		return true
	}
	for range side {
		p, ok := side[n.Parent]
		if _, alive := other[n.Parent]; !ok || alive {
			return false
		}
		b, inBase := m.base[p.ID]
		if inBase && !p.SamePlace(b) {
			return true
		}
		n = p
	}
	return false
}

// both merges a node that both sides have, field by field.
func (m *merger) both(b tree.Node, inBase bool, l, h tree.Node) tree.Node {
	if l.Kind != h.Kind { // one id never has two kinds; keep the one that may have children
		if l.Kind == tree.Folder {
			return l
		}
		return h
	}
	n := h
	if inBase {
		n.Parent = pick(b.Parent, l.Parent, h.Parent)
		n.Name = pick(b.Name, l.Name, h.Name)
		n.Mode = pick(b.Mode, l.Mode, h.Mode)
	}
	win, lose := m.data(b, inBase, l, h)
	n.Content, n.Size, n.MTime, n.By = win.Content, win.Size, win.MTime, win.By
	if lose != nil {
		m.extra = append(m.extra, conflictCopy(n, *lose))
	}
	return n
}

// pick returns the value that was changed, that of h if both were.
func pick[T comparable](base, l, h T) T {
	if h == base {
		return l
	}
	return h
}

// data decides whose bytes a file has, and whose bytes go into a copy.
func (m *merger) data(b tree.Node, inBase bool, l, h tree.Node) (win tree.Node, lose *tree.Node) {
	switch {
	case l.SameData(h):
		return sameBytes(b, inBase, l, h), nil
	case inBase && l.SameData(b):
		return h, nil
	case inBase && h.SameData(b):
		return l, nil
	case beats(l, h):
		return l, &h
	}
	return h, &l
}

// sameBytes decides whose times a file has whose bytes are the same on both
// sides.
func sameBytes(b tree.Node, inBase bool, l, h tree.Node) tree.Node {
	switch {
	case inBase && l.MTime == b.MTime && l.By == b.By:
		return h
	case inBase && h.MTime == b.MTime && h.By == b.By:
		return l
	case beats(l, h):
		return l
	}
	return h
}

// beats reports whether the version a of a file comes before b: it is later,
// or else its content, or its author, sorts higher.
func beats(a, b tree.Node) bool {
	switch {
	case a.MTime != b.MTime:
		return a.MTime > b.MTime
	case a.Content != b.Content:
		return a.Content > b.Content
	}
	return a.By > b.By
}

// keepParents brings back folders that still have something in them, and
// reports whether there were any.
func (m *merger) keepParents() (changed bool) {
	var back []tree.ID
	for _, n := range m.out {
		back = append(back, n.Parent)
	}
	for len(back) > 0 {
		id := back[len(back)-1]
		back = back[:len(back)-1]
		if _, ok := m.out[id]; ok || id == (tree.ID{}) {
			continue
		}
		n, ok := m.lost(id)
		if !ok {
			continue // build puts what lies in it into the root
		}
		m.out[id] = n
		back = append(back, n.Parent)
		changed = true
	}
	return changed
}

func (m *merger) lost(id tree.ID) (tree.Node, bool) {
	for _, side := range []nodes{m.hi, m.lo, m.base} {
		if n, ok := side[id]; ok {
			return n, true
		}
	}
	return tree.Node{}, false
}

// breakCycles undoes moves of the lower side that put a folder into itself,
// and reports whether there were any.
func (m *merger) breakCycles() (changed bool) {
	for {
		loop := m.findCycle()
		if loop == nil {
			return changed
		}
		m.undoMove(loop)
		changed = true
	}
}

// undoMove gives one node of a cycle the place that the higher side has for
// it. The higher side is a tree, so a cycle has a node that lies elsewhere
// there; without one, which only damaged input can cause, the smallest id goes
// to the root.
func (m *merger) undoMove(loop []tree.ID) {
	var from, any tree.ID
	for _, id := range loop {
		if h, ok := m.hi[id]; ok && h.Parent != m.out[id].Parent && (from == tree.ID{} || id.Compare(from) < 0) {
			from = id
		}
		if (any == tree.ID{}) || id.Compare(any) < 0 {
			any = id
		}
	}
	if from == (tree.ID{}) {
		n := m.out[any]
		n.Parent = tree.ID{}
		m.out[any] = n
		return
	}
	n := m.out[from]
	n.Parent, n.Name = m.hi[from].Parent, m.hi[from].Name
	m.out[from] = n
}

// findCycle returns the nodes of one cycle, the same for the same nodes.
func (m *merger) findCycle() []tree.ID {
	const unseen, open, done = 0, 1, 2
	mark := make(map[tree.ID]int, len(m.out))
	var best []tree.ID
	for start := range m.out {
		var path []tree.ID
		id := start
		for mark[id] == unseen {
			n, ok := m.out[id]
			if !ok {
				break
			}
			mark[id] = open
			path = append(path, id)
			id = n.Parent
		}
		if mark[id] == open {
			best = lesser(best, cycleFrom(path, id))
		}
		for _, p := range path {
			mark[p] = done
		}
	}
	return best
}

func cycleFrom(path []tree.ID, id tree.ID) []tree.ID {
	for i, p := range path {
		if p == id {
			return path[i:]
		}
	}
	return nil
}

// lesser returns the cycle with the smallest id in it.
func lesser(a, b []tree.ID) []tree.ID {
	if a == nil || (b != nil && smallest(b).Compare(smallest(a)) < 0) {
		return b
	}
	return a
}

func smallest(ids []tree.ID) tree.ID {
	least := ids[0]
	for _, id := range ids {
		if id.Compare(least) < 0 {
			least = id
		}
	}
	return least
}
