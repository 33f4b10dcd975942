package node

import (
	"errors"

	"golang.org/x/sys/windows"
)

// AskDisk asks the file system of dir. Free is what this user may still take.
func AskDisk(dir string) (DiskSpace, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return DiskSpace{}, err
	}
	var free, total, all uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, &total, &all); err != nil {
		return DiskSpace{}, err
	}
	return DiskSpace{Total: int64(total), Free: int64(free)}, nil
}

// syncDir does nothing: Windows writes names through by itself.
func syncDir(string) error { return nil }

// IsDiskFull tells whether err comes from a full disk.
func IsDiskFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}
