package engine

import (
	"context"
	"crypto/rand"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// What an engine knows at rest, when disk, network and what both agreed on are
// the same, is kept in one file beside the state when it closes. Reading that
// takes a tenth of what reading the same from the tables and from the objects of
// the tree takes. The tables stay what counts: whatever changes them forgets the
// mark of the file in the same step, and a file without its mark is not used.
// See docs/adr/0058.

const (
	keyAtRest = "at rest" // the mark of the file that says what the tables say
	restName  = "at-rest" // the file
)

// restMark tells one writing of the file from all others.
type restMark [16]byte

func (e *Engine) restFile() string { return filepath.Join(filepath.Dir(e.cfg.StateFile), restName) }

// recallRest reads what was known at rest, if that is all there is to know. It
// reports whether it did; else nothing changed.
func (e *Engine) recallRest(ctx context.Context) bool {
	if !e.cfg.Shown {
		return false
	}
	mark, err := e.st.Get(ctx, keyAtRest)
	if err != nil {
		return false
	}
	raw, err := disk.ReadFile(e.fs, e.restFile())
	if err != nil {
		return false
	}
	v, err := e.repo.View(ctx)
	if err != nil || len(v.Tips) != 1 {
		return false
	}
	c, err := e.repo.Commit(ctx, v.Tips[0])
	if err != nil {
		return false
	}
	known, err := decodeRest(raw, restMark(mark), c.Root)
	if err != nil {
		return false
	}
	t := known.tree
	e.repo.Keep(c.Root, t)
	e.remote, e.tips, e.rest = t, v.Tips, t
	e.knowledge = newKnowledge(nil, nil)
	k := &e.knowledge
	k.disk, k.synced, k.local = known.disk, t.Nodes().Clone(), t
	for _, id := range known.unsure {
		k.unsure[id] = true
	}
	return true
}

// keepRest writes the file, unless there is one or the engine does not rest.
// Without it the next start takes longer, so what fails is not told.
func (e *Engine) keepRest() {
	ctx := context.Background()
	root, calm := e.restsAt(ctx)
	if !calm {
		return
	}
	if _, err := e.st.Get(ctx, keyAtRest); err == nil {
		return
	}
	var mark restMark
	_, _ = rand.Read(mark[:]) // never fails
	temp := e.restFile() + ".new"
	defer func() { _ = e.fs.Remove(temp) }()
	if disk.WriteFile(e.fs, temp, encodeRest(mark, root, e.rest, e.disk), 0o600) != nil || disk.SyncFile(e.fs, temp) != nil {
		return
	}
	if e.fs.Rename(temp, e.restFile()) == nil {
		_ = e.st.Set(ctx, keyAtRest, mark[:])
	}
}

// restsAt returns the root of the tree that disk and network have, if there is
// nothing else to know.
func (e *Engine) restsAt(ctx context.Context) (root pack.ID, calm bool) {
	if !e.cfg.Shown || e.rest == nil || len(e.dirty) > 0 || e.disk.Odd() || !e.disk.Shares(e.rest.Nodes()) ||
		!e.synced.Equal(e.rest.Nodes()) || !e.rules.Load().Equal(ignore.BuiltIn()) {
		return root, false
	}
	v, err := e.repo.View(ctx)
	if err != nil || len(v.Tips) != 1 {
		return root, false
	}
	if t, err := e.remoteTree(ctx, v); err != nil || t != e.rest {
		return root, false
	}
	c, err := e.repo.Commit(ctx, v.Tips[0])
	return c.Root, err == nil
}
