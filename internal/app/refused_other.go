//go:build !windows

package app

import (
	"errors"
	"syscall"
)

// refused tells whether the computer that was called answered, and nothing on it
// listens.
func refused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }
