package app

import (
	"errors"
	"syscall"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

const errorDiskFull = syscall.Errno(112) // ERROR_DISK_FULL

// explainDisk gives a full disk its sentence.
func explainDisk(err error) error {
	if errors.Is(err, errorDiskFull) {
		return fault.Say(err, "The disk is full. Nothing was lost; free some space and try again.")
	}
	return err
}
