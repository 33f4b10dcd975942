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
