package history

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// ErrGone is what a loader wraps for an object that the drive has no more.
var ErrGone = errors.New("not kept any more")

// Commit is a commit with its id.
type Commit struct {
	object.Commit
	ID pack.ID
}

// When is the time of the commit.
func (c Commit) When() time.Time { return time.Unix(0, c.Time) }

// IsMerge reports whether the commit joins the work of others and has none of
// its own.
func (c Commit) IsMerge() bool { return c.Device == object.DeviceID{} }

// Log is the history of some commits, children before their parents.
type Log struct {
	Commits []Commit
	load    object.Loader
	at      map[pack.ID]int // where a commit stands in Commits
}

// Read returns the history of the tips. A commit that is gone ends it there.
func Read(load object.Loader, tips []pack.ID) (*Log, error) {
	l := &Log{load: load, at: map[pack.ID]int{}}
	seen := map[pack.ID]bool{}
	for open := slices.Clone(tips); len(open) > 0; {
		id := open[len(open)-1]
		open = open[:len(open)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		body, err := load(pack.Commit, id)
		if errors.Is(err, ErrGone) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read history: %w", err)
		}
		c, err := object.DecodeCommit(body)
		if err != nil {
			return nil, fmt.Errorf("read history: %w", err)
		}
		l.Commits = append(l.Commits, Commit{c, id})
		open = append(open, c.Parents...)
	}
	slices.SortFunc(l.Commits, newestFirst)
	for i, c := range l.Commits {
		l.at[c.ID] = i
	}
	return l, nil
}

// newestFirst puts every commit before its parents.
func newestFirst(a, b Commit) int {
	return cmp.Or(cmp.Compare(b.Generation, a.Generation), cmp.Compare(b.Time, a.Time), bytes.Compare(a.ID[:], b.ID[:]))
}

// Get returns a commit of the log.
func (l *Log) Get(id pack.ID) (Commit, bool) {
	i, ok := l.at[id]
	if !ok {
		return Commit{}, false
	}
	return l.Commits[i], true
}

// At returns the commits that were the newest at a time: together they are what
// the drive was then. None means that there was no drive yet.
func (l *Log) At(t time.Time) []Commit {
	limit := tree.Nanos(t)
	old := map[pack.ID]bool{} // followed by one that counts
	var out []Commit
	for _, c := range l.Commits {
		if c.Time > limit {
			continue
		}
		if !old[c.ID] {
			out = append(out, c)
		}
		for _, p := range c.Parents {
			old[p] = true
		}
	}
	return out
}

// Find returns the commit whose id begins with a text in hex, as versions are
// named, or false if there is none or more than one.
func (l *Log) Find(version string) (Commit, bool) {
	if len(version) < 6 {
		return Commit{}, false
	}
	var found Commit
	n := 0
	for _, c := range l.Commits {
		if id := c.ID.String(); len(version) <= len(id) && id[:len(version)] == version {
			found = c
			n++
		}
	}
	return found, n == 1
}
