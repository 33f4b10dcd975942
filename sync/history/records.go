package history

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Action is what a commit did to a node.
type Action string

// The actions.
const (
	Added   Action = "added"
	Changed Action = "changed" // its content; it may have been moved as well
	Moved   Action = "moved"   // or renamed
	Deleted Action = "deleted"
)

// Touch is one node that a commit changed.
type Touch struct {
	Action Action
	Path   string // where it lies after the commit; of a deleted one, where it lay
	From   string // of one that was moved: where it lay
	Entry  object.Entry

	within bool // its folder had the same done to it, so it goes without saying
}

// Record is what one commit did.
type Record struct {
	Commit  Commit
	First   bool    // the drive began with it
	Touched []Touch // by path; of a folder that went or came as a whole only the folder
	Files   map[Action]int
}

// Records tells what commits did, the newest first, until each returns false.
// Commits that only join the work of others are passed over, and so are those
// whose trees are not kept any more.
func (l *Log) Records(each func(Record) bool) error {
	known := (&follower{log: l, known: map[int]bool{}}).knows
	order := slices.Clone(l.Commits)
	slices.SortStableFunc(order, func(a, b Commit) int { return b.When().Compare(a.When()) })
	for _, c := range order {
		if c.IsMerge() || !known(l.at[c.ID]) {
			continue
		}
		r, err := l.record(c, known)
		if errors.Is(err, ErrGone) {
			continue
		}
		if err != nil {
			return err
		}
		if len(r.Touched) > 0 && !each(r) {
			return nil
		}
	}
	return nil
}

func (l *Log) record(c Commit, known func(int) bool) (Record, error) {
	r := Record{Commit: c, First: len(c.Parents) == 0, Files: map[Action]int{}}
	own, err := l.own(c, known)
	if err != nil {
		return r, err
	}
	for _, t := range own {
		if t.Entry.Kind != tree.Folder {
			r.Files[t.Action]++
		}
		if !t.within {
			r.Touched = append(r.Touched, t)
		}
	}
	slices.SortFunc(r.Touched, func(a, b Touch) int { return strings.Compare(a.Path, b.Path) })
	return r, nil
}

// own returns what a commit did itself: what differs from every tree before it.
func (l *Log) own(c Commit, known func(int) bool) (map[tree.ID]Touch, error) {
	before := l.before(c, known)
	if len(before) == 0 && len(c.Parents) > 0 {
		return nil, nil // nobody can tell any more
	}
	var own map[tree.ID]Touch
	for i := range max(len(before), 1) {
		d := difference{map[tree.ID]found{}, map[tree.ID]found{}}
		diff := func() error { return l.diffNothing(c, d.note) }
		if len(before) > 0 {
			diff = func() error { return l.Diff(l.Commits[before[i]].Root, c.Root, d.note) }
		}
		if err := diff(); err != nil {
			return nil, err
		}
		own = shared(own, d.touches())
	}
	return own, nil
}

// shared keeps what both differences tell. A node that one of the trees before
// has was not added.
func shared(a, b map[tree.ID]Touch) map[tree.ID]Touch {
	if a == nil {
		return b
	}
	out := map[tree.ID]Touch{}
	for id, t := range a {
		other, both := b[id]
		if !both {
			continue
		}
		if t.Action == Added {
			t = other
		}
		out[id] = t
	}
	return out
}

// diffNothing tells all that the tree of a commit holds.
func (l *Log) diffNothing(c Commit, each func(Change)) error {
	top, err := l.top(c.Root)
	if err != nil {
		return err
	}
	return l.diffFolder(folderOf(nil), top, "", each)
}

// difference gathers by node what differs between two trees.
type difference struct{ old, fresh map[tree.ID]found }

type found struct {
	path  string
	entry object.Entry
}

func (d *difference) note(c Change) {
	if c.Old != nil {
		d.old[c.Old.ID] = found{c.Path, *c.Old}
	}
	if c.New != nil {
		d.fresh[c.New.ID] = found{c.Path, *c.New}
	}
}

func (d *difference) touches() map[tree.ID]Touch {
	out := map[tree.ID]Touch{}
	for id, f := range d.fresh {
		was, both := d.old[id]
		switch {
		case !both:
			out[id] = Touch{Action: Added, Path: f.path, Entry: f.entry}
		case f.entry.Kind != tree.Folder && !f.entry.SameData(was.entry.Node):
			out[id] = Touch{Action: Changed, Path: f.path, From: was.unless(f), Entry: f.entry}
		case f.path != was.path:
			out[id] = Touch{Action: Moved, Path: f.path, From: was.path, Entry: f.entry}
		}
	}
	for id, was := range d.old {
		if _, stays := d.fresh[id]; !stays {
			out[id] = Touch{Action: Deleted, Path: was.path, Entry: was.entry}
		}
	}
	return fold(out)
}

// unless is the old place of a node, "" if it is there still.
func (f found) unless(now found) string {
	if f.path == now.path {
		return ""
	}
	return f.path
}

// fold marks what only went along with its folder.
func fold(all map[tree.ID]Touch) map[tree.ID]Touch {
	type deed struct {
		action     Action
		path, from string
	}
	folders := map[deed]bool{}
	for _, t := range all {
		if t.Entry.Kind == tree.Folder {
			folders[deed{t.Action, t.Path, t.From}] = true
		}
	}
	for id, t := range all {
		with := deed{t.Action, path.Dir(t.Path), ""}
		if t.Action == Moved {
			with.from = path.Dir(t.From)
			if path.Base(t.Path) != path.Base(t.From) {
				continue
			}
		}
		t.within = folders[with]
		all[id] = t
	}
	return all
}
