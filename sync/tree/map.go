package tree

import (
	"iter"
	"maps"
	"sync/atomic"
)

// Parts is how many parts a map is cut into: a change of a copy copies one
// part, which of 100,000 nodes is some 100 KB.
const Parts = 128

// Map holds values by the ids of nodes. A copy shares all that is the same with
// what it was copied of, so that copying and comparing cost what the changes
// cost, not what the nodes do. Its zero value is empty and ready for use; it
// must not be copied but by [Map.Clone]. It is not safe for use by several
// goroutines while one of them changes it.
type Map[V comparable] struct {
	parts [Parts]*part[V]
	count int
	room  int                   // that a new part makes for values
	owner atomic.Pointer[owner] // whose parts may be changed in place
}

type part[V comparable] struct {
	values map[ID]V
	owner  *owner
}

type owner struct{ _ byte } // not empty, else all would have one address

// NewMap returns an empty map.
func NewMap[V comparable]() *Map[V] { return &Map[V]{} }

func partOf(id ID) int { return int(id[0]) % Parts }

// Len returns the number of values.
func (m *Map[V]) Len() int { return m.count }

// Get returns the value of an id.
func (m *Map[V]) Get(id ID) (V, bool) {
	p := m.parts[partOf(id)]
	if p == nil {
		var none V
		return none, false
	}
	v, ok := p.values[id]
	return v, ok
}

// At returns the value of an id, the zero value if there is none.
func (m *Map[V]) At(id ID) V {
	v, _ := m.Get(id)
	return v
}

// Has reports whether an id has a value.
func (m *Map[V]) Has(id ID) bool {
	_, ok := m.Get(id)
	return ok
}

// Expect makes an empty map ready for that many values, so that it need not grow
// with each of them.
func (m *Map[V]) Expect(count int) {
	if m.count > 0 || count < Parts {
		return
	}
	me := m.mine()
	for i := range m.parts {
		m.parts[i] = &part[V]{make(map[ID]V, count/Parts*9/8), me} // some get more than others
	}
}

// Set gives an id a value.
func (m *Map[V]) Set(id ID, v V) {
	p := m.own(id)
	if _, known := p.values[id]; !known {
		m.count++
	}
	p.values[id] = v
}

// Delete takes the value of an id away.
func (m *Map[V]) Delete(id ID) {
	if m.Has(id) {
		delete(m.own(id).values, id)
		m.count--
	}
}

func (m *Map[V]) mine() *owner {
	me := m.owner.Load()
	if me == nil {
		me = &owner{}
		m.owner.Store(me)
	}
	return me
}

// own returns the part of an id, which no other map shares.
func (m *Map[V]) own(id ID) *part[V] {
	me := m.mine()
	i := partOf(id)
	p := m.parts[i]
	switch {
	case p == nil:
		p = &part[V]{make(map[ID]V, m.room), me}
	case p.owner != me:
		p = &part[V]{maps.Clone(p.values), me}
	default:
		return p
	}
	m.parts[i] = p
	return p
}

// Clone returns a copy that can be changed by itself.
func (m *Map[V]) Clone() *Map[V] {
	m.owner.Store(nil)
	return &Map[V]{parts: m.parts, count: m.count}
}

// All visits all values, in no order. What is visited may be deleted meanwhile.
func (m *Map[V]) All() iter.Seq2[ID, V] {
	return func(yield func(ID, V) bool) {
		for _, p := range m.parts {
			if p == nil {
				continue
			}
			for id, v := range p.values {
				if !yield(id, v) {
					return
				}
			}
		}
	}
}

// part visits the values of one of the parts, in no order.
func (m *Map[V]) part(i int) iter.Seq[V] { return maps.Values(m.parts[i].all()) }

// Plain returns all values in a map of their own.
func (m *Map[V]) Plain() map[ID]V {
	out := make(map[ID]V, m.count)
	maps.Insert(out, m.All())
	return out
}

// Equal reports whether both hold the same values.
func (m *Map[V]) Equal(o *Map[V]) bool {
	if m.count != o.count {
		return false
	}
	for i, p := range m.parts {
		if q := o.parts[i]; p != q && !maps.Equal(p.all(), q.all()) {
			return false
		}
	}
	return true
}

// Changes visits the ids whose values differ, in no order.
func (m *Map[V]) Changes(to *Map[V]) iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for i, p := range m.parts {
			if q := to.parts[i]; p != q && !changes(p.all(), q.all(), yield) {
				return
			}
		}
	}
}

func changes[V comparable](from, to map[ID]V, yield func(ID) bool) bool {
	for id, v := range from {
		if now, ok := to[id]; (!ok || now != v) && !yield(id) {
			return false
		}
	}
	for id := range to {
		if _, ok := from[id]; !ok && !yield(id) {
			return false
		}
	}
	return true
}

func (p *part[V]) all() map[ID]V {
	if p == nil {
		return nil
	}
	return p.values
}
