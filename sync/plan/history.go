package plan

import (
	"bytes"
	"container/heap"
	"context"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// History is what merging must know of the commits of a drive.
type History interface {
	// Parents returns the parents of a commit and its generation, which is
	// higher than that of all its parents.
	Parents(ctx context.Context, id pack.ID) (parents []pack.ID, generation uint64, err error)
	// Tree returns the tree of a commit. It is not changed.
	Tree(ctx context.Context, id pack.ID) (*tree.Tree, error)
}

// MergeTips joins the trees of several commits in one step. The order of the
// tips does not matter. No tips give an empty tree.
func MergeTips(ctx context.Context, h History, tips []pack.ID) (*tree.Tree, error) {
	return (&joiner{h: h}).tips(ctx, tips, 0)
}

// maxVirtual bounds how deep several common ancestors are merged into one. Old
// histories that cross again and again beyond it use the first of them.
const maxVirtual = 24

type joiner struct{ h History }

func (j *joiner) tips(ctx context.Context, tips []pack.ID, depth int) (*tree.Tree, error) {
	tips = slices.Clone(tips)
	slices.SortFunc(tips, compareIDs)
	tips = slices.Compact(tips)
	if len(tips) == 0 {
		return tree.New(), nil
	}
	acc, err := j.h.Tree(ctx, tips[0])
	if err != nil {
		return nil, err
	}
	for i, tip := range tips[1:] {
		if acc, err = j.add(ctx, acc, tips[:i+1], tip, depth); err != nil {
			return nil, err
		}
	}
	return acc, nil
}

// add merges one more tip into what others gave.
func (j *joiner) add(ctx context.Context, acc *tree.Tree, others []pack.ID, tip pack.ID, depth int) (*tree.Tree, error) {
	bases, err := Bases(ctx, j.h, others, tip)
	if err != nil {
		return nil, err
	}
	if len(bases) > 1 && depth >= maxVirtual {
		bases = bases[:1]
	}
	base, err := j.tips(ctx, bases, depth+1)
	if err != nil {
		return nil, err
	}
	t, err := j.h.Tree(ctx, tip)
	if err != nil {
		return nil, err
	}
	return Merge(BaseOf(base), acc, t), nil
}

func compareIDs(a, b pack.ID) int { return bytes.Compare(a[:], b[:]) }

// Bases returns the newest commits that are part of the history of tip and of
// any of others, sorted: those that no other one of them has in its history.
func Bases(ctx context.Context, h History, others []pack.ID, tip pack.ID) ([]pack.ID, error) {
	w := &walk{h: h, marks: map[pack.ID]mark{}}
	for _, id := range others {
		if err := w.push(ctx, id, left); err != nil {
			return nil, err
		}
	}
	if err := w.push(ctx, tip, right); err != nil {
		return nil, err
	}
	var out []pack.ID
	for w.fresh > 0 {
		c := heap.Pop(&w.queue).(queued)
		m := w.marks[c.id]
		if m&stale == 0 {
			w.fresh--
		}
		if m&(left|right|stale) == left|right {
			out = append(out, c.id)
			m |= stale
		}
		for _, p := range c.parents {
			if err := w.push(ctx, p, m); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(out, compareIDs)
	return out, nil
}

type mark uint8

const (
	left  mark = 1 << iota // in the history of others
	right                  // in the history of tip
	stale                  // in the history of a common commit
)

// walk visits commits from the newest generation to the oldest, so that all
// that follows a commit was seen before it.
type walk struct {
	h     History
	marks map[pack.ID]mark
	queue queue
	fresh int // commits in the queue that are not stale
}

func (w *walk) push(ctx context.Context, id pack.ID, m mark) error {
	old, seen := w.marks[id]
	w.marks[id] = old | m
	if seen {
		if old&stale == 0 && m&stale != 0 {
			w.fresh--
		}
		return nil
	}
	parents, generation, err := w.h.Parents(ctx, id)
	if err != nil {
		return err
	}
	if m&stale == 0 {
		w.fresh++
	}
	heap.Push(&w.queue, queued{id, parents, generation})
	return nil
}

type queued struct {
	id         pack.ID
	parents    []pack.ID
	generation uint64
}

type queue []queued

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].generation > q[j].generation }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(queued)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
