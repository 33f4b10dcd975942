package rules

import (
	"slices"
	"time"
)

// Item is one thing of a list that is watched one after the other.
type Item struct {
	Name string // as people read it
	What string // as it is opened
}

// Queue is a list with a place in it. The zero value has nothing.
type Queue struct {
	Items []Item
	At    int // index of what is shown, -1 = none of them
}

// NewQueue is a list at what is shown.
func NewQueue(items []Item, what string) Queue {
	return Queue{items, slices.IndexFunc(items, func(i Item) bool { return i.What == what })}
}

// Next is what comes after, Previous what came before; ok is false at the ends
// and for what is not in the list.
func (q Queue) Next() (item Item, ok bool) { return q.by(1) }

// Previous is what came before.
func (q Queue) Previous() (item Item, ok bool) { return q.by(-1) }

func (q Queue) by(step int) (Item, bool) {
	to := q.At + step
	if q.At < 0 || to < 0 || to >= len(q.Items) {
		return Item{}, false
	}
	return q.Items[to], true
}

// BeforeNext is how long the end of a video stays before the next one follows.
const BeforeNext = 5 * time.Second
