package simdisk

import (
	"io"
	"slices"
)

// file is an open file.
type file struct {
	disk  *Disk
	entry *entry
	at    int
}

// Read reads on.
func (f *file) Read(p []byte) (n int, err error) {
	n, err = f.ReadAt(p, int64(f.at))
	f.at += n
	if n > 0 {
		err = nil
	}
	return n, err
}

// ReadAt reads anywhere.
func (f *file) ReadAt(p []byte, at int64) (n int, err error) {
	err = f.disk.op(func() error {
		n = copy(p, f.entry.data[min(int(at), len(f.entry.data)):])
		if n < len(p) {
			return io.EOF
		}
		return nil
	})
	return n, err
}

// Write appends.
func (f *file) Write(p []byte) (int, error) {
	err := f.disk.op(func() error {
		f.entry.data = append(slices.Clone(f.entry.data), p...)
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(p), nil
}

// Sync makes the content safe.
func (f *file) Sync() error {
	return f.disk.op(func() error {
		if !f.disk.lies {
			f.entry.safe = slices.Clone(f.entry.data)
		}
		return nil
	})
}

// Size returns the length.
func (f *file) Size() (n int64, err error) {
	err = f.disk.op(func() error {
		n = int64(len(f.entry.data))
		return nil
	})
	return n, err
}

// Close does nothing.
func (f *file) Close() error { return nil }

// Flip changes a byte of a stored file, as failing disks do.
func (d *Disk) Flip(path string, at int) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, err := d.find(path)
	if err == nil && len(e.data) > 0 {
		e.data = slices.Clone(e.data)
		e.data[at%len(e.data)] ^= 1
		e.safe = slices.Clone(e.data)
	}
	return err
}
