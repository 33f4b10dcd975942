package history

import (
	"errors"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// follower finds out where some nodes lie in all commits of a log. From a
// commit where the place of a node is known it goes to the neighbours, in both
// directions: there it lies at the same place, or is among what differs.
type follower struct {
	log        *Log
	spots      map[tree.ID]map[int]spot // by node and commit
	known      map[int]bool             // the trees that were tried, and whether they can be read
	diffs      map[[2]int]map[tree.ID]spot
	neighbours [][]int
}

// spot is where a node lies in a commit.
type spot struct {
	path  string
	entry object.Entry
	there bool
}

// knows reports whether the tree of a commit can be read.
func (f *follower) knows(i int) bool {
	known, tried := f.known[i]
	if !tried {
		_, err := f.log.top(f.log.Commits[i].Root)
		known = err == nil
		f.known[i] = known
	}
	return known
}

// seek notes which files lie at a path, in all commits.
func (f *follower) seek(path string) error {
	for i, c := range f.log.Commits {
		e, err := f.log.Lookup(c.Root, path)
		if absent(err) {
			f.known[i] = f.known[i] || errors.Is(err, object.ErrNoEntry)
			continue
		}
		if err != nil {
			return err
		}
		f.known[i] = true
		if e.Kind == tree.Folder {
			continue
		}
		if f.spots[e.ID] == nil {
			f.spots[e.ID] = map[int]spot{}
		}
		f.spots[e.ID][i] = spot{path, e, true}
	}
	return nil
}

// classes returns the nodes that are followed, by the id that stands for them
// now, and adds all that the drive has joined with them.
func (f *follower) classes(aliases map[tree.ID]tree.ID) map[tree.ID][]tree.ID {
	stands := func(id tree.ID) tree.ID {
		for to, ok := aliases[id]; ok; to, ok = aliases[id] {
			id = to
		}
		return id
	}
	out := map[tree.ID][]tree.ID{}
	for id := range f.spots {
		out[stands(id)] = nil
	}
	for id := range aliases {
		if _, wanted := out[stands(id)]; wanted && f.spots[id] == nil {
			f.spots[id] = map[int]spot{}
		}
	}
	for id := range out {
		if f.spots[id] == nil {
			f.spots[id] = map[int]spot{}
		}
	}
	for id := range f.spots {
		out[stands(id)] = append(out[stands(id)], id)
	}
	return out
}

// follow finds out where a node lies in all commits.
func (f *follower) follow(id tree.ID) error {
	spots := f.spots[id]
	if len(spots) == 0 {
		if err := f.search(id); err != nil {
			return err
		}
	}
	var open [][2]int // from where to where
	spread := func(i, from int) {
		for _, n := range f.near(i) {
			open = append(open, [2]int{from, n})
		}
	}
	seen := map[int]bool{}
	start := -1
	for i := range spots {
		seen[i], start = true, i
		spread(i, i)
	}
	for next := 0; start >= 0; {
		if len(open) == 0 {
			for next < len(f.log.Commits) && seen[next] {
				next++
			}
			if next == len(f.log.Commits) {
				return nil
			}
			open = append(open, [2]int{start, next})
		}
		from, i := open[0][0], open[0][1]
		open = open[1:]
		if seen[i] {
			continue
		}
		seen[i] = true
		s, ok, err := f.spot(id, i, from)
		if err != nil {
			return err
		}
		if ok {
			spots[i] = s
			from = i
		}
		spread(i, from)
	}
	return nil
}

// near returns the parents and the children of a commit.
func (f *follower) near(i int) []int {
	if f.neighbours == nil {
		f.neighbours = make([][]int, len(f.log.Commits))
		for child, c := range f.log.Commits {
			for _, id := range c.Parents {
				if p, ok := f.log.at[id]; ok {
					f.neighbours[child] = append(f.neighbours[child], p)
					f.neighbours[p] = append(f.neighbours[p], child)
				}
			}
		}
	}
	return f.neighbours[i]
}

// spot finds a node in a commit, by where it lies in another one. It reports
// false if the tree cannot be read.
func (f *follower) spot(id tree.ID, i, from int) (spot, bool, error) {
	if !f.knows(i) {
		return spot{}, false, nil
	}
	was := f.spots[id][from]
	if was.there {
		e, err := f.log.Lookup(f.log.Commits[i].Root, was.path)
		if err == nil && e.ID == id {
			return spot{was.path, e, true}, true, nil
		}
		if err != nil && !absent(err) {
			return spot{}, false, err
		}
	}
	differing, err := f.diff(i, from)
	if errors.Is(err, ErrGone) {
		f.known[i] = false
		return spot{}, false, nil
	}
	return differing[id], err == nil, err
}

// diff returns the nodes that are followed and lie in one commit otherwise than
// in another one.
func (f *follower) diff(i, from int) (map[tree.ID]spot, error) {
	key := [2]int{i, from}
	if out, ok := f.diffs[key]; ok {
		return out, nil
	}
	out := map[tree.ID]spot{}
	err := f.log.Diff(f.log.Commits[i].Root, f.log.Commits[from].Root, func(d Change) {
		if d.Old != nil && f.spots[d.Old.ID] != nil {
			out[d.Old.ID] = spot{d.Path, *d.Old, true}
		}
	})
	if err == nil {
		f.diffs[key] = out
	}
	return out, err
}

// search looks through the newest tree that can be read for a node of which no
// place is known.
func (f *follower) search(id tree.ID) error {
	for i, c := range f.log.Commits {
		if !f.knows(i) {
			continue
		}
		folder, err := f.log.top(c.Root)
		if err != nil {
			return err
		}
		var s spot
		err = f.log.diffFolder(folder, pack.ID{}, "", func(d Change) {
			if d.Old.ID == id {
				s = spot{d.Path, *d.Old, true}
			}
		})
		if errors.Is(err, ErrGone) {
			continue
		}
		f.spots[id][i] = s
		return err
	}
	return nil
}
