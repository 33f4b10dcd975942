package engine

import (
	"bytes"

	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// adopter finds the nodes that the drive has where new items lie, so that a
// folder which is there already is taken over and not sent again.
type adopter struct {
	s    *session
	kind names.Disk
	keys map[tree.ID]map[string]tree.Node // children by the key of their names, where they were asked for
}

func newAdopter(s *session, kind names.Disk) *adopter {
	return &adopter{s: s, kind: kind, keys: map[tree.ID]map[string]tree.Node{}}
}

func (x *adopter) adopt(parent tree.ID, it *scan.Item) (tree.ID, bool) {
	n, ok := x.find(parent, it)
	if _, known := x.s.e.disk.Get(n.ID); !ok || known || n.Kind != it.Kind {
		return tree.ID{}, false
	}
	return n.ID, true
}

// find returns the node whose name an item has on this disk.
func (x *adopter) find(parent tree.ID, it *scan.Item) (tree.Node, bool) {
	if n, ok := x.s.remote.Child(parent, x.kind.FromDisk(it.Name)); ok {
		return n, true
	}
	if prefix, ok := names.IsSafe(it.Name); ok {
		for _, n := range x.children(parent) {
			if bytes.HasPrefix(n.ID[:], prefix) && x.kind.Made(it.Name, n) {
				return n, true
			}
		}
	}
	if !x.kind.FoldsCase && !x.kind.FoldsForm {
		return tree.Node{}, false
	}
	n, ok := x.children(parent)[x.kind.Key(it.Name)]
	return n, ok
}

// children returns the nodes of a folder by the keys of their names.
func (x *adopter) children(parent tree.ID) map[string]tree.Node {
	if out, ok := x.keys[parent]; ok {
		return out
	}
	out := map[string]tree.Node{}
	for _, n := range x.s.remote.Children(parent) {
		key := x.kind.Key(x.kind.Own(n.Name))
		if _, twin := out[key]; twin { // found by its safe name alone
			key = n.ID.String()
		}
		out[key] = n
	}
	x.keys[parent] = out
	return out
}
