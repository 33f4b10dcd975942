package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// What may be wrong with a file of the profile. Such a file is left as it is.
var (
	errNewerFile   = errors.New("file of a newer version")
	errDamagedFile = errors.New("damaged file")
)

// readJSON reads a file of the profile, which has to name this format version. A
// later version may hold something else anywhere but in "version", so that is
// looked at first.
func readJSON(path string, version int, into any) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var head struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return fmt.Errorf("%w: %w", errDamagedFile, err)
	}
	switch {
	case head.Version > version:
		return fmt.Errorf("%w: it has %d, this program reads %d", errNewerFile, head.Version, version)
	case head.Version != version:
		return fmt.Errorf("%w: it has version %d", errDamagedFile, head.Version)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%w: %w", errDamagedFile, err)
	}
	return nil
}

// writeJSON writes value to path by temp file and rename, mode 0600.
func writeJSON(path string, value any) error {
	raw, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("encode %s: %w", filepath.Base(path), err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(append(raw, '\n'))
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}
