package engine

import (
	"hash/fnv"
	"maps"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// keyLeft is the note of files that were synced and are left out by a rule: what
// disk and network agreed on last, as a mark.
const keyLeft = "left"

// dropIgnored forgets what was synced and is left out by a rule now. As this
// disk knows nothing of it any more, it is deleted nowhere: it stays on this
// disk and on the network as it is. What both had is remembered, for the case
// that the rule is taken back.
func (v *sight) dropIgnored() error {
	e := v.s.e
	rules, before := e.rules.Load(), len(e.left)
	for id, n := range v.gone {
		if _, _, out := rules.Match(e.diskPath(id), n.Kind == tree.Folder); !out {
			continue
		}
		delete(v.gone, id)
		if was, ok := e.synced.Get(id); ok {
			e.dropSynced(id)
			e.left[id] = markOf(was)
		}
	}
	if len(e.left) == before {
		return nil
	}
	return e.keepNote(v.s.ctx, keyLeft, e.left)
}

// markOf tells one content from another.
func markOf(n tree.Node) int64 {
	h := fnv.New64a()
	h.Write([]byte(n.Content)) // never fails
	return int64(h.Sum64())
}

// leftBase adds to what both sides started from the files that were left out
// and are not any more. Where only one side changed meanwhile, that change
// counts, and nobody needs a copy of the other.
func (s *session) leftBase(base *tree.Map[tree.Node]) *tree.Map[tree.Node] {
	own := false
	for id, mark := range s.e.left {
		d, here := s.e.disk.Get(id)
		r, there := s.remote.Get(id)
		if base.Has(id) || !here || !there || d.Kind != tree.File {
			continue
		}
		from := d.Node
		if mark != markOf(from) {
			from = r
		}
		if mark != markOf(from) {
			continue // both changed
		}
		if !own {
			base, own = base.Clone(), true
		}
		base.Set(id, from)
	}
	return base
}

// noteLeft forgets files that are agreed on again, or that the drive has no
// more.
func (s *session) noteLeft() error {
	e, before := s.e, len(s.e.left)
	maps.DeleteFunc(e.left, func(id tree.ID, _ int64) bool {
		return e.synced.Has(id) || !s.remote.Nodes().Has(id)
	})
	if len(e.left) == before {
		return nil
	}
	return e.keepNote(s.ctx, keyLeft, e.left)
}
