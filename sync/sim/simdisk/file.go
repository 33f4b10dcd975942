package simdisk

import (
	"io"
	"io/fs"
	"slices"
	"syscall"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// file is an open file.
type file struct {
	d    *Disk
	n    *node
	name string
	path string
	pos  int64

	crashes int // of the disk, when it was opened
	closed  bool
}

// Read implements io.Reader.
func (f *file) Read(p []byte) (int, error) {
	n, err := f.ReadAt(p, f.pos)
	f.pos += int64(n)
	if n > 0 {
		err = nil
	}
	return n, err
}

// ReadAt implements io.ReaderAt.
func (f *file) ReadAt(p []byte, off int64) (int, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if off >= int64(len(f.n.data)) {
		return 0, io.EOF
	}
	n := copy(p, f.n.data[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// Write implements io.Writer.
func (f *file) Write(p []byte) (int, error) {
	n, err := f.WriteAt(p, f.pos)
	f.pos += int64(n)
	return n, err
}

// WriteAt implements io.WriterAt. A disk that fills up takes a part.
func (f *file) WriteAt(p []byte, off int64) (int, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	var err error
	if f.d.full {
		p, err = p[:len(p)/2], fail("write", f.name, syscall.ENOSPC)
	}
	f.resize(max(int64(len(f.n.data)), off+int64(len(p))))
	return copy(f.n.data[off:], p), err
}

func (f *file) resize(size int64) {
	if f.n.shared {
		f.n.data, f.n.shared = slices.Clone(f.n.data), false
	}
	if more := size - int64(len(f.n.data)); more > 0 {
		f.n.data = append(f.n.data, make([]byte, more)...)
	}
	f.n.data = f.n.data[:size]
	f.n.mtime, f.n.wet = f.d.now(), true
	f.d.tell(false, f.path)
}

// Truncate implements disk.File.
func (f *file) Truncate(size int64) error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	f.resize(size)
	return nil
}

// Chmod implements disk.File.
func (f *file) Chmod(mode fs.FileMode) error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	f.n.mode = f.n.mode.Type() | mode&fs.ModePerm
	f.d.tell(false, f.path)
	return nil
}

// Sync implements disk.File.
func (f *file) Sync() error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	f.n.settle()
	return nil
}

// Stat implements disk.File.
func (f *file) Stat() (fs.FileInfo, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	return f.n.info(f.name), nil
}

// Close implements io.Closer. The number of a deleted file is in use until then.
func (f *file) Close() error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.closed || f.crashes != f.d.crashes {
		return nil
	}
	f.closed = true
	f.n.open--
	if f.n.deleted {
		f.d.release(f.n)
	}
	return nil
}

// release gives the number of a deleted file back; d.mu is held.
func (d *Disk) release(n *node) {
	if n.deleted = true; n.open == 0 {
		d.free = append(d.free, n.ino)
	}
}

// info is what a node was like when it was looked at.
type info struct {
	name  string
	size  int64
	mode  fs.FileMode
	mtime int64
	ino   uint64
}

func (n *node) info(name string) info {
	return info{name, int64(len(n.data)), n.mode, n.mtime, n.ino}
}

// Name implements fs.FileInfo.
func (i info) Name() string { return i.name }

// Size implements fs.FileInfo.
func (i info) Size() int64 { return i.size }

// Mode implements fs.FileInfo.
func (i info) Mode() fs.FileMode { return i.mode }

// ModTime implements fs.FileInfo.
func (i info) ModTime() time.Time { return time.Unix(0, i.mtime) }

// IsDir implements fs.FileInfo.
func (i info) IsDir() bool { return i.mode.IsDir() }

// Sys implements fs.FileInfo.
func (i info) Sys() any { return disk.Identity{Inode: i.ino, Dev: 1} }
