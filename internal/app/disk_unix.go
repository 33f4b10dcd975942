//go:build unix

package app

import (
	"errors"
	"syscall"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// explainDisk gives a full disk its sentence.
func explainDisk(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.Say(err, "The disk is full. Nothing was lost; free some space and try again.")
	}
	return err
}
