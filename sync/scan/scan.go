package scan

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/ignore"
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
	Shared bool   // a file that has other names too
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
	// Rules say what was left out.
	Rules *ignore.Rules
}

// ErrRoot is returned when the folder itself cannot be read.
var ErrRoot = errors.New("folder cannot be read")

// Walk looks at everything under root. Items that the rules of the folder say to
// leave out are as if they were not there.
func Walk(ctx context.Context, fsys disk.FS, kind names.Disk, root string) (*Result, error) {
	w := &walker{ctx: ctx, disk: fsys, kind: kind, root: root, slots: make(chan struct{}, 2*runtime.GOMAXPROCS(0))}
	w.res.Root = &Item{Kind: tree.Folder}
	w.res.Blind = map[string]bool{}
	entries, err := fsys.ReadDir(root)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRoot, err)
	}
	top := ignore.Top()
	w.folder(w.res.Root, entries, top)
	w.wg.Wait()
	if w.res.Blind[""] {
		return nil, fmt.Errorf("%w: its rules", ErrRoot)
	}
	w.res.Rules = ignore.NewRules(top, w.levels)
	return &w.res, ctx.Err()
}

type walker struct {
	ctx    context.Context
	disk   disk.FS
	kind   names.Disk
	root   string
	slots  chan struct{}
	levels []*ignore.Level
	wg     sync.WaitGroup
	mu     sync.Mutex
	res    Result
}

// folder fills in what is in a folder. Its folders are visited by other
// goroutines while there are free ones.
func (w *walker) folder(dir *Item, entries []fs.DirEntry, rules *ignore.Level) {
	rules, ok := w.rules(dir, entries, rules)
	if !ok {
		return
	}
	count := 0
	for _, e := range entries {
		if w.ctx.Err() != nil {
			return
		}
		it := w.item(dir, e, rules)
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
			w.visit(it, rules)
		}
	}
}

// rules returns the rules that count in a folder. It is false if the folder has
// some that cannot be read: what they leave out must not be taken in.
func (w *walker) rules(dir *Item, entries []fs.DirEntry, above *ignore.Level) (*ignore.Level, bool) {
	here := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ignore.FileName && e.Type().IsRegular() })
	if !here {
		return above, true
	}
	text, err := readRules(w.disk, w.root, dir.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return above, true
	}
	if err != nil {
		w.blind(dir.Path, fault.Text("The rules of this folder for what is left out cannot be read, so nothing of the folder is synced until they can."), err)
		return nil, false
	}
	level := above.In(dir.Path, text)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.levels = append(w.levels, level)
	return level, true
}

func (w *walker) visit(it *Item, rules *ignore.Level) {
	select {
	case w.slots <- struct{}{}:
		w.wg.Go(func() {
			w.read(it, rules)
			<-w.slots
		})
	default:
		w.read(it, rules)
	}
}

func (w *walker) read(it *Item, rules *ignore.Level) {
	entries, err := w.disk.ReadDir(filepath.Join(w.root, filepath.FromSlash(it.Path)))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		w.blind(it.Path, fault.Text("This folder cannot be read, so its content is not synced."), err)
		return
	}
	w.folder(it, entries, rules)
}

func (w *walker) blind(path, reason string, err error) {
	w.problem(Problem{path, reason, err})
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
func (w *walker) item(dir *Item, e fs.DirEntry, rules *ignore.Level) *Item {
	it := &Item{Name: e.Name(), Path: join(dir.Path, e.Name())}
	if dir.Path == "" && w.kind.Key(e.Name()) == Private {
		return nil
	}
	if _, out := rules.Match(it.Path, e.IsDir()); out {
		return nil
	}
	if tree.CheckName(w.kind.FromDisk(e.Name())) != nil {
		w.problem(Problem{it.Path, fault.Text("The name of this file cannot be written on other systems, so it is not synced."), nil})
		return nil
	}
	info, err := e.Info()
	if errors.Is(err, fs.ErrNotExist) {
		return nil // gone since
	}
	if err != nil {
		w.blind(it.Path, fault.Text("This cannot be looked at, so it is not synced."), err)
		return nil
	}
	return w.describe(it, info)
}

func (w *walker) describe(it *Item, info fs.FileInfo) *Item {
	it.Stat, it.Kind = StatOf(info), kindOf(info.Mode())
	switch it.Kind {
	case tree.File:
		it.Shared = disk.Links(info) > 1
	case tree.Folder:
	case tree.Link:
		target, err := w.disk.Readlink(filepath.Join(w.root, filepath.FromSlash(it.Path)))
		if err != nil || !utf8.ValidString(target) {
			w.problem(Problem{it.Path, fault.Text("This link cannot be read, so it is not synced."), err})
			return nil
		}
		it.Target = target
	default:
		w.problem(Problem{it.Path, fault.Text("This belongs to the system and is not a file, so it is not synced."), nil})
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
	s := tree.Stat{Size: info.Size(), MTime: tree.Nanos(info.ModTime()), Inode: ino, Dev: dev, Mode: uint32(info.Mode().Perm())}
	if info.IsDir() {
		s.Size, s.MTime = 0, 0
	}
	return s
}
