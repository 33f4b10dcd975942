package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// FS is a file system. Names are absolute paths of the system. Errors are
// those of package os: they wrap fs.ErrNotExist, fs.ErrExist, fs.ErrPermission
// or the system's own number where one fits. It is safe for several goroutines.
type FS interface {
	// Open opens a file for reading.
	Open(name string) (File, error)
	// OpenIn opens a regular file below a folder for reading; name is relative
	// to the folder. No link in name is followed, also when one comes between
	// this call and what was seen before, and nothing is waited for: where
	// something other than a regular file, or than folders above it, is found,
	// the error wraps ErrNotRegular.
	OpenIn(dir, name string) (File, error)
	// OpenFile is os.OpenFile.
	OpenFile(name string, flag int, perm fs.FileMode) (File, error)
	// Lstat looks at a file without following a link.
	Lstat(name string) (fs.FileInfo, error)
	// ReadDir returns what is in a folder, sorted by name.
	ReadDir(name string) ([]fs.DirEntry, error)
	// Readlink returns the target of a link.
	Readlink(name string) (string, error)
	// Symlink makes a link.
	Symlink(target, name string) error
	// Mkdir makes a folder.
	Mkdir(name string, perm fs.FileMode) error
	// MkdirAll makes a folder and those it lies in; one that is there is fine.
	MkdirAll(name string, perm fs.FileMode) error
	// Remove removes a file, a link or an empty folder.
	Remove(name string) error
	// RemoveAll removes a folder with all that is in it; one that is missing is
	// fine.
	RemoveAll(name string) error
	// Rename gives a file or folder another name and replaces a file there.
	Rename(from, to string) error
	// RenameNew renames unless something has the new name; then the error wraps
	// fs.ErrExist.
	RenameNew(from, to string) error
	// Exchange swaps two files in one step. It is false where the file system
	// cannot do that.
	Exchange(a, b string) (bool, error)
	// Chmod sets the permission bits.
	Chmod(name string, mode fs.FileMode) error
	// Chtimes sets when a file was changed last.
	Chtimes(name string, mtime time.Time) error
	// SyncDir makes the names in a folder last. Where the system has no such
	// step it does nothing.
	SyncDir(dir string) error
	// SyncAll makes everything last that was written to the file system of a
	// folder. It is false where the system cannot do that.
	SyncAll(dir string) (bool, error)
}

// ErrNotRegular is wrapped by the errors of OpenIn for what is no regular file
// or lies behind a link.
var ErrNotRegular = errors.New("not a regular file")

// File is an open file.
type File interface {
	io.Reader
	io.ReaderAt
	io.Writer
	io.WriterAt
	io.Closer
	// Stat looks at the file.
	Stat() (fs.FileInfo, error)
	// Sync makes the content last.
	Sync() error
	// Truncate cuts or lengthens the file.
	Truncate(size int64) error
	// Chmod sets the permission bits.
	Chmod(mode fs.FileMode) error
}

// Identity is what a file system that is not the computer's answers as
// fs.FileInfo.Sys.
type Identity struct{ Inode, Dev uint64 }

// ReadFile reads a whole file.
func ReadFile(fsys FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// WriteFile writes a whole file, which is made if it is missing.
func WriteFile(fsys FS, name string, body []byte, perm fs.FileMode) error {
	f, err := fsys.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	return errors.Join(err, f.Close())
}

// SyncFile makes the content of a file last.
func SyncFile(fsys FS, name string) error {
	f, err := fsys.OpenFile(name, os.O_RDWR, 0) // some systems want the right to write
	if errors.Is(err, fs.ErrPermission) {
		f, err = fsys.Open(name)
	}
	if err != nil {
		return fmt.Errorf("sync file: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("sync file: %w", err)
	}
	return nil
}
