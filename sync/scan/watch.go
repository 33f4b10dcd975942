package scan

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/fsnotify/fsnotify"

	"github.com/stratosdrive/stratosdrive/sync/ignore"
)

// Watcher tells that something under a folder changed. It is a hint: events
// can be lost, so a rescan from time to time is still needed.
type Watcher struct {
	w     *fsnotify.Watcher
	root  string
	rules func() *ignore.Rules
	// Changed gets a value after changes; several changes may give one value.
	Changed chan struct{}

	lost, gone atomic.Bool

	mu      sync.Mutex
	changes Changes         // since they were taken last
	dirs    map[string]bool // that are watched
}

// maxPaths is up to how many changed paths are worth more than a walk.
const maxPaths = 1000

// Watch starts to watch root and all folders in it that the rules do not leave
// out. Close the watcher after use; Run does the work.
func Watch(root string, rules func() *ignore.Rules) (*Watcher, error) {
	w, err := fsnotify.NewBufferedWatcher(1 << 12)
	if err != nil {
		return nil, fmt.Errorf("watch folder: %w", err)
	}
	x := &Watcher{w: w, root: root, rules: rules, Changed: make(chan struct{}, 1), dirs: map[string]bool{root: true}}
	if err := w.Add(root); err != nil {
		return nil, errors.Join(fmt.Errorf("watch folder: %w", err), w.Close())
	}
	x.addAll(root)
	return x, nil
}

// Close ends the watching.
func (x *Watcher) Close() error { return x.w.Close() }

// Lost reports whether some folders could not be watched: systems allow only
// so many.
func (x *Watcher) Lost() bool { return x.lost.Load() }

// Gone reports whether the folder itself went away. What lies there now is
// watched by a new watcher only.
func (x *Watcher) Gone() bool { return x.gone.Load() }

// Refresh watches folders that the rules left out before. What happened in them
// until now is not known.
func (x *Watcher) Refresh() {
	x.addAll(x.root)
	x.note("", true)
}

// Take returns where something changed since this was asked last.
func (x *Watcher) Take() Changes {
	x.mu.Lock()
	defer x.mu.Unlock()
	c := x.changes
	c.Whole = c.Whole || x.Lost() || x.Gone()
	x.changes = Changes{}
	return c
}

// note notes a change; no path stands for everything.
func (x *Watcher) note(rel string, deep bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	c := &x.changes
	if c.Whole = c.Whole || rel == "" || len(c.Paths) >= maxPaths; c.Whole {
		c.Paths = nil
		return
	}
	if c.Paths == nil {
		c.Paths = map[string]bool{}
	}
	c.Paths[rel] = c.Paths[rel] || deep
}

// Run passes changes on until ctx ends.
func (x *Watcher) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case ev, ok := <-x.w.Events:
			if !ok {
				return
			}
			x.event(ev)
		case _, ok := <-x.w.Errors:
			if !ok {
				return
			}
			x.addAll(x.root) // events were lost: folders may be new
			x.note("", true)
			x.tell()
		}
	}
}

func (x *Watcher) event(ev fsnotify.Event) {
	rel, err := filepath.Rel(x.root, ev.Name)
	switch {
	case err != nil || rel == "." && ev.Op == fsnotify.Chmod:
		return
	case rel == "." && (ev.Has(fsnotify.Remove) || ev.Has(fsnotify.Rename)):
		x.gone.Store(true)
		x.tell()
		return
	}
	x.leave(ev)
	isDir := false
	if ev.Has(fsnotify.Create) || ev.Has(fsnotify.Rename) {
		info, err := os.Lstat(ev.Name)
		isDir = err == nil && info.IsDir()
	}
	if x.skip(rel, isDir) {
		return
	}
	if isDir {
		x.addAll(ev.Name)
	}
	if rel = filepath.ToSlash(rel); rel == "." {
		rel = ""
	}
	x.note(rel, ev.Has(fsnotify.Create) || ev.Has(fsnotify.Rename) || ev.Has(fsnotify.Remove))
	x.tell()
}

// leave ends the watching of a folder that is not there any more, and of those
// in it: where they went they are watched anew, under their new paths.
func (x *Watcher) leave(ev fsnotify.Event) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.dirs[ev.Name] || !ev.Has(fsnotify.Rename) && !ev.Has(fsnotify.Remove) {
		return
	}
	for dir := range x.dirs {
		if dir == ev.Name || strings.HasPrefix(dir, ev.Name+string(filepath.Separator)) {
			_ = x.w.Remove(dir)
			delete(x.dirs, dir)
		}
	}
}

func (x *Watcher) tell() {
	select {
	case x.Changed <- struct{}{}:
	default:
	}
}

func (x *Watcher) skip(rel string, dir bool) bool {
	rel = filepath.ToSlash(rel)
	if rel == "." {
		return false
	}
	if rel == Private || strings.HasPrefix(rel, Private+"/") {
		return true
	}
	_, _, out := x.rules().Match(rel, dir)
	return out
}

func (x *Watcher) watched(dir string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.dirs[dir] = true
}

func (x *Watcher) addAll(top string) {
	_ = filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return nil //nolint:nilerr // a folder that is gone needs no watch
		}
		rel, err := filepath.Rel(x.root, path)
		if err != nil || x.skip(rel, true) {
			return fs.SkipDir
		}
		err = x.w.Add(path)
		if err == nil {
			x.watched(path)
		} else if !errors.Is(err, fs.ErrNotExist) {
			x.lost.Store(true)
		}
		return nil
	})
}
