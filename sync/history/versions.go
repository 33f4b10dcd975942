package history

import (
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Version is one content that a file had.
type Version struct {
	Commit Commit // the first that has it
	Path   string // where the file lay then
	Entry  object.Entry
}

// spot is where a node lies in a commit.
type spot struct {
	path  string // or where to look first
	entry object.Entry
	there bool
	known bool // the tree could be read
}

// Versions returns the contents that a node had, the newest first. hint is
// where it lies in the newest commits, or lay last. The node is followed
// wherever it was moved.
func (l *Log) Versions(node tree.ID, hint string) ([]Version, error) {
	spots := make([]spot, len(l.Commits))
	hints := map[pack.ID]trace{}
	for i, c := range l.Commits {
		t, ok := hints[c.ID]
		if !ok {
			t = trace{path: hint}
		}
		s, err := l.spotOf(node, c, t)
		if err != nil {
			return nil, err
		}
		spots[i] = s
		for _, p := range c.Parents {
			if old, ok := hints[p]; !ok || (s.there && !old.there) {
				hints[p] = trace{s.path, c.Root, s.there, s.known}
			}
		}
	}
	return l.changes(spots), nil
}

// trace is what a commit tells about a node in its parents.
type trace struct {
	path         string
	root         pack.ID
	there, known bool
}

// spotOf finds a node in a commit: where its child has it, or else among what
// differs between the two.
func (l *Log) spotOf(node tree.ID, c Commit, t trace) (spot, error) {
	e, err := l.Lookup(c.Root, t.path)
	if err == nil && e.ID == node {
		return spot{t.path, e, true, true}, nil
	}
	if err != nil && !absent(err) {
		return spot{}, err
	}
	if !t.known {
		_, err := l.top(c.Root)
		return spot{path: t.path, known: err == nil}, nil
	}
	s := spot{path: t.path, known: true}
	err = l.Diff(c.Root, t.root, func(d Change) {
		if d.Old != nil && d.Old.ID == node {
			s = spot{d.Path, *d.Old, true, true}
		}
	})
	if err != nil && !absent(err) {
		return spot{}, err
	}
	s.known = err == nil
	return s, nil
}

// changes picks the commits in which the content is another than in all of
// their parents. Parents whose trees are gone stand for their own.
func (l *Log) changes(spots []spot) []Version {
	var out []Version
	for i, c := range l.Commits {
		s := spots[i]
		if !s.there {
			continue
		}
		same := func(p spot) bool { return p.there && p.entry.SameData(s.entry.Node) }
		if !slices.ContainsFunc(l.before(c, spots), same) {
			out = append(out, Version{c, s.path, s.entry})
		}
	}
	return out
}

// before returns where the node was in the nearest commits before c whose
// trees can be read.
func (l *Log) before(c Commit, spots []spot) []spot {
	var out []spot
	seen := map[pack.ID]bool{}
	for open := slices.Clone(c.Parents); len(open) > 0; {
		id := open[0]
		open = open[1:]
		i, ok := l.at[id]
		if !ok || seen[id] {
			continue
		}
		seen[id] = true
		if spots[i].known {
			out = append(out, spots[i])
			continue
		}
		open = append(open, l.Commits[i].Parents...)
	}
	return out
}
