//go:build unix

package scan

import (
	"io/fs"
	"syscall"
)

// inode returns what the file system calls the file.
func inode(info fs.FileInfo) (ino, dev uint64) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0
	}
	return st.Ino, uint64(st.Dev) //nolint:unconvert // signed on some systems
}
