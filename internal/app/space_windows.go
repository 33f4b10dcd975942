package app

import (
	"fmt"

	"golang.org/x/sys/windows"
)

// freeSpace returns how many bytes a program may still write to the disk of a
// folder.
func freeSpace(dir string) (int64, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, fmt.Errorf("look for room on the disk: %w", err)
	}
	var free, total, all uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, &total, &all); err != nil {
		return 0, fmt.Errorf("look for room on the disk: %w", err)
	}
	return int64(free), nil
}
