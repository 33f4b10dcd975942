package app

import (
	"errors"

	"golang.org/x/sys/windows"
)

// refused tells whether the computer that was called answered, and nothing on it
// listens. Windows has a number of its own for that.
func refused(err error) bool { return errors.Is(err, windows.WSAECONNREFUSED) }
