package scan

import (
	"context"
	"errors"
	"maps"

	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Changes say where something may have happened since the last look.
type Changes struct {
	// Paths are from the root, with slashes. True says that something was made,
	// moved or deleted there, false that only the item itself was changed.
	Paths map[string]bool
	// Whole says that it may have happened anywhere.
	Whole bool
	// More waits for a moment and returns what happened since. Where something
	// is gone it is asked whether it has come up elsewhere; without it only a walk
	// tells.
	More func(context.Context) Changes
}

// With returns where something happened by either.
func (c Changes) With(o Changes) Changes {
	both := Changes{Paths: maps.Clone(c.Paths), Whole: c.Whole || o.Whole, More: c.More}
	for p, deep := range o.Paths {
		both.Paths[p] = both.Paths[p] || deep
	}
	return both
}

// ErrWhole says that what changed cannot be told from a look at a part.
var ErrWhole = errors.New("the whole folder must be looked at")

// Part is what is known of a folder before a look at a part of it.
type Part struct {
	Disk  *tree.Disk
	Tree  *tree.Tree                                     // the same, as a tree
	At    func(dir tree.ID, name string) (tree.ID, bool) // what lies where; a disk that folds names is asked for their keys
	Rules *ignore.Rules
}

// Look is what a look at a part found there, with the folders around it.
type Look struct {
	*Result
	// Known are those of the known nodes that lay there: identified, they give
	// what a walk of everything gives.
	Known *tree.Disk
	// replaced are known folders in whose place others lie, by their paths; they
	// were not found.
	replaced []string
}

// Missing returns what lay where was looked and was not found, by id or path.
// It may be gone, or have been moved to where nobody has told of yet. Found is
// what the look gives when it is identified.
func (l *Look) Missing(found []Found) map[string]bool {
	here := make(map[tree.ID]bool, len(found))
	for _, f := range found {
		here[f.ID] = true
	}
	missing := map[string]bool{}
	for id := range l.Known.All() {
		if !here[id] {
			missing[string(id[:])] = true
		}
	}
	for _, at := range l.replaced {
		missing["/"+at] = true
	}
	return missing
}
