package disk

import (
	"io/fs"
	"os"
	"reflect"
)

// Inode returns what the file system calls a file. The library of Go keeps that
// to itself for os.SameFile, which asks for it where a listing did not tell; so
// it is read from there, and is 0 should a later Go keep it elsewhere: then moves
// are found by content alone. TestInodeStaysWithItsFile tells of that.
func Inode(info fs.FileInfo) (ino, dev uint64) {
	if st, ok := info.Sys().(Identity); ok {
		return st.Inode, st.Dev
	}
	at := reflect.ValueOf(info)
	if at.Kind() != reflect.Pointer || at.Elem().Kind() != reflect.Struct || !os.SameFile(info, info) {
		return 0, 0
	}
	number := func(name string) uint64 {
		if f := at.Elem().FieldByName(name); f.IsValid() && f.CanUint() {
			return f.Uint()
		}
		return 0
	}
	return number("idxhi")<<32 | number("idxlo"), number("vol")
}

// Links is how many names a file has, which a listing on Windows does not tell.
func Links(fs.FileInfo) uint64 { return 1 }
