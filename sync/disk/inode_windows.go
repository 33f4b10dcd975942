package disk

import "io/fs"

// Inode is not known from a listing on Windows; moves are found by content.
func Inode(info fs.FileInfo) (ino, dev uint64) {
	st, _ := info.Sys().(Identity)
	return st.Inode, st.Dev
}

// Links is how many names a file has, which a listing on Windows does not tell.
func Links(fs.FileInfo) uint64 { return 1 }
