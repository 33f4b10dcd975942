package plan

import (
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Settle brings a node of what disk and network agree on up to date: one that
// is the same on both sides is as it is there, one that is gone on both sides
// is gone, and everything else is as it was agreed on before. It reports
// whether that changed anything.
func Settle(agreed *tree.Map[tree.Node], id tree.ID, disk, remote func(tree.ID) (tree.Node, bool)) bool {
	d, onDisk := disk(id)
	r, onRemote := remote(id)
	before, known := agreed.Get(id)
	switch {
	case onDisk && onRemote && d == r && (!known || before != r):
		agreed.Set(id, r)
	case known && !onDisk && !onRemote:
		agreed.Delete(id)
	default:
		return false
	}
	return true
}

// Toll counts what a change of a tree takes away.
type Toll struct {
	Total       int // files and links before the change
	Deleted     int // of them, gone afterwards
	Overwritten int // of them, with other bytes afterwards
}

// Cost counts what the change from one tree to another takes away.
func Cost(from, to *tree.Tree) Toll {
	c := Toll{Total: from.Files()}
	for id := range from.Nodes().Changes(to.Nodes()) {
		n, was := from.Get(id)
		if !was || n.Kind == tree.Folder {
			continue
		}
		switch now, ok := to.Get(id); {
		case !ok:
			c.Deleted++
		case !now.SameData(n):
			c.Overwritten++
		}
	}
	return c
}

const (
	brakeFloor = 50
	brakeCount = 1000
	brakePart  = 4 // one in so many
)

// Alarming reports whether so much goes at once that a person should look
// first: more than 1,000 files, or more than a quarter of all. Small numbers
// never are.
func (c Toll) Alarming() bool {
	return alarming(c.Deleted, c.Total) || alarming(c.Overwritten, c.Total)
}

func alarming(n, total int) bool {
	return n > brakeCount || (n >= brakeFloor && n*brakePart > total)
}
