package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

const (
	// A batch of files is written, made to last in one step, and then put in
	// place; so a thousand small files cost no more waiting than one.
	batchFiles = 512
	batchBytes = 256 << 20
)

// write brings new content to the disk: first what is new, then what takes the
// place of something, which may be the source or the loser of what is new.
func (a *applier) write(all []tree.Node) error {
	a.local = a.localCopies(all)
	slices.SortStableFunc(all, func(x, y tree.Node) int { return cmp.Or(a.rank(x)-a.rank(y), smallThenNew(x, y)) })
	a.expect(all)
	for len(all) > 0 {
		n, size := 0, int64(0)
		for n < len(all) && n < batchFiles && (n == 0 || size+all[n].Size <= batchBytes) {
			size += all[n].Size
			n++
		}
		if err := a.writeBatch(a.fitting(all[:n])); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// smallThenNew puts small files first, as the network holds them, and of large
// ones the newest.
func smallThenNew(x, y tree.Node) int {
	sx, sy := x.Size < smallFile, y.Size < smallFile
	switch {
	case sx && !sy:
		return -1
	case sy && !sx:
		return 1
	case sx:
		return 0
	}
	return cmp.Compare(y.MTime, x.MTime)
}

// expect tells how much is going to arrive; copies of what lies on the disk
// do not count.
func (a *applier) expect(all []tree.Node) {
	var files []Moving
	for _, n := range all {
		if _, here := a.local[n.Content]; n.Kind == tree.File && !here {
			files = append(files, Moving{Path: a.s.want.Path(n.ID), Total: n.Size})
		}
	}
	a.e.expect(false, files)
}

func (a *applier) rank(n tree.Node) int {
	if _, there := a.e.disk.Get(n.ID); there {
		return 1
	}
	return 0
}

// expendable reports whether the content of a file may go from the disk: it is
// on the network, or elsewhere on the disk.
func (a *applier) expendable(d tree.OnDisk) bool {
	if a.s.published || a.e.synced.At(d.ID).SameData(d.Node) {
		return true
	}
	if r, ok := a.s.remote.Get(d.ID); ok && r.SameData(d.Node) {
		return true
	}
	for id, o := range a.e.disk.All() {
		if id != d.ID && o.SameData(d.Node) {
			return true
		}
	}
	return false
}

// staged is a file that is complete but not in its place.
type staged struct {
	node tree.Node
	temp string
	err  error
}

func (a *applier) writeBatch(batch []tree.Node) error {
	files := make([]*staged, len(batch))
	contents := make([]string, len(batch))
	for i, n := range batch {
		files[i] = &staged{node: n, temp: a.e.private(tempName, n.ID.String())}
		if _, here := a.local[n.Content]; n.Kind == tree.File && !here {
			contents[i] = n.Content
		}
	}
	var mu sync.Mutex
	var first error
	err := a.e.repo.Restore(a.s.ctx, contents, a.workers(), func(ctx context.Context, i int) error {
		files[i].err = a.stage(ctx, files[i], a.local[batch[i].Content])
		mu.Lock()
		defer mu.Unlock()
		if first == nil && files[i].err != nil {
			first = fmt.Errorf("fetch %s: %w", batch[i].Name, files[i].err)
		}
		return ctx.Err()
	})
	err = errors.Join(err, first)
	if a.s.ctx.Err() != nil {
		return err
	}
	if e := a.syncStaged(files); e != nil {
		return errors.Join(err, e)
	}
	// A file that failed does not keep the others from their places.
	for _, f := range files {
		if f.err != nil {
			continue
		}
		if e := a.step("write", a.putInPlace(f)); e != nil {
			return errors.Join(err, e)
		}
	}
	return errors.Join(err, a.keep())
}

// keep makes what was done last, first on the disk and then in the notes, so
// that after a crash an edit of a file that came in is known as one.
func (a *applier) keep() error {
	if err := a.syncFolders(); err != nil {
		return err
	}
	clear(a.folders)
	a.s.settleNew()
	return a.e.save(a.s.ctx)
}

func (a *applier) workers() int { return cmp.Or(a.e.cfg.Workers, 4) }

// localCopies finds content that the disk has elsewhere, so that it need not
// be fetched.
func (a *applier) localCopies(all []tree.Node) map[string]tree.ID {
	want := map[string]bool{}
	for _, n := range all {
		want[n.Content] = n.Kind == tree.File && n.Size > 0
	}
	out := map[string]tree.ID{}
	for id, d := range a.e.disk.All() {
		if old, found := out[d.Content]; d.Kind == tree.File && want[d.Content] && (!found || id.Compare(old) < 0) {
			out[d.Content] = id
		}
	}
	return out
}

// stage writes a file under a temporary name.
func (a *applier) stage(ctx context.Context, f *staged, local tree.ID) error {
	if f.node.Kind == tree.Link {
		_ = a.e.fs.Remove(f.temp)
		return a.e.fs.Symlink(f.node.Content, f.temp)
	}
	w, err := a.e.fs.OpenFile(f.temp, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := a.fill(ctx, w, f.node, local); err != nil {
		return errors.Join(err, w.Close(), a.e.fs.Remove(f.temp)) // a full disk must not stay full
	}
	err = w.Chmod(fs.FileMode(f.node.Mode))
	return errors.Join(err, w.Close(), a.e.fs.Chtimes(f.temp, time.Unix(0, f.node.MTime)))
}

func (a *applier) fill(ctx context.Context, w disk.File, n tree.Node, local tree.ID) error {
	path := a.s.want.Path(n.ID)
	if local != (tree.ID{}) && a.copyLocal(w, local) == nil {
		return nil
	}
	if err := w.Truncate(0); err != nil {
		return err
	}
	if err := a.e.repo.WriteContent(ctx, n.Content, w, func(k int64) { a.e.downloaded(path, k) }); err != nil {
		return err
	}
	return nil
}

// copyLocal copies a file of this disk, which must be the same before and
// after.
func (a *applier) copyLocal(w disk.File, id tree.ID) error {
	d, path := a.e.disk.At(id), a.abs(id)
	if err := a.e.unchanged(path, d); err != nil {
		return err
	}
	r, err := a.e.openRegular(path)
	if err != nil {
		return err
	}
	defer r.Close()
	if _, err := io.Copy(w, r); err != nil {
		return err
	}
	return a.e.unchanged(path, d)
}

// syncStaged makes the content of staged files last before any gets its name.
func (a *applier) syncStaged(files []*staged) error {
	if err := a.e.cfg.Step("staged"); err != nil {
		return err
	}
	if len(files) > 8 {
		if done, err := a.e.fs.SyncAll(a.e.private(tempName)); done || err != nil {
			return err
		}
	}
	for _, f := range files {
		if f.err != nil || f.node.Kind == tree.Link {
			continue
		}
		if err := disk.SyncFile(a.e.fs, f.temp); err != nil {
			return err
		}
	}
	return nil
}

// putInPlace gives a staged file its name.
func (a *applier) putInPlace(f *staged) error {
	n := f.node
	to, err := a.home(n)
	if err != nil {
		return err
	}
	if err := a.makeRoom(n.ID, n.Parent, filepath.Base(to)); err != nil {
		return err
	}
	if err := a.e.cfg.Step("put"); err != nil {
		return err
	}
	old, there := a.e.disk.Get(n.ID)
	if there && !old.SamePlace(n) {
		return errBusy // it could not be moved
	}
	switch {
	case !there:
		err = a.e.putNew(f.temp, to)
	case !a.expendable(old):
		err = errBusy
	default:
		err = a.e.replace(f.temp, to, old)
	}
	if errors.Is(err, errTaken) {
		// What a person put there is no edit of the old file, for that was not to
		// be seen: it is taken for a new one where another lies on the network.
		a.e.dropDisk(n.ID)
		a.e.dropSynced(n.ID)
	}
	if err != nil {
		return err
	}
	a.touched(to)
	if n.Kind == tree.File {
		a.s.sum.Downloaded++
	}
	a.e.cfg.Events(FileDone{a.s.want.Path(n.ID)})
	return a.found(to, n)
}
