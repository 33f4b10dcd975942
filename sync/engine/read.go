package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

const smallFile = 1 << 20

// inOrder puts small files first, in the order of their paths, so that what
// lies together is stored together; of large ones the newest comes first.
func inOrder(a, b *reading) int {
	sa, sb := a.Stat.Size < smallFile, b.Stat.Size < smallFile
	switch {
	case sa && !sb:
		return -1
	case sb && !sa:
		return 1
	case !sa && a.Stat.MTime != b.Stat.MTime:
		return cmp.Compare(b.Stat.MTime, a.Stat.MTime)
	}
	return strings.Compare(a.Path, b.Path)
}

// readAll reads files, several at a time.
func (v *sight) readAll() error {
	slices.SortFunc(v.hash, inOrder)
	files := make([]Moving, len(v.hash))
	for i, r := range v.hash {
		files[i] = Moving{Path: r.Path, Total: r.Stat.Size}
	}
	v.s.e.expect(true, files)
	if err := v.readFiles(); err != nil {
		return err
	}
	for _, r := range v.hash {
		if err := v.settleSkipped(r); err != nil {
			return err
		}
	}
	return nil
}

// readFiles reads files in their order, several at a time.
func (v *sight) readFiles() error {
	root := disk.OpenRoot(v.s.e.fs, v.s.e.cfg.Root)
	defer root.Close()
	g, ctx := errgroup.WithContext(v.s.ctx)
	var next atomic.Int64
	for range cmp.Or(v.s.e.cfg.Workers, runtime.GOMAXPROCS(0)+1) {
		g.Go(func() error {
			for i := next.Add(1) - 1; i < int64(len(v.hash)); i = next.Add(1) - 1 {
				if err := v.read(ctx, root, v.hash[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// settleSkipped keeps what was known of a file that could not be read. That it
// cannot be read does not mean that it is gone. Known content that was lost
// before it was sent must not be published: then the file is as it was when
// both sides agreed, or it is not taken in yet.
func (v *sight) settleSkipped(r *reading) error {
	if !r.skipped {
		return nil
	}
	v.s.sum.Waiting++
	if r.New {
		return nil
	}
	n := r.Known
	ok, err := v.complete(n.Node)
	if err != nil {
		return err
	}
	if !ok {
		if n.Node, ok = v.s.e.synced.Get(n.ID); !ok {
			return nil
		}
	}
	n.Parent, n.Name, n.DiskName = r.node.Parent, r.node.Name, r.node.DiskName
	n.Stat.MTime = 0 // look again
	v.next[n.ID] = n
	return nil
}

func (v *sight) read(ctx context.Context, root disk.Root, r *reading) error {
	content, err := v.tryRead(ctx, root, r)
	switch {
	case err == nil:
		r.content = content
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, repo.ErrChanged), errors.Is(err, fs.ErrNotExist):
		r.skipped = true
		return nil
	case isFileProblem(err):
		r.skipped = true
		v.s.e.problem(Problem{r.Path, fault.Text("This file cannot be read, so it is not synced.")})
		return nil
	}
	return fmt.Errorf("take in %s: %w", r.Path, err)
}

// isFileProblem reports whether an error is about the file that was read, and
// not about the network or the program's own files.
func isFileProblem(err error) bool {
	var open *openError
	return errors.As(err, &open)
}

type openError struct{ err error }

// Error implements error.
func (e *openError) Error() string { return e.err.Error() }

// Unwrap returns the failure itself.
func (e *openError) Unwrap() error { return e.err }

// tryRead takes in one file, if it is the same before and after.
func (v *sight) tryRead(ctx context.Context, root disk.Root, r *reading) (string, error) {
	if v.s.e.holds(r.Path) {
		return "", repo.ErrChanged
	}
	f, info, err := root.Open(filepath.FromSlash(r.Path))
	if errors.Is(err, disk.ErrNotRegular) {
		return "", repo.ErrChanged
	}
	if err != nil {
		return "", &openError{err}
	}
	defer f.Close()
	if age := v.s.e.cfg.Now().Sub(info.ModTime()); age >= 0 && age < settleTime {
		time.Sleep(settleTime - age)
		if info, err = f.Stat(); err != nil {
			return "", &openError{err}
		}
	}
	if !r.New && v.replaced(r, info) {
		return "", repo.ErrChanged
	}
	r.began = v.s.e.cfg.Now()
	r.Stat = scan.StatOf(info)
	r.node.Stat = r.Stat
	content, err := v.s.in.Add(ctx, r.Path, careful{f}, r.Stat.Size)
	if err != nil {
		return "", err
	}
	r.scrambled = (!r.New || len(v.gone) > 0) && scrambled(r.Path, f, r.Stat.Size) // else it is in nobody's place
	after, err := f.Stat()
	if err != nil {
		return "", &openError{err}
	}
	if !scan.StatOf(after).SameBytes(r.Stat) {
		return "", repo.ErrChanged
	}
	return content, nil
}

// replaced reports whether another file lies where a known one was seen. What it
// holds is no edit of that one, which may just have been moved: the next look
// tells. Some disks number their files anew each time they are asked; there
// nobody can tell.
func (v *sight) replaced(r *reading, now fs.FileInfo) bool {
	opened := scan.StatOf(now)
	if r.Stat.Inode == 0 || r.Stat.Inode == opened.Inode && r.Stat.Dev == opened.Dev {
		return false
	}
	again, err := v.s.e.fs.Lstat(filepath.Join(v.s.e.cfg.Root, filepath.FromSlash(r.Path)))
	return err == nil && scan.StatOf(again).Inode == opened.Inode
}

// careful marks errors of reading a user's file.
type careful struct{ f io.ReaderAt }

// ReadAt implements io.ReaderAt.
func (c careful) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.f.ReadAt(p, off)
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = &openError{err}
	}
	return n, err
}

// settleTime is how long after a change a file may change again without
// showing it in its time, for the clocks of disks tick slowly.
const settleTime = 40 * time.Millisecond

// clockAhead is how far the clock of the device that a file comes from may be
// ahead: until its time has come here too, somebody may change it without
// showing it.
const clockAhead = time.Minute

// young reports whether a file had just been changed when it was read, or has a
// time that is still to come. It is read again next time.
func young(st tree.Stat, read time.Time) bool {
	window := settleTime
	if st.MTime%int64(time.Second) == 0 {
		window = 2 * time.Second // the disk counts whole seconds
	}
	age := read.Sub(time.Unix(0, st.MTime))
	return age > -clockAhead && age < window
}
