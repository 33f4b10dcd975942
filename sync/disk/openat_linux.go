package disk

import (
	"errors"

	"golang.org/x/sys/unix"
)

// openBelow opens what lies below a folder in one step where the system can do
// that, else folder by folder.
func openBelow(dir int, name string, flag int) (int, error) {
	how := unix.OpenHow{Flags: uint64(unix.O_RDONLY | unix.O_CLOEXEC | flag), Resolve: unix.RESOLVE_NO_SYMLINKS}
	for {
		fd, err := unix.Openat2(dir, name, &how)
		switch {
		case err == nil:
			return fd, nil
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EPERM): // old, or in a cage
			return openInSteps(dir, name, flag)
		default:
			return fd, err
		}
	}
}
