package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/scan"
)

// carryRounds is how often a folder is gone through for files that changed
// while it was copied.
const carryRounds = 4

// errRestless says that files of a folder never stopped changing.
var errRestless = errors.New("files keep changing")

// carrier takes a folder to another place. A file is removed from the old place
// only when the same bytes are known to be in the new one, so that it can be
// stopped anywhere, also by force, and gone on with.
type carrier struct {
	from, to string
	rename   func(from, to string) error
	step     func() error // called before each change; an error stops it there
	tell     func(step FolderStep, done, total int64)

	done, total int64
	same        map[string]fs.FileInfo // by path in the folder: files as they were when their copy was compared
}

func newCarrier(from, to string, tell func(step FolderStep, done, total int64)) *carrier {
	if tell == nil {
		tell = func(FolderStep, int64, int64) {}
	}
	return &carrier{from: from, to: to, rename: os.Rename, step: func() error { return nil }, tell: tell, same: map[string]fs.FileInfo{}}
}

// bring makes all of the folder lie in the new place, by giving it that name
// where the system can, else by copying it. What was brought before stays.
func (c *carrier) bring(ctx context.Context) error {
	if err := c.step(); err != nil {
		return err
	}
	if _, err := os.Lstat(c.from); errors.Is(err, fs.ErrNotExist) && isFolder(c.to) {
		return nil // renamed before it was cut off
	}
	if os.Remove(c.to); c.rename(c.from, c.to) == nil { // an empty folder makes room
		return c.step()
	}
	for range carryRounds {
		copied, err := c.copyAll(ctx)
		if err != nil || copied == 0 {
			return err
		}
	}
	return errRestless
}

func isFolder(p string) bool {
	info, err := os.Stat(p)
	return err == nil && info.IsDir()
}

// weigh counts the files of a folder and their bytes, without the program's own.
func weigh(ctx context.Context, folder string) (files int, size int64, err error) {
	own := filepath.Join(folder, scan.Private)
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && path == own && d.IsDir() {
			return filepath.SkipDir
		}
		if err != nil || !d.Type().IsRegular() {
			return errors.Join(err, ctx.Err())
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		files, size = files+1, size+info.Size()
		return ctx.Err()
	})
	return files, size, err
}

// copyAll copies what does not lie in the new place as it is here, and tells
// how much that was.
func (c *carrier) copyAll(ctx context.Context) (copied int, err error) {
	if _, c.total, err = weigh(ctx, c.from); err != nil {
		return 0, err
	}
	c.done = 0
	err = c.walk(ctx, func(rel, old, at string, info fs.FileInfo) error {
		switch {
		case info.IsDir():
			return c.copyFolder(old, at, info)
		case info.Mode()&fs.ModeSymlink != 0:
			return c.copyLink(old, at)
		case !info.Mode().IsRegular():
			return nil // what is no file cannot be copied and stays behind
		}
		fresh, err := c.copyFile(ctx, rel, old, at, info)
		if fresh {
			copied++
		}
		return err
	})
	return copied, err
}

// walk visits what the old place has, folders before what is in them.
func (c *carrier) walk(ctx context.Context, visit func(rel, old, at string, info fs.FileInfo) error) error {
	return filepath.WalkDir(c.from, func(old string, d fs.DirEntry, err error) error {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		rel, err := filepath.Rel(c.from, old)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return visit(rel, old, filepath.Join(c.to, rel), info)
	})
}

// copyFolder makes a folder, and takes out half files of a copy that was killed.
func (c *carrier) copyFolder(old, at string, info fs.FileInfo) error {
	if err := os.MkdirAll(at, info.Mode().Perm()|0o700); err != nil {
		return err
	}
	halves, _ := filepath.Glob(filepath.Join(at, copyTemp)) // the pattern is right
	for _, half := range halves {
		if _, err := os.Lstat(filepath.Join(old, filepath.Base(half))); err != nil {
			_ = os.Remove(half)
		}
	}
	return nil
}

func (c *carrier) copyLink(old, at string) error {
	if _, err := os.Lstat(at); err == nil {
		return nil
	}
	to, err := os.Readlink(old)
	if err = errors.Join(err, c.step()); err != nil {
		return err
	}
	return os.Symlink(to, at)
}

// copyFile copies a file and compares the copy, unless that was done already.
// Something else that has its name in the new place gets another one.
func (c *carrier) copyFile(ctx context.Context, rel, old, at string, info fs.FileInfo) (fresh bool, err error) {
	was, known := c.same[rel]
	if known && unchanged(was, info) {
		c.advance(FolderCopying, info.Size())
		return false, nil
	}
	if err := c.step(); err != nil {
		return false, err
	}
	there, err := os.Lstat(at)
	switch {
	case err == nil && unchanged(there, info) && sameBytes(ctx, old, at) == nil:
		c.same[rel] = info // copied before it was cut off
		c.advance(FolderCopying, info.Size())
		return false, nil
	case err == nil && !known:
		if err := os.Rename(at, freeName(at)); err != nil {
			return false, err
		}
	}
	if err := copyFile(ctx, old, at, info); err != nil {
		return false, err
	}
	if err := sameBytes(ctx, old, at); err != nil && !errors.Is(err, errDiffers) {
		return false, err
	} else if err == nil {
		c.same[rel] = info
	}
	c.advance(FolderCopying, info.Size())
	return true, nil
}

func (c *carrier) advance(step FolderStep, size int64) {
	c.done += size
	c.tell(step, c.done, c.total)
}

// clear removes from the old place what lies in the new one, and counts the
// files that stay because they do not.
func (c *carrier) clear(ctx context.Context) (left int, err error) {
	if !isFolder(c.from) {
		return 0, nil
	}
	if _, c.total, err = weigh(ctx, c.from); err != nil {
		return 0, err
	}
	c.done = 0
	var folders []string
	err = c.walk(ctx, func(rel, old, at string, info fs.FileInfo) error {
		if info.IsDir() {
			folders = append(folders, old)
			return nil
		}
		if err := c.step(); err != nil {
			return err
		}
		if !c.arrived(ctx, rel, old, at, info) || os.Remove(old) != nil {
			left++
		}
		if info.Mode().IsRegular() {
			c.advance(FolderClearing, info.Size())
		}
		return nil
	})
	for _, folder := range slices.Backward(folders) {
		_ = os.Remove(folder) // one that is not empty stays
	}
	return left, err
}

// arrived tells whether the new place has what the old one has.
func (c *carrier) arrived(ctx context.Context, rel, old, at string, info fs.FileInfo) bool {
	if info.Mode()&fs.ModeSymlink != 0 {
		here, err := os.Readlink(old)
		there, err2 := os.Readlink(at)
		return err == nil && err2 == nil && here == there
	}
	if was, known := c.same[rel]; known && unchanged(was, info) {
		return true
	}
	return info.Mode().IsRegular() && sameBytes(ctx, old, at) == nil
}

// takeBack removes from the new place what was copied there.
func (c *carrier) takeBack(ctx context.Context) error {
	back := newCarrier(c.to, c.from, nil)
	_, err := back.clear(ctx)
	return err
}

func unchanged(a, b fs.FileInfo) bool {
	return a.Mode().IsRegular() && b.Mode().IsRegular() && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

// errDiffers says that two files do not hold the same.
var errDiffers = errors.New("files differ")

// sameBytes compares two files.
func sameBytes(ctx context.Context, a, b string) error {
	one, err := os.Open(a)
	if err != nil {
		return err
	}
	defer one.Close()
	two, err := os.Open(b)
	if err != nil {
		return err
	}
	defer two.Close()
	left, right := make([]byte, 1<<18), make([]byte, 1<<18)
	for {
		n, lerr := io.ReadFull(readerOf(ctx, one), left)
		m, rerr := io.ReadFull(two, right)
		switch {
		case !bytes.Equal(left[:n], right[:m]):
			return errDiffers
		case atEnd(lerr) && atEnd(rerr):
			return nil
		case lerr != nil || rerr != nil:
			return errors.Join(lerr, rerr)
		}
	}
}

func atEnd(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
