package app

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// heldOpen tells whether another program has a file open and lets nobody read
// it.
func heldOpen(name string) bool {
	f, err := os.Open(name)
	if err == nil {
		_ = f.Close()
	}
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION)
}
