package move

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// What callers decide on.
var (
	ErrUnmerged = errors.New("drive has states that are not merged")
	ErrEmpty    = errors.New("drive is empty")
	ErrTaken    = errors.New("there is another drive already")
)

// Job says what is copied.
type Job struct {
	From, To *repo.Repo
	View     repo.View    // of From, as it is now
	Log      *history.Log // of its tips
	Keep     []pack.ID    // the commits that are copied, besides the tip
	// Local opens a file of this disk that should have a content, nil if there is
	// none: what is right in it is not fetched. It may be nil.
	Local func(content string) LocalFile
	// Progress is told how many bytes of files the new drive has, of how many.
	// It may be nil, and is called by several goroutines.
	Progress func(done, total int64)
}

// LocalFile is a file of this disk.
type LocalFile interface {
	io.ReaderAt
	io.Closer
}

// Result is what a copy did.
type Result struct {
	States int   // commits
	Files  int   // contents that were copied or found there
	Bytes  int64 // of them
	Lost   int   // contents of old states that From does not have any more
}

// Copy copies a drive. When it returns nil, all of it is safe on the other
// side, and its head is published there. A drive that was copied before, and
// has not changed since, costs only a look; so does one that another device has
// moved.
func Copy(ctx context.Context, job Job) (Result, error) {
	c, err := newCopier(job)
	if err != nil {
		return Result{}, err
	}
	there, err := c.begin(ctx)
	if err != nil || there {
		return c.result, err
	}
	if c.in, err = c.To.NewIngest(ctx, c.arrived); err != nil {
		return c.result, fmt.Errorf("copy drive: %w", err)
	}
	defer c.in.Close()
	if err := c.copy(ctx); err != nil {
		return c.result, fmt.Errorf("copy drive: %w", err)
	}
	return c.result, c.finish(ctx)
}

func newCopier(job Job) (*copier, error) {
	switch {
	case len(job.View.Tips) == 0:
		return nil, ErrEmpty
	case len(job.View.Tips) > 1:
		return nil, ErrUnmerged
	}
	c := &copier{Job: job, tip: job.View.Tips[0], names: map[string]string{}, ids: map[pack.ID]made{}}
	c.fresh = map[pack.ID][]object.Ref{}
	return c, nil
}

// copier is one copy.
type copier struct {
	Job
	tip    pack.ID
	in     *repo.Ingest
	target repo.View
	states []history.Commit // newest first
	files  []file
	meter
	bag

	names  map[string]string // contents of From, and what they are called in To
	ids    map[pack.ID]made
	result Result
}

// made is a commit of the new drive.
type made struct {
	id         pack.ID
	generation uint64
}

// begin looks at the other side. It reports whether all is there already.
func (c *copier) begin(ctx context.Context) (there bool, err error) {
	if err := c.To.Resume(ctx); err != nil {
		return false, err
	}
	if _, err := c.To.Pull(ctx); err != nil {
		return false, err
	}
	if c.target, err = c.To.View(ctx); err != nil {
		return false, err
	}
	note, err := c.To.CopyNote(ctx)
	if err != nil {
		return false, err
	}
	mark := c.From.Keys().Mark()
	ours := strings.HasPrefix(note, mark)
	for _, h := range c.target.Heads {
		if ours && h.Device == c.To.Device() {
			continue
		}
		if string(c.target.Settings[settingCopyOf].Value) != mark {
			return false, ErrTaken
		}
		return true, nil // another device moved it
	}
	if len(c.target.Heads) > 0 && note == c.done() {
		return true, nil
	}
	return false, c.To.NoteCopy(ctx, mark)
}

// done is the note of a copy that is complete.
func (c *copier) done() string { return doneNote(c.From, c.tip) }

func doneNote(from *repo.Repo, tip pack.ID) string { return from.Keys().Mark() + " " + tip.String() }

// Complete reports whether a drive has all of another one, as a view shows it,
// by a copy that was made here.
func Complete(ctx context.Context, from, to *repo.Repo, v repo.View) (bool, error) {
	note, err := to.CopyNote(ctx)
	return err == nil && len(v.Tips) == 1 && note == doneNote(from, v.Tips[0]), err
}

func (c *copier) copy(ctx context.Context) error {
	if err := c.gather(ctx); err != nil {
		return err
	}
	if err := c.copyFiles(ctx); err != nil {
		return err
	}
	var last *tree.Tree
	for _, s := range slices.Backward(c.states) {
		t, err := c.copyState(ctx, s)
		if err != nil {
			return err
		}
		last = t
	}
	if err := c.To.TakeSettings(ctx, c.settings()); err != nil {
		return err
	}
	// The head says the settings that its view has.
	v, err := c.To.View(ctx)
	if err != nil {
		return err
	}
	v.At = time.Time{} // nobody else speaks of the drive before its head is there, however long that takes
	return c.in.Publish(ctx, c.ids[c.tip].id, last, v)
}

// copyState copies a commit and returns its tree as the new drive has it.
func (c *copier) copyState(ctx context.Context, s history.Commit) (*tree.Tree, error) {
	old, err := c.From.Tree(ctx, s.Root)
	if err != nil {
		return nil, err
	}
	t, err := c.translate(old, s.ID == c.tip)
	if err != nil {
		return nil, err
	}
	n := object.Commit{Device: s.Device, Name: s.Name, Time: s.Time, Generation: 1}
	for _, p := range c.parents(s) {
		n.Parents = append(n.Parents, p.id)
		n.Generation = max(n.Generation, p.generation+1)
	}
	id, err := c.in.AddCommit(ctx, n, t)
	c.ids[s.ID] = made{id, n.Generation}
	c.result.States++
	return t, err
}

// parents returns the nearest commits before one that were copied.
func (c *copier) parents(of history.Commit) []made {
	var out []made
	seen := map[pack.ID]bool{}
	for open := slices.Clone(of.Parents); len(open) > 0; {
		id := open[0]
		open = open[1:]
		if seen[id] {
			continue
		}
		seen[id] = true
		if m, ok := c.ids[id]; ok {
			out = append(out, m)
		} else if p, ok := c.Log.Get(id); ok {
			open = append(open, p.Parents...)
		}
	}
	return out
}

// translate returns a tree with the contents of the new drive. What is lost of
// an old state is left out.
func (c *copier) translate(old *tree.Tree, current bool) (*tree.Tree, error) {
	t := tree.New()
	for id, to := range old.Aliases() {
		t.SetAlias(id, to)
	}
	for open := []tree.ID{{}}; len(open) > 0; {
		folder := open[0]
		open = open[1:]
		for _, n := range old.Children(folder) {
			if n.Kind == tree.Folder {
				open = append(open, n.ID)
			}
			if n.Kind == tree.File {
				name, ok := c.names[n.Content]
				if !ok && current {
					return nil, fmt.Errorf("file %s was not copied", n.ID)
				}
				if !ok {
					continue
				}
				n.Content = name
			}
			if err := t.Add(n); err != nil {
				return nil, fmt.Errorf("copy tree: %w", err)
			}
		}
	}
	return t, nil
}

// finish notes that the copy is complete and forgets what it needed.
func (c *copier) finish(ctx context.Context) error {
	if err := c.To.NoteCopy(ctx, c.done()); err != nil {
		return err
	}
	ids := make([]pack.ID, len(c.files))
	for i, f := range c.files {
		ids[i] = f.id
	}
	return c.To.ForgetCopied(ctx, ids)
}
