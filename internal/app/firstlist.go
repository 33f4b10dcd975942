package app

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// manyListed is from how many files on listing them and looking at the disk
	// for the first time disturb each other.
	manyListed = 10_000
	// listWait is how long a window may take to list them.
	listWait = 2 * time.Second
	// showWait is how long it then takes to sort and show them.
	showWait = 250 * time.Millisecond
)

// firstList lets the first look at a folder of many files wait until a window shows
// what the last run knew: a person waits for that. Its nil value waits for
// nothing.
type firstList struct {
	asked atomic.Bool
	once  sync.Once
	was   chan struct{}
}

// newFirstList returns nil where there are few files.
func newFirstList(files int) *firstList {
	if files < manyListed {
		return nil
	}
	return &firstList{was: make(chan struct{})}
}

// first tells, once, that the list which is made now is the first one.
func (l *firstList) first() bool { return l != nil && !l.asked.Swap(true) }

// done notes that the files were listed.
func (l *firstList) done() {
	if l != nil {
		l.once.Do(func() { close(l.was) })
	}
}

// wait waits for that, but not for long.
func (l *firstList) wait(ctx context.Context) {
	if l == nil {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(listWait):
	case <-l.was:
		select {
		case <-ctx.Done():
		case <-time.After(showWait):
		}
	}
}
