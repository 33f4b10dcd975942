//go:build !windows

package disk

import (
	"io/fs"
	"os"
)

func readDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
