package history

import (
	"errors"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Deletion is a node that the drive has no more.
type Deletion struct {
	Path   string // where it lay
	Entry  object.Entry
	Before Commit // the last that has it
	Commit Commit // the one that deleted it
}

// Deleted returns what was deleted below a folder ("" for all) and is not in
// the drive now, the newest first, as far as the past is kept: also what lay
// where something else lies now. Of a deleted folder that went at once only the
// folder itself is told, and what lay right in it if it is the one asked for.
func (l *Log) Deleted(now *tree.Tree, below string) ([]Deletion, error) {
	all := map[tree.ID]Deletion{}
	known := (&follower{log: l, known: map[int]bool{}}).knows
	for i, c := range l.Commits {
		if !known(i) {
			continue
		}
		for _, p := range l.before(c, known) {
			if err := l.deletedBy(l.Commits[p], c, now, all); err != nil {
				return nil, err
			}
		}
	}
	folders := map[fall]bool{}
	for _, d := range all {
		if d.Entry.Kind == tree.Folder {
			folders[fall{d.Path, d.Before.ID, d.Commit.ID}] = true
		}
	}
	var out []Deletion
	for _, d := range all {
		dir := parentOf(d.Path)
		told := dir != below && inside(dir, below) && folders[fall{dir, d.Before.ID, d.Commit.ID}]
		if inside(d.Path, below) && !told {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b Deletion) int {
		if a.Commit.ID != b.Commit.ID {
			return newestFirst(a.Commit, b.Commit)
		}
		return strings.Compare(a.Path, b.Path)
	})
	return out, nil
}

// deletedBy notes the nodes that one commit has and the next one has not. A
// commit with one parent deleted them itself; one with several may only follow
// what another one did, which is told there.
func (l *Log) deletedBy(p, c Commit, now *tree.Tree, all map[tree.ID]Deletion) error {
	moved := map[tree.ID]bool{}
	gone := map[tree.ID]Deletion{}
	err := l.Diff(p.Root, c.Root, func(d Change) {
		if d.New != nil {
			moved[d.New.ID] = true
		}
		if d.Old != nil {
			gone[d.Old.ID] = Deletion{d.Path, *d.Old, p, c}
		}
	})
	if errors.Is(err, ErrGone) {
		return nil
	}
	for id, d := range gone {
		_, lives := now.Get(id)
		_, alias := now.Aliases()[id]
		if lives || alias || moved[id] {
			continue
		}
		if old, told := all[id]; !told || len(old.Commit.Parents) > 1 && len(c.Parents) == 1 {
			all[id] = d
		}
	}
	return err
}

func inside(path, below string) bool {
	return below == "" || path == below || strings.HasPrefix(path, below+"/")
}

// fall is what a commit deleted at a path of the one before.
type fall struct {
	path          string
	before, after pack.ID
}

func parentOf(path string) string {
	return path[:max(strings.LastIndexByte(path, '/'), 0)]
}
