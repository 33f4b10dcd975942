package vault

import (
	"fmt"
	"os"
	"path/filepath"
)

// writeFile puts raw at path by temporary file and rename, mode 0600, so that
// a crash leaves the old file or the new one.
func writeFile(path string, raw []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".vault-*") // created 0600
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
	return syncFolder(filepath.Dir(path))
}
