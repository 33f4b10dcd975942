package engine

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Record is what one commit did to the drive.
type Record struct {
	ID     string // names it, for Undo
	When   time.Time
	Device string
	First  bool // the drive began with it, so it cannot be undone

	Added, Changed, Moved, Deleted int // files

	Touched []Touch // some of what it did; of a whole folder only the folder
	More    int     // how many are not in Touched
}

// Touch is what a commit did to one file or folder.
type Touch struct {
	Action string // "added", "changed", "moved" or "deleted"
	Path   string // where it lay afterwards; of a deleted one, before
	From   string // where a moved one lay before
	Folder bool
	Size   int64 // bytes; of a folder 0
}

// maxTouched is how many files and folders a record names.
const maxTouched = 50

// Records returns what was done to the drive by all devices, the newest first:
// at most so many, and none that is older than since.
func (e *Engine) Records(ctx context.Context, since time.Time, most int) ([]Record, error) {
	var out []Record
	err := e.withPast(ctx, func(log *history.Log) error {
		return log.Records(func(r history.Record) bool {
			if r.Commit.When().Before(since) || len(out) == most {
				return false
			}
			out = append(out, recordOf(r))
			return true
		})
	})
	return out, err
}

func recordOf(r history.Record) Record {
	out := Record{
		ID: r.Commit.ID.String()[:versionDigits], When: r.Commit.When(), Device: r.Commit.Name, First: r.First,
		Added: r.Files[history.Added], Changed: r.Files[history.Changed], Moved: r.Files[history.Moved], Deleted: r.Files[history.Deleted],
	}
	for i, t := range r.Touched {
		if i == maxTouched {
			out.More = len(r.Touched) - i
			break
		}
		out.Touched = append(out.Touched, Touch{string(t.Action), t.Path, t.From, t.Entry.Kind == tree.Folder, t.Entry.Size})
	}
	return out
}

// Undo takes back what one commit did, as a new commit, which can be undone in
// its turn. What was changed again since then stays as it is now. With preview
// nothing is changed at all.
func (e *Engine) Undo(ctx context.Context, id string, preview bool) (Effect, error) {
	return e.edit(ctx, preview, func(log *history.Log, now *tree.Tree) (*tree.Tree, time.Time, error) {
		c, ok := log.Find(id)
		if !ok {
			return nil, time.Time{}, fault.Wrong(nil, "There is no change %q. Nothing was undone.", id)
		}
		if len(c.Parents) == 0 {
			return nil, c.When(), fault.Wrong(nil, "The drive began with this change, so it cannot be undone. Nothing was changed.")
		}
		after, err := e.joined(ctx, []history.Commit{c})
		if err != nil {
			return nil, c.When(), tooOld(err)
		}
		before, err := plan.MergeTips(ctx, commits{e.repo}, c.Parents)
		if err != nil {
			return nil, c.When(), tooOld(err)
		}
		return takenBack(now, before, after.tree), c.When(), nil
	})
}

func tooOld(err error) error {
	if gone(err) {
		return fault.Say(err, "What was there before is not kept any more, so this cannot be undone. Nothing was changed.")
	}
	return err
}

// takenBack is now without the changes from before to after. A node that was
// changed again since stays as it is: to the merge it looks as if only now had
// changed it.
func takenBack(now, before, after *tree.Tree) *tree.Tree {
	base := plan.Base{Nodes: after.Nodes().Plain(), Aliases: after.Aliases()}
	for _, t := range []*tree.Tree{now, before, after} {
		for id := range t.Nodes().All() {
			a, was := after.Get(id)
			if n, is := now.Get(id); was == is && a == n {
				continue
			}
			if b, had := before.Get(id); had {
				base.Nodes[id] = b
			} else {
				delete(base.Nodes, id)
			}
		}
	}
	return plan.Merge(base, before, now)
}
