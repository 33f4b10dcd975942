package scan

import (
	"context"
	"io/fs"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Before is what is known of a folder from the last look at it.
type Before struct {
	Tree  *tree.Tree    // what lay where; every node under its own name
	Disk  *tree.Disk    // the same nodes, with their stats
	Rules *ignore.Rules // what was left out
}

// Same reports whether a folder is as it was before. It costs less than
// [Walk], for it stops at the first difference and keeps nothing of what it
// finds. False may also mean that this could not be told; then Walk tells.
func Same(ctx context.Context, fsys disk.FS, kind names.Disk, root string, before Before) bool {
	c := &comparer{ctx: ctx, disk: fsys, kind: kind, root: root, before: before, slots: make(chan struct{}, 2*runtime.GOMAXPROCS(0))}
	c.folder(tree.ID{}, "")
	c.wg.Wait()
	return !c.differs.Load() && ctx.Err() == nil
}

type comparer struct {
	ctx     context.Context
	disk    disk.FS
	kind    names.Disk
	root    string
	before  Before
	slots   chan struct{}
	wg      sync.WaitGroup
	differs atomic.Bool
}

// folder compares what is in a folder. Its folders are visited by other
// goroutines while there are free ones.
func (c *comparer) folder(id tree.ID, path string) {
	entries, err := c.disk.ReadDir(filepath.Join(c.root, filepath.FromSlash(path)))
	if err != nil {
		c.differs.Store(true)
		return
	}
	left := c.before.Tree.Width(id)
	for _, e := range entries {
		if c.differs.Load() || c.ctx.Err() != nil {
			return
		}
		n, known := c.before.Tree.Child(id, e.Name())
		if !known {
			if !c.leftOut(path, e) {
				c.differs.Store(true)
			}
			continue
		}
		left--
		if !c.same(n, e, path) {
			c.differs.Store(true)
			return
		}
		if n.Kind == tree.Folder {
			c.visit(n.ID, join(path, n.Name))
		}
	}
	if left != 0 {
		c.differs.Store(true)
	}
}

func (c *comparer) visit(id tree.ID, path string) {
	select {
	case c.slots <- struct{}{}:
		c.wg.Go(func() {
			c.folder(id, path)
			<-c.slots
		})
	default:
		c.folder(id, path)
	}
}

// leftOut reports whether an entry that the drive does not have is one that it
// should not have.
func (c *comparer) leftOut(dir string, e fs.DirEntry) bool {
	if dir == "" && c.kind.Key(e.Name()) == Private {
		return true
	}
	_, _, out := c.before.Rules.Match(join(dir, e.Name()), e.IsDir())
	return out
}

func (c *comparer) same(n tree.Node, e fs.DirEntry, dir string) bool {
	was := c.before.Disk.At(n.ID)
	info, err := e.Info()
	if err != nil || was.DiskName != "" || was.Node != n {
		return false
	}
	if n.Kind == tree.Link {
		target, err := c.disk.Readlink(filepath.Join(c.root, filepath.FromSlash(join(dir, n.Name))))
		if err != nil || target != n.Content {
			return false
		}
	}
	return kindOf(info.Mode()) == n.Kind && was.Stat == StatOf(info)
}

// kindOf returns what an item is; 0 if it is nothing that is synced.
func kindOf(m fs.FileMode) tree.Kind {
	switch {
	case m.IsRegular():
		return tree.File
	case m.IsDir():
		return tree.Folder
	case m&fs.ModeSymlink != 0:
		return tree.Link
	}
	return 0
}
