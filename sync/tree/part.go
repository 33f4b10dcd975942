package tree

import (
	"encoding/hex"
	"fmt"
)

// ParseID reads an id as [ID.String] writes it.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) != hex.EncodedLen(len(id)) {
		return ID{}, fmt.Errorf("%w: id of %d letters", ErrInvalid, len(s))
	}
	if _, err := hex.Decode(id[:], []byte(s)); err != nil {
		return ID{}, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return id, nil
}

// Resolve returns the id that stands for another one, or the id itself.
func (t *Tree) Resolve(id ID) ID {
	for range len(t.aliases) {
		to, joined := t.aliases[id]
		if !joined {
			break
		}
		id = to
	}
	return id
}

// Only returns the part of a tree that keep is true for, with its aliases. What lies
// in a folder that is left out is left out too.
func (t *Tree) Only(keep func(ID) bool) (*Tree, error) {
	out := New()
	out.aliases = t.aliases
	for open := []ID{{}}; len(open) > 0; {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		for _, id := range t.kidsOf(at) {
			if !keep(id) {
				continue
			}
			if err := out.Add(t.nodes.At(id)); err != nil {
				return nil, err
			}
			open = append(open, id)
		}
	}
	return out, nil
}
