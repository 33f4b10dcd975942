package disk

import (
	"errors"
	"fmt"
	"syscall"

	"golang.org/x/sys/windows"
)

func outOfRoom(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) || errors.Is(err, syscall.ENOSPC)
}

// Size implements Sizer.
func (OS) Size(dir string) (total, free int64, err error) {
	p, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, 0, fmt.Errorf("look for room on the disk: %w", err)
	}
	var mine, all uint64
	if err := windows.GetDiskFreeSpaceEx(p, &mine, &all, nil); err != nil {
		return 0, 0, fmt.Errorf("look for room on the disk: %w", err)
	}
	return int64(all), int64(mine), nil
}
