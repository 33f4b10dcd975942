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
	if _, err := solid(root, dir, name); err != nil {
		return nil, err
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	if err := opened(root, dir, name, f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// opened makes sure that an open file is the one that lies where its name says.
func opened(root *os.Root, dir, name string, f *os.File) error {
	there, err := solid(root, dir, name)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !os.SameFile(there, info) {
		return notRegular(dir, name)
	}
	return nil
}

// solid looks at a regular file and makes sure that it lies in folders all the
// way.
func solid(root *os.Root, dir, name string) (fs.FileInfo, error) {
	at := ""
	for part := range strings.SplitSeq(filepath.Dir(filepath.Clean(name)), string(filepath.Separator)) {
		at = filepath.Join(at, part)
		info, err := root.Lstat(at)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			return nil, notRegular(dir, name)
		}
	}
	info, err := root.Lstat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = notRegular(dir, name)
	}
	return info, err
}

func notRegular(dir, name string) error {
	return &fs.PathError{Op: "open", Path: filepath.Join(dir, name), Err: ErrNotRegular}
}
