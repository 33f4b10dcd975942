package disk

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// held: Windows moves no file that a program has open, and says of a folder with
// such a file in it only that this is not allowed.
func held(err error) bool {
	var link *os.LinkError
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) ||
		errors.As(err, &link) && errors.Is(link.Err, fs.ErrPermission)
}
