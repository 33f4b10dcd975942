//go:build !windows

package node

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// AskDisk asks the file system of dir. Free is what an ordinary user may still
// take.
func AskDisk(dir string) (DiskSpace, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return DiskSpace{}, err
	}
	block := int64(s.Bsize)
	return DiskSpace{Total: int64(s.Blocks) * block, Free: int64(s.Bavail) * block}, nil
}

// syncDir makes the names in dir safe.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// IsDiskFull tells whether err comes from a full disk.
func IsDiskFull(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT)
}
