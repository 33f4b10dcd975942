package engine

import (
	"io/fs"
	"os"
	"path/filepath"
)

// renameChecked looks before it renames, where the system has no rename that
// refuses to replace.
func renameChecked(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return &os.LinkError{Op: "rename", Old: filepath.Base(from), New: filepath.Base(to), Err: fs.ErrExist}
	}
	return os.Rename(from, to)
}
