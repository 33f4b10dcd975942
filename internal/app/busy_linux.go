package app

import (
	"os"

	"golang.org/x/sys/unix"
)

// heldOpen tells whether another program has a file open for writing. The
// system gives a lease on it only where none has; it is given back at once.
func heldOpen(name string) bool {
	f, err := os.OpenFile(name, os.O_RDONLY|unix.O_NONBLOCK|unix.O_NOFOLLOW, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	_, err = unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_RDLCK)
	if err == nil {
		_, _ = unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_UNLCK) // closing does it too
	}
	return err == unix.EAGAIN
}
