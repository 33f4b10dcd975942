//go:build unix

package app

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// freeSpace returns how many bytes a program may still write to the disk of a
// folder.
func freeSpace(dir string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, fmt.Errorf("look for room on the disk: %w", err)
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}
