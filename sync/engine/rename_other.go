//go:build !linux

package engine

import "errors"

// renameNew renames a file unless something has the new name; then the error
// is fs.ErrExist.
func renameNew(from, to string) error { return renameChecked(from, to) }

// exchange is not used on this system.
func exchange(_, _ string) (bool, error) { return false, nil }

func syncDisk(string) error { return errors.ErrUnsupported }

const canSyncDisk = false
