//go:build unix

package disk

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// root is an open folder.
type root struct {
	fd  int
	dir string
}

func openRoot(dir string) (Root, error) {
	fd, err := openAt(unix.AT_FDCWD, dir, unix.O_DIRECTORY)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: err}
	}
	return &root{fd, dir}, nil
}

// Open implements [Root].
func (r *root) Open(name string) (Readable, fs.FileInfo, error) {
	fd, err := openBelow(r.fd, filepath.Clean(name), unix.O_NOFOLLOW|unix.O_NONBLOCK) // a pipe would wait for its other end
	if err != nil {
		return nil, nil, &fs.PathError{Op: "open", Path: filepath.Join(r.dir, name), Err: notRegular(err)}
	}
	f := &plainFile{fd, filepath.Base(name)}
	info, err := f.stat()
	if err == nil && info.st.Mode&unix.S_IFMT != unix.S_IFREG {
		err = &fs.PathError{Op: "open", Path: filepath.Join(r.dir, name), Err: ErrNotRegular}
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// Close implements [io.Closer].
func (r *root) Close() error { return unix.Close(r.fd) }

// plainFile is a regular file. Unlike one of package os it costs no more calls
// of the system than are asked for, which counts where files are small.
type plainFile struct {
	fd   int
	name string
}

// ReadAt implements [io.ReaderAt].
func (f *plainFile) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) {
		m, err := unix.Pread(f.fd, p[n:], off+int64(n))
		switch {
		case errors.Is(err, unix.EINTR):
		case err != nil:
			return n, f.failed("read", err)
		case m == 0:
			return n, io.EOF
		default:
			n += m
		}
	}
	return n, nil
}

// Stat implements [Readable].
func (f *plainFile) Stat() (fs.FileInfo, error) {
	info, err := f.stat()
	if err != nil {
		return nil, err
	}
	return info, nil
}

func (f *plainFile) stat() (*plainInfo, error) {
	info := &plainInfo{name: f.name}
	for {
		err := unix.Fstat(f.fd, &info.st)
		if err == nil {
			return info, nil
		}
		if !errors.Is(err, unix.EINTR) {
			return nil, f.failed("stat", err)
		}
	}
}

// Close implements [io.Closer].
func (f *plainFile) Close() error {
	if err := unix.Close(f.fd); err != nil {
		return f.failed("close", err)
	}
	return nil
}

func (f *plainFile) failed(what string, err error) error {
	return &fs.PathError{Op: what, Path: f.name, Err: err}
}

// plainInfo is what the system says of a regular file.
type plainInfo struct {
	name string
	st   unix.Stat_t
}

// Name implements [fs.FileInfo].
func (i *plainInfo) Name() string { return i.name }

// Size implements [fs.FileInfo].
func (i *plainInfo) Size() int64 { return i.st.Size }

// Mode implements [fs.FileInfo]; it has the permission bits alone.
func (i *plainInfo) Mode() fs.FileMode { return fs.FileMode(i.st.Mode) & fs.ModePerm }

// ModTime implements [fs.FileInfo].
func (i *plainInfo) ModTime() time.Time { return time.Unix(i.st.Mtim.Unix()) }

// IsDir implements [fs.FileInfo].
func (i *plainInfo) IsDir() bool { return false }

// Sys implements [fs.FileInfo].
func (i *plainInfo) Sys() any {
	return Identity{Inode: i.st.Ino, Dev: uint64(i.st.Dev)} //nolint:unconvert // signed on some systems
}
