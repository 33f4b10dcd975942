//go:build unix

package disk

import (
	"io/fs"
	"syscall"
)

// Inode returns what the file system calls a file.
func Inode(info fs.FileInfo) (ino, dev uint64) {
	switch st := info.Sys().(type) {
	case *syscall.Stat_t:
		return st.Ino, uint64(st.Dev) //nolint:unconvert // signed on some systems
	case Identity:
		return st.Inode, st.Dev
	}
	return 0, 0
}

// Links returns how many names a file has.
func Links(info fs.FileInfo) uint64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Nlink) //nolint:unconvert // of another size on some systems
	}
	return 1
}
