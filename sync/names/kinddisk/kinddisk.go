// Package kinddisk makes the computer's own disk behave like one of another
// kind, for tests: it finds files whatever case their name is asked for in, and
// refuses names that the other kind would refuse.
package kinddisk

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/names"
)

// FS is a disk of some kind below a folder. Paths elsewhere are as ever.
type FS struct {
	disk.FS
	Root string
	Kind names.Disk
}

// at returns the path under which the disk has a file, and whether a new file
// can have its name.
func (d FS) at(name string) (string, error) {
	rel, err := filepath.Rel(d.Root, name)
	if err != nil || rel == "." || strings.HasPrefix(rel, "..") {
		return name, nil //nolint:nilerr // not below the folder
	}
	if d.Kind.MaxPath > 0 && len(name) > d.Kind.MaxPath {
		return name, &fs.PathError{Op: "find", Path: name, Err: syscall.ENAMETOOLONG}
	}
	path, there := d.Root, true
	for part := range strings.SplitSeq(filepath.ToSlash(rel), "/") {
		if there {
			part, there = d.stored(path, part)
		}
		path += string(filepath.Separator) + part
		if !d.Kind.Takes(filepath.Base(path)) {
			return name, &fs.PathError{Op: "find", Path: name, Err: syscall.EINVAL}
		}
	}
	return path, nil
}

// stored returns the name that a folder has for what is asked for, if that is
// there.
func (d FS) stored(dir, name string) (string, bool) {
	if _, err := os.Lstat(filepath.Join(dir, name)); err == nil || !d.Kind.FoldsCase && !d.Kind.FoldsForm {
		return name, err == nil
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if d.Kind.Key(e.Name()) == d.Kind.Key(name) {
			return e.Name(), true
		}
	}
	return name, false
}

func with[T any](d FS, name string, use func(string) (T, error)) (T, error) {
	path, err := d.at(name)
	if err != nil {
		var none T
		return none, err
	}
	return use(path)
}

func (d FS) do(name string, use func(string) error) error {
	path, err := d.at(name)
	if err != nil {
		return err
	}
	return use(path)
}

// Open implements disk.FS.
func (d FS) Open(name string) (disk.File, error) { return with(d, name, d.FS.Open) }

// OpenIn implements disk.FS.
func (d FS) OpenIn(dir, name string) (disk.File, error) {
	return with(d, filepath.Join(dir, name), func(p string) (disk.File, error) {
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return nil, err
		}
		return d.FS.OpenIn(dir, rel)
	})
}

// OpenFile implements disk.FS.
func (d FS) OpenFile(name string, flag int, perm fs.FileMode) (disk.File, error) {
	return with(d, name, func(p string) (disk.File, error) { return d.FS.OpenFile(p, flag, perm) })
}

// Lstat implements disk.FS.
func (d FS) Lstat(name string) (fs.FileInfo, error) { return with(d, name, d.FS.Lstat) }

// ReadDir implements disk.FS.
func (d FS) ReadDir(name string) ([]fs.DirEntry, error) { return with(d, name, d.FS.ReadDir) }

// Readlink implements disk.FS.
func (d FS) Readlink(name string) (string, error) { return with(d, name, d.FS.Readlink) }

// Symlink implements disk.FS.
func (d FS) Symlink(target, name string) error {
	if d.Kind.NoLinks {
		return &fs.PathError{Op: "symlink", Path: name, Err: syscall.EPERM}
	}
	return d.do(name, func(p string) error { return d.FS.Symlink(target, p) })
}

// Mkdir implements disk.FS.
func (d FS) Mkdir(name string, perm fs.FileMode) error {
	return d.do(name, func(p string) error { return d.FS.Mkdir(p, perm) })
}

// MkdirAll implements disk.FS.
func (d FS) MkdirAll(name string, perm fs.FileMode) error {
	return d.do(name, func(p string) error { return d.FS.MkdirAll(p, perm) })
}

// Remove implements disk.FS.
func (d FS) Remove(name string) error { return d.do(name, d.FS.Remove) }

// RemoveAll implements disk.FS.
func (d FS) RemoveAll(name string) error { return d.do(name, d.FS.RemoveAll) }

// Rename implements disk.FS.
func (d FS) Rename(from, to string) error { return d.rename(from, to, d.FS.Rename) }

// RenameNew implements disk.FS.
func (d FS) RenameNew(from, to string) error { return d.rename(from, to, d.FS.RenameNew) }

// rename gives a file the name that was asked for, which may be the one it has
// but for case.
func (d FS) rename(from, to string, do func(from, to string) error) error {
	src, err := d.at(from)
	if err != nil {
		return err
	}
	dst, err := d.at(to)
	if err != nil {
		return err
	}
	if src == dst {
		dst = filepath.Join(filepath.Dir(dst), filepath.Base(to))
	}
	return do(src, dst)
}

// Exchange implements disk.FS: such disks cannot.
func (d FS) Exchange(_, _ string) (bool, error) { return false, nil }

// Chmod implements disk.FS.
func (d FS) Chmod(name string, mode fs.FileMode) error {
	if d.Kind.NoModes {
		return nil
	}
	return d.do(name, func(p string) error { return d.FS.Chmod(p, mode) })
}

// Chtimes implements disk.FS.
func (d FS) Chtimes(name string, mtime time.Time) error {
	return d.do(name, func(p string) error { return d.FS.Chtimes(p, mtime) })
}
