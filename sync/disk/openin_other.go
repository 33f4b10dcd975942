//go:build !unix

package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// openIn opens inside of a folder that links cannot leave, and looks then
// whether one was passed that stays in it.
func openIn(dir, name string) (*os.File, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if info, err := root.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return nil, notRegular(dir, name)
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	if err := solid(root, dir, name, f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// solid makes sure that an open file lies where its name says.
func solid(root *os.Root, dir, name string, f *os.File) error {
	at := ""
	for part := range strings.SplitSeq(filepath.Dir(filepath.Clean(name)), string(filepath.Separator)) {
		at = filepath.Join(at, part)
		if info, err := root.Lstat(at); err != nil || !info.IsDir() {
			return notRegular(dir, name)
		}
	}
	there, err := root.Lstat(name)
	if err != nil {
		return err
	}
	opened, err := f.Stat()
	if err != nil {
		return err
	}
	if !opened.Mode().IsRegular() || !os.SameFile(there, opened) {
		return notRegular(dir, name)
	}
	return nil
}

func notRegular(dir, name string) error {
	return &fs.PathError{Op: "open", Path: filepath.Join(dir, name), Err: ErrNotRegular}
}
