package scan

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/fsnotify/fsnotify"
)

// Watcher tells that something under a folder changed. It is a hint: events
// can be lost, so a rescan from time to time is still needed.
type Watcher struct {
	w      *fsnotify.Watcher
	root   string
	ignore func(string, bool) bool
	// Changed gets a value after changes; several changes may give one value.
	Changed chan struct{}
	// Lost is set when some folders could not be watched.
	Lost bool
}

// Watch starts to watch root and all folders in it. Close the watcher after
// use; Run does the work.
func Watch(root string, ignore func(path string, dir bool) bool) (*Watcher, error) {
	w, err := fsnotify.NewBufferedWatcher(1 << 12)
	if err != nil {
		return nil, fmt.Errorf("watch folder: %w", err)
	}
	x := &Watcher{w: w, root: root, ignore: ignore, Changed: make(chan struct{}, 1)}
	if err := w.Add(root); err != nil {
		return nil, errors.Join(fmt.Errorf("watch folder: %w", err), w.Close())
	}
	x.addAll(root)
	return x, nil
}

// Close ends the watching.
func (x *Watcher) Close() error { return x.w.Close() }

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
			x.tell()
		}
	}
}

func (x *Watcher) event(ev fsnotify.Event) {
	rel, err := filepath.Rel(x.root, ev.Name)
	if err != nil || x.skip(rel, false) || ev.Op == fsnotify.Chmod && rel == "." {
		return
	}
	if ev.Has(fsnotify.Create) || ev.Has(fsnotify.Rename) {
		if info, err := os.Lstat(ev.Name); err == nil && info.IsDir() {
			x.addAll(ev.Name)
		}
	}
	x.tell()
}

func (x *Watcher) tell() {
	select {
	case x.Changed <- struct{}{}:
	default:
	}
}

func (x *Watcher) skip(rel string, dir bool) bool {
	rel = filepath.ToSlash(rel)
	return rel == Private || len(rel) > len(Private) && rel[:len(Private)+1] == Private+"/" || (rel != "." && x.ignore(rel, dir))
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
		if err := x.w.Add(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			x.Lost = true
		}
		return nil
	})
}
