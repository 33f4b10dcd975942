package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// A disk that fails slowly returns other bytes than were saved while size and
// time stay the same. No look at the folder sees that, so while nothing else is
// to be done, files are read through one after the other, slowly.
const (
	deepPause = 30 * time.Second
	deepBytes = 8 << 20        // in each pause: a gigabyte in an hour
	deepFile  = 64 << 10       // what it costs to open one, in bytes that are read
	deepRest  = 24 * time.Hour // between two rounds
	// damagedName is where damaged files go when the saved version is fetched.
	damagedName = "damaged"
)

// deepLook is how far the look at the content of files has come. It begins
// anywhere, since nothing of it is kept.
type deepLook struct {
	began bool
	left  []int     // parts of the disk that are still to be looked at
	order []tree.ID // files of the present part
	chunk int       // next of the first file
}

// next is the file to look at; false when all were.
func (l *deepLook) next(d *tree.Disk) (tree.ID, bool) {
	if !l.began {
		l.began, l.left = true, rand.Perm(tree.Parts)
	}
	for len(l.order) == 0 && len(l.left) > 0 {
		for n := range d.Part(l.left[0]) {
			if n.Kind == tree.File && n.Size > 0 {
				l.order = append(l.order, n.ID)
			}
		}
		l.left = l.left[1:]
	}
	if len(l.order) == 0 {
		*l = deepLook{}
		return tree.ID{}, false
	}
	return l.order[0], true
}

// done goes on to the next file.
func (l *deepLook) done() { l.order, l.chunk = l.order[1:], 0 }

// LookDeep reads up to about budget bytes of files that did not change, and
// compares them with what is known of them. Damage is told as a problem, and
// by Damaged. It reports whether the whole folder was read through since it
// began. While a sync runs it does nothing.
func (e *Engine) LookDeep(ctx context.Context, budget int64) (through bool, err error) {
	if !e.sync.TryLock() {
		return false, nil
	}
	defer e.sync.Unlock()
	for budget > 0 {
		id, more := e.deep.next(e.disk)
		if !more {
			return true, nil
		}
		read, done, err := e.compare(ctx, id, budget)
		if err != nil {
			return false, err
		}
		budget -= read + deepFile
		if done {
			e.deep.done()
		}
	}
	return false, nil
}

// compare looks at the next part of a file. What cannot be read or changed is
// for the next ordinary look.
func (e *Engine) compare(ctx context.Context, id tree.ID, budget int64) (read int64, done bool, err error) {
	d, ok := e.disk.Get(id)
	if !ok || d.Stat.MTime == 0 {
		e.setDamaged(id, "")
		return 0, true, nil
	}
	path := e.abs(id)
	f, err := e.openRegular(path)
	if err != nil {
		return 0, true, nil //nolint:nilerr // the next look tells
	}
	defer f.Close()
	counted := &countingReader{src: f}
	next, same, err := e.repo.Compare(ctx, d.Content, counted, e.deep.chunk, budget)
	if err != nil {
		return counted.n, true, ctx.Err()
	}
	if e.unchanged(path, d) != nil {
		return counted.n, true, nil
	}
	if !same {
		e.setDamaged(id, e.diskPath(id))
		return counted.n, true, nil
	}
	if e.deep.chunk = next; next < 0 {
		e.setDamaged(id, "")
	}
	return counted.n, next < 0, nil
}

type countingReader struct {
	src io.ReaderAt
	n   int64
}

// ReadAt implements io.ReaderAt.
func (c *countingReader) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.src.ReadAt(p, off)
	c.n += int64(n)
	return n, err
}

// setDamaged notes where a damaged file lies, or with an empty path that it is
// well.
func (e *Engine) setDamaged(id tree.ID, path string) {
	e.mu.Lock()
	if path == "" {
		delete(e.damaged, id)
	} else {
		e.damaged[id] = path
	}
	e.mu.Unlock()
	if path != "" {
		e.problem(Problem{path, fault.Text("The disk returns other content for this file than was saved, though nobody changed it. It is not sent; the saved version can be fetched again.")})
	}
}

// Damaged returns the files whose content changed although nobody saved them,
// sorted. None of them is sent.
func (e *Engine) Damaged() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []string
	for _, p := range e.damaged {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// Refetch puts the saved version of a file in the place of what lies on the
// disk, if that did not change since it was looked at. What lay there goes to
// the drive's private folder.
func (e *Engine) Refetch(ctx context.Context, name string) error {
	snap, n, err := e.find(ctx, name)
	if err != nil {
		return err
	}
	e.sync.Lock()
	defer e.sync.Unlock()
	d, here := e.disk.Get(n.ID)
	r, there := snap.remote.Get(n.ID)
	if n.Kind != tree.File || !here || !there || !d.SameData(r) {
		return fault.Wrong(nil, "%q is not a file that lies here as it was saved. Nothing was changed; sync first.", name)
	}
	s := &session{e: e, ctx: ctx, want: snap.want, remote: snap.remote}
	a := &applier{s: s, e: e, at: map[placeKey]tree.ID{}, folders: map[string]bool{}}
	f := &staged{node: d.Node, temp: e.private(tempName, n.ID.String())}
	if err := a.stage(ctx, f, tree.ID{}); err != nil {
		return explain(fmt.Errorf("fetch %s: %w", name, err))
	}
	path := e.abs(n.ID)
	if err := errors.Join(a.syncStaged([]*staged{f}), e.setAside(f.temp, path, d)); err != nil {
		if errors.Is(err, errBusy) {
			err = fault.Say(err, "%q was changed just now. Nothing was replaced; sync first.", name)
		}
		return errors.Join(explain(err), e.fs.RemoveAll(f.temp))
	}
	a.touched(path)
	if err := errors.Join(a.found(path, d.Node), a.syncFolders(), e.save(ctx)); err != nil {
		return err
	}
	e.setDamaged(n.ID, "")
	return nil
}

// setAside puts a finished file in the place of another one, which goes to the
// private folder.
func (e *Engine) setAside(temp, path string, old tree.OnDisk) error {
	if err := e.unchanged(path, old); err != nil {
		return err
	}
	aside := e.private(damagedName, old.ID.String()+filepath.Ext(old.Name))
	if err := e.fs.MkdirAll(filepath.Dir(aside), 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	swapped, err := e.fs.Exchange(temp, path)
	if err != nil {
		return fmt.Errorf("put file in place: %w", err)
	}
	if swapped {
		return e.fs.Rename(temp, aside)
	}
	if err := e.copyFile(path, aside); err != nil {
		return err
	}
	return e.replace(temp, path, old)
}

func (e *Engine) copyFile(from, to string) error {
	r, err := e.fs.Open(from)
	if err != nil {
		return fmt.Errorf("copy file: %w", err)
	}
	defer r.Close()
	w, err := e.fs.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("copy file: %w", err)
	}
	_, err = io.Copy(w, r)
	if err := errors.Join(err, w.Sync(), w.Close()); err != nil {
		return fmt.Errorf("copy file: %w", err)
	}
	return nil
}

// deepTick looks deeper while nothing else is to be done.
func (r *runner) deepTick(ctx context.Context) {
	if r.failed || r.waiting || r.e.isPaused() || r.e.cfg.Now().Before(r.deepNext) {
		return
	}
	through, _ := r.e.LookDeep(ctx, deepBytes) // what failed is tried in the next round
	if through {
		r.deepNext = r.e.cfg.Now().Add(deepRest)
	}
}
