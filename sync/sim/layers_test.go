package sim

import (
	"context"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/state/memstate"
)

// notes are the notes of a device: each change of them is a step.
type notes struct {
	*memstate.State
	l *life
}

// Update makes a change, as a step of the device.
func (n notes) Update(ctx context.Context, change func(tx state.Tx) error) error {
	if v := n.l.dev.w.take(n.l, false, "note", ""); v.err != nil {
		return v.err
	}
	return n.State.Update(ctx, func(tx state.Tx) error { return change(planted{tx, n.l.dev.w.plant}) })
}

// Set stores a value, as a step of the device.
func (n notes) Set(ctx context.Context, key string, v []byte) error {
	return n.Update(ctx, func(tx state.Tx) error { return tx.Set(key, v) })
}

// diskOf is the disk as the program on a device sees it. What it does in the
// folder of the user happens step by step, and so does what lasts elsewhere.
type diskOf struct{ l *life }

func (d diskOf) raw() disk.FS { return d.l.dev.disk }

// do waits for the step.
func (d diskOf) do(op, p string) error { return d.doAt(op, p, "") }

// doAt is do for a step that changes what people see at a path.
func (d diskOf) doAt(op, p, at string) error {
	switch {
	case d.l.dead.Load():
		return errCrash
	case strings.HasPrefix(p, cache): // several goroutines wait for each other here
		return nil
	}
	if v := d.l.dev.w.take(d.l, false, op+" "+p, at); v.err != nil {
		return &fs.PathError{Op: op, Path: p, Err: v.err}
	}
	return nil
}

// visible reports whether people see a path.
func visible(p string) bool {
	return strings.HasPrefix(p, root+"/") && !strings.HasPrefix(p, root+"/.stratosdrive")
}

// look is do for steps that change nothing; outside of the folder nobody can
// come in between.
func (d diskOf) look(op, p string) error {
	if visible(p) || p == root {
		return d.do(op, p)
	}
	if d.l.dead.Load() {
		return errCrash
	}
	return nil
}

// Open implements disk.FS.
func (d diskOf) Open(name string) (disk.File, error) {
	if err := d.look("open", name); err != nil {
		return nil, err
	}
	f, err := d.raw().Open(name)
	return d.file(name, f, err)
}

// OpenIn implements disk.FS.
func (d diskOf) OpenIn(dir, name string) (disk.File, error) {
	full := path.Join(dir, name)
	if err := d.look("open", full); err != nil {
		return nil, err
	}
	f, err := d.raw().OpenIn(dir, name)
	return d.file(full, f, err)
}

// OpenFile implements disk.FS.
func (d diskOf) OpenFile(name string, flag int, perm fs.FileMode) (disk.File, error) {
	if flag&os.O_CREATE != 0 && visible(name) {
		d.l.dev.w.fail("%s: the program writes %s under its own name", d.l.dev.name, name)
	}
	if err := d.do("write", name); err != nil {
		return nil, err
	}
	f, err := d.raw().OpenFile(name, flag, perm)
	return d.file(name, f, err)
}

func (d diskOf) file(name string, f disk.File, err error) (disk.File, error) {
	if err != nil {
		return nil, err
	}
	return openFile{f, d, name}, nil
}

// Lstat implements disk.FS.
func (d diskOf) Lstat(name string) (fs.FileInfo, error) {
	if err := d.look("lstat", name); err != nil {
		return nil, err
	}
	return d.raw().Lstat(name)
}

// ReadDir implements disk.FS.
func (d diskOf) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := d.look("list", name); err != nil {
		return nil, err
	}
	return d.raw().ReadDir(name)
}

// Readlink implements disk.FS.
func (d diskOf) Readlink(name string) (string, error) {
	if err := d.look("readlink", name); err != nil {
		return "", err
	}
	return d.raw().Readlink(name)
}

// Symlink implements disk.FS.
func (d diskOf) Symlink(target, name string) error {
	return d.change("symlink", name, func() error { return d.raw().Symlink(target, name) })
}

// Mkdir implements disk.FS.
func (d diskOf) Mkdir(name string, perm fs.FileMode) error {
	return d.change("mkdir", name, func() error { return d.raw().Mkdir(name, perm) })
}

// MkdirAll implements disk.FS.
func (d diskOf) MkdirAll(name string, perm fs.FileMode) error {
	if _, err := d.raw().Lstat(name); err == nil {
		return d.look("mkdir", name)
	}
	return d.change("mkdir", name, func() error { return d.raw().MkdirAll(name, perm) })
}

// Remove implements disk.FS.
func (d diskOf) Remove(name string) error {
	return d.change("remove", name, func() error { return d.raw().Remove(name) })
}

// RemoveAll implements disk.FS.
func (d diskOf) RemoveAll(name string) error {
	return d.change("remove all", name, func() error { return d.raw().RemoveAll(name) })
}

// Rename implements disk.FS.
func (d diskOf) Rename(from, to string) error {
	if err := d.doAt("rename "+path.Base(from)+" to", to, seenOf(from, to)); err != nil {
		return err
	}
	return d.raw().Rename(from, to)
}

// RenameNew implements disk.FS.
func (d diskOf) RenameNew(from, to string) error {
	if err := d.doAt("rename "+path.Base(from)+" to new", to, seenOf(from, to)); err != nil {
		return err
	}
	return d.raw().RenameNew(from, to)
}

// Exchange implements disk.FS.
func (d diskOf) Exchange(a, b string) (bool, error) {
	if err := d.doAt("exchange", b, seenOf(a, b)); err != nil {
		return false, err
	}
	return d.raw().Exchange(a, b)
}

// seenOf returns the one of two paths that people see.
func seenOf(a, b string) string {
	if visible(a) {
		return a
	}
	if visible(b) {
		return b
	}
	return ""
}

// Chmod implements disk.FS.
func (d diskOf) Chmod(name string, mode fs.FileMode) error {
	return d.change("chmod", name, func() error { return d.raw().Chmod(name, mode) })
}

// Chtimes implements disk.FS.
func (d diskOf) Chtimes(name string, mtime time.Time) error {
	return d.change("chtimes", name, func() error { return d.raw().Chtimes(name, mtime) })
}

// SyncDir implements disk.FS.
func (d diskOf) SyncDir(dir string) error {
	return d.change("sync", dir, func() error { return d.raw().SyncDir(dir) })
}

// SyncAll implements disk.FS.
func (d diskOf) SyncAll(dir string) (ok bool, err error) {
	e := d.change("sync all", dir, func() error {
		ok, err = d.raw().SyncAll(dir)
		return err
	})
	return ok, e
}

func (d diskOf) change(op, p string, do func() error) error {
	if err := d.do(op, p); err != nil {
		return err
	}
	return do()
}

// openFile is a file that the program has open.
type openFile struct {
	disk.File
	d    diskOf
	name string
}

// Read is a step where people may write meanwhile.
func (f openFile) Read(p []byte) (int, error) {
	if err := f.d.look("read", f.name); err != nil {
		return 0, err
	}
	return f.File.Read(p)
}

// ReadAt is a step where people may write meanwhile.
func (f openFile) ReadAt(p []byte, off int64) (int, error) {
	if err := f.d.look("read", f.name); err != nil {
		return 0, err
	}
	return f.File.ReadAt(p, off)
}

// Stat is a step where people may write meanwhile.
func (f openFile) Stat() (fs.FileInfo, error) {
	if err := f.d.look("stat", f.name); err != nil {
		return nil, err
	}
	return f.File.Stat()
}

// Write is a step of the device.
func (f openFile) Write(p []byte) (n int, err error) {
	if err := f.d.do("fill", f.name); err != nil {
		return 0, err
	}
	return f.File.Write(p)
}

// WriteAt is a step of the device.
func (f openFile) WriteAt(p []byte, off int64) (int, error) {
	if err := f.d.do("fill", f.name); err != nil {
		return 0, err
	}
	return f.File.WriteAt(p, off)
}

// Truncate is a step of the device.
func (f openFile) Truncate(size int64) error {
	return f.d.change("cut", f.name, func() error { return f.File.Truncate(size) })
}

// Sync is a step of the device.
func (f openFile) Sync() error {
	return f.d.change("sync", f.name, func() error { return f.File.Sync() })
}

// Chmod is a step of the device.
func (f openFile) Chmod(mode fs.FileMode) error {
	return f.d.change("chmod", f.name, func() error { return f.File.Chmod(mode) })
}

// errDisk is what a disk says that is about to die.
var errDisk error = syscall.EIO
