package plan

import (
	"maps"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Settle returns what disk and network agree on: nodes that are the same on
// both sides as they are there, nodes that are gone on both sides not at all,
// and everything else as it was agreed on before.
func Settle(synced, disk, remote map[tree.ID]tree.Node) map[tree.ID]tree.Node {
	out := maps.Clone(synced)
	if out == nil {
		out = map[tree.ID]tree.Node{}
	}
	for id, l := range disk {
		if r, ok := remote[id]; ok && r == l {
			out[id] = l
		}
	}
	for id := range synced {
		_, onDisk := disk[id]
		_, onRemote := remote[id]
		if !onDisk && !onRemote {
			delete(out, id)
		}
	}
	return out
}

// Toll counts what a change of a tree takes away.
type Toll struct {
	Total       int // files and links before the change
	Deleted     int // of them, gone afterwards
	Overwritten int // of them, with other bytes afterwards
}

// Cost counts what the change from one tree to another takes away.
func Cost(from, to map[tree.ID]tree.Node) Toll {
	var c Toll
	for id, n := range from {
		if n.Kind == tree.Folder {
			continue
		}
		c.Total++
		switch now, ok := to[id]; {
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
