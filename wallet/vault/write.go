package vault

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const tempPrefix = ".vault-"

// writeFile puts raw at path by temporary file and rename, mode 0600, so that
// a crash leaves the old file or the new one.
func writeFile(path string, raw []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), tempPrefix+"*") // created 0600
	if err != nil {
		return fmt.Errorf("write vault: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(raw)
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write vault: %w", err)
	}
	removeStale(filepath.Dir(path))
	return syncFolder(filepath.Dir(path))
}

// removeStale removes what a program left that was killed while it wrote.
// Others may be writing right now, so only old files go.
func removeStale(dir string) {
	names, _ := filepath.Glob(filepath.Join(dir, tempPrefix+"*"))
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(name)
		}
	}
}
