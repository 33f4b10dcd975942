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

// Life is what is known of the past of one file.
type Life struct {
	ID       tree.ID   // that stands for it now
	Versions []Version // the newest first
}

// Lives returns the files that ever lay at a path, the one that lies there now
// first, and then the one that has the newest version. A file is followed
// wherever it was moved, on all branches. Several that the drive has joined
// count as one.
func (l *Log) Lives(now *tree.Tree, path string) ([]Life, error) {
	f := &follower{log: l, spots: map[tree.ID]map[int]spot{}, known: map[int]bool{}, diffs: map[[2]int]map[tree.ID]spot{}}
	if err := f.seek(path); err != nil {
		return nil, err
	}
	here, lies := now.Find(path)
	if lies && here.Kind != tree.Folder && f.spots[here.ID] == nil {
		f.spots[here.ID] = map[int]spot{}
	}
	classes := f.classes(now.Aliases())
	for id := range f.spots {
		if err := f.follow(id); err != nil {
			return nil, err
		}
	}
	var out []Life
	for id, class := range classes {
		if found := f.versions(class); len(found) > 0 {
			out = append(out, Life{id, found})
		}
	}
	slices.SortFunc(out, func(a, b Life) int {
		switch {
		case lies && a.ID == here.ID:
			return -1
		case lies && b.ID == here.ID:
			return 1
		case a.Versions[0].Commit.ID != b.Versions[0].Commit.ID:
			return newestFirst(a.Versions[0].Commit, b.Versions[0].Commit)
		}
		return a.ID.Compare(b.ID)
	})
	return out, nil
}

// versions picks the commits in which the content of a file is another than in
// all of their parents. Parents whose trees are gone stand for their own.
func (f *follower) versions(ids []tree.ID) []Version {
	var out []Version
	for i, c := range f.log.Commits {
		for _, id := range ids {
			s, known := f.spots[id][i]
			if !known || !s.there || f.had(c, ids, s) {
				continue
			}
			out = append(out, Version{c, s.path, s.entry})
		}
	}
	return out
}

// had reports whether a file had its content already before a commit.
func (f *follower) had(c Commit, ids []tree.ID, now spot) bool {
	return slices.ContainsFunc(f.log.before(c, f.knows), func(i int) bool {
		return slices.ContainsFunc(ids, func(id tree.ID) bool {
			s := f.spots[id][i]
			return s.there && s.entry.SameData(now.entry.Node)
		})
	})
}

// before returns the places of the nearest commits before c whose trees can be
// read.
func (l *Log) before(c Commit, known func(int) bool) []int {
	var out []int
	seen := map[pack.ID]bool{}
	for open := slices.Clone(c.Parents); len(open) > 0; {
		id := open[0]
		open = open[1:]
		i, ok := l.at[id]
		if !ok || seen[id] {
			continue
		}
		seen[id] = true
		if known(i) {
			out = append(out, i)
			continue
		}
		open = append(open, l.Commits[i].Parents...)
	}
	return out
}
