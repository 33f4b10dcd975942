package disk

import (
	"io/fs"
	"os"
	"path/filepath"
)

// readDir lists a folder. Not every file system says in its listings what it
// calls a file; there each is looked at by itself.
func readDir(name string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(name)
	for i, e := range entries {
		if info, err := e.Info(); err == nil {
			if ino, _ := Inode(info); ino == 0 {
				entries[i] = lookedAt{e, filepath.Join(name, e.Name())}
			}
		}
	}
	return entries, err
}

type lookedAt struct {
	fs.DirEntry
	path string
}

// Info implements fs.DirEntry.
func (e lookedAt) Info() (fs.FileInfo, error) { return os.Lstat(e.path) }
