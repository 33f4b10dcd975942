package node

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Files are the file operations of storage nodes. Whatever was written or
// named is safe from a power cut only after the matching sync. Errors for what
// is not there wrap [io/fs.ErrNotExist].
type Files interface {
	// Make makes a folder with all folders above it.
	Make(dir string) error
	// Create makes a file, or empties it, for writing.
	Create(path string) (File, error)
	// Open opens a file for reading.
	Open(path string) (File, error)
	// Rename gives a file or folder another name; a file there is replaced.
	Rename(from, to string) error
	// Remove removes a file or an empty folder, RemoveAll one with its content.
	Remove(path string) error
	RemoveAll(path string) error
	// SyncDir makes the names in a folder safe.
	SyncDir(dir string) error
	// Size returns the length of a file in bytes.
	Size(path string) (int64, error)
	// Names lists a folder in no order.
	Names(dir string) ([]string, error)
}

// File is an open file.
type File interface {
	io.Reader
	io.ReaderAt
	io.Writer
	io.Closer
	// Sync makes the content safe.
	Sync() error
	// Size returns the length in bytes.
	Size() (int64, error)
}

// OSFiles are the files of the operating system.
type OSFiles struct{}

type osFile struct{ *os.File }

// Size returns the length in bytes.
func (f osFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func wrapFile(f *os.File, err error) (File, error) {
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

// Make makes a folder that only its user may enter.
func (OSFiles) Make(dir string) error { return os.MkdirAll(dir, 0o700) }

// Create makes a file that only its user may read.
func (OSFiles) Create(path string) (File, error) {
	return wrapFile(os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600))
}

// Open opens a file for reading.
func (OSFiles) Open(path string) (File, error) { return wrapFile(os.Open(path)) }

// Rename gives a file or folder another name.
func (OSFiles) Rename(from, to string) error { return os.Rename(from, to) }

// Remove removes a file or an empty folder.
func (OSFiles) Remove(path string) error { return os.Remove(path) }

// RemoveAll removes a folder with its content.
func (OSFiles) RemoveAll(path string) error { return os.RemoveAll(path) }

// SyncDir makes the names in a folder safe.
func (OSFiles) SyncDir(dir string) error { return syncDir(dir) }

// Size returns the length of a file in bytes.
func (OSFiles) Size(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Names lists a folder in no order.
func (OSFiles) Names(dir string) ([]string, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	names, err := f.Readdirnames(-1)
	return names, errors.Join(err, f.Close())
}

// makeSynced makes a folder whose name is safe. It does so for one that is
// there too: a crash may have come before the last sync.
func makeSynced(files Files, dir string) error {
	if err := files.Make(dir); err != nil {
		return err
	}
	return files.SyncDir(filepath.Dir(dir))
}

// writeSynced writes a whole file and brings it to the disk.
func writeSynced(files Files, path string, raw []byte) error {
	f, err := files.Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// readAll returns the content of a small file.
func readAll(files Files, path string) ([]byte, error) {
	f, err := files.Open(path)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(f)
	return raw, errors.Join(err, f.Close())
}
