// Package scan looks at a folder on disk: what is there, what was changed
// since the last look, and what was only moved. It reads no file's content.
package scan

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"sync"
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Private is the folder in the root that belongs to the program. It is never
// synced.
const Private = ".stratosdrive"

// Item is a file, folder or link as it lies on disk.
type Item struct {
	Name   string // as the disk has it
	Path   string // from the root, with slashes
	Kind   tree.Kind
	Stat   tree.Stat
	Target string // of a link
	Kids   []*Item
}

// Problem is something on the disk that cannot be synced.
type Problem struct {
	Path   string
	Reason string // one plain sentence
	Err    error  // nil where the disk itself is fine
}

// Result is what a look at the disk found. Root stands for the folder itself.
type Result struct {
	Root     *Item
	Problems []Problem
	Count    int // items
	// Blind are folders that could not be read. What was in them is not gone.
	Blind map[string]bool
}

// ErrRoot is returned when the folder itself cannot be read.
var ErrRoot = errors.New("folder cannot be read")

// Walk looks at everything under root. Items that ignore says to leave out are
// as if they were not there; it gets the path from the root.
func Walk(ctx context.Context, fsys disk.FS, kind names.Disk, root string, ignore func(path string, dir bool) bool) (*Result, error) {
	w := &walker{ctx: ctx, disk: fsys, kind: kind, root: root, ignore: ignore, slots: make(chan struct{}, 2*runtime.GOMAXPROCS(0))}
	w.res.Root = &Item{Kind: tree.Folder}
	w.res.Blind = map[string]bool{}
	entries, err := fsys.ReadDir(root)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRoot, err)
	}
	w.folder(w.res.Root, entries)
	w.wg.Wait()
	return &w.res, ctx.Err()
}

type walker struct {
	ctx    context.Context
	disk   disk.FS
	kind   names.Disk
	root   string
	ignore func(string, bool) bool
	slots  chan struct{}
	wg     sync.WaitGroup
	mu     sync.Mutex
	res    Result
}

// folder fills in what is in a folder. Its folders are visited by other
// goroutines while there are free ones.
func (w *walker) folder(dir *Item, entries []fs.DirEntry) {
	count := 0
	for _, e := range entries {
		if w.ctx.Err() != nil {
			return
		}
		it := w.item(dir, e)
		if it == nil {
			continue
		}
		count++
		dir.Kids = append(dir.Kids, it)
	}
	w.mu.Lock()
	w.res.Count += count
	w.mu.Unlock()
	for _, it := range dir.Kids {
		if it.Kind == tree.Folder {
			w.visit(it)
		}
	}
}

func (w *walker) visit(it *Item) {
	select {
	case w.slots <- struct{}{}:
		w.wg.Go(func() {
			w.read(it)
			<-w.slots
		})
	default:
		w.read(it)
	}
}

func (w *walker) read(it *Item) {
	entries, err := w.disk.ReadDir(filepath.Join(w.root, filepath.FromSlash(it.Path)))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		w.blind(it.Path, err)
		return
	}
	w.folder(it, entries)
}

func (w *walker) blind(path string, err error) {
	w.problem(Problem{path, "This folder cannot be read, so its content is not synced.", err})
	w.mu.Lock()
	defer w.mu.Unlock()
	w.res.Blind[path] = true
}

func (w *walker) problem(p Problem) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.res.Problems = append(w.res.Problems, p)
}

// item looks at one entry; nil means that it is not synced.
func (w *walker) item(dir *Item, e fs.DirEntry) *Item {
	it := &Item{Name: e.Name(), Path: join(dir.Path, e.Name())}
	if (dir.Path == "" && e.Name() == Private) || w.ignore(it.Path, e.IsDir()) {
		return nil
	}
	if tree.CheckName(w.kind.FromDisk(e.Name())) != nil {
		w.problem(Problem{it.Path, "The name of this file cannot be written on other systems, so it is not synced.", nil})
		return nil
	}
	info, err := e.Info()
	if errors.Is(err, fs.ErrNotExist) {
		return nil // gone since
	}
	if err != nil {
		w.blind(it.Path, err)
		return nil
	}
	return w.describe(it, info)
}

func (w *walker) describe(it *Item, info fs.FileInfo) *Item {
	it.Stat = StatOf(info)
	switch m := info.Mode(); {
	case m.IsRegular():
		it.Kind = tree.File
	case m.IsDir():
		it.Kind = tree.Folder
	case m&fs.ModeSymlink != 0:
		it.Kind = tree.Link
		target, err := w.disk.Readlink(filepath.Join(w.root, filepath.FromSlash(it.Path)))
		if err != nil || !utf8.ValidString(target) {
			w.problem(Problem{it.Path, "This link cannot be read, so it is not synced.", err})
			return nil
		}
		it.Target = target
	default:
		w.problem(Problem{it.Path, "This is a device, a pipe or a socket and not a file, so it is not synced.", nil})
		return nil
	}
	return it
}

func join(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}

// StatOf returns what identifies the version of a file.
func StatOf(info fs.FileInfo) tree.Stat {
	ino, dev := disk.Inode(info)
	s := tree.Stat{Size: info.Size(), MTime: info.ModTime().UnixNano(), Inode: ino, Dev: dev, Mode: uint32(info.Mode().Perm())}
	if info.IsDir() {
		s.Size, s.MTime = 0, 0
	}
	return s
}
