//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// openIn goes down from a folder, and through no link.
func openIn(dir, name string) (*os.File, error) {
	full := filepath.Join(dir, name)
	at, err := openAt(unix.AT_FDCWD, dir, unix.O_DIRECTORY)
	if err == nil {
		above := at
		at, err = openBelow(above, filepath.Clean(name), unix.O_NOFOLLOW|unix.O_NONBLOCK) // a pipe would wait for its other end
		_ = unix.Close(above)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: full, Err: notRegular(err)}
	}
	return regular(at, full)
}

// openInSteps opens the folders above name one by one.
func openInSteps(dir int, name string, flag int) (at int, err error) {
	at = dir
	for more := true; more && err == nil; {
		var part string
		how := flag
		if part, name, more = strings.Cut(name, string(filepath.Separator)); more {
			how = unix.O_NOFOLLOW | unix.O_DIRECTORY
		}
		above := at
		at, err = openAt(above, part, how)
		if above != dir {
			_ = unix.Close(above)
		}
	}
	return at, err
}

func openAt(dir int, name string, flag int) (int, error) {
	for {
		fd, err := unix.Openat(dir, name, unix.O_RDONLY|unix.O_CLOEXEC|flag, 0)
		if !errors.Is(err, unix.EINTR) {
			return fd, err
		}
	}
}

// notRegular names what systems answer for a link that is not followed, for
// what is no folder and for a socket.
func notRegular(err error) error {
	for _, no := range []error{unix.ELOOP, unix.EMLINK, unix.ENOTDIR, unix.ENXIO} {
		if errors.Is(err, no) {
			return errors.Join(ErrNotRegular, err)
		}
	}
	return err
}

// regular makes an open file one that is read in the ordinary way.
func regular(fd int, name string) (*os.File, error) {
	var st unix.Stat_t
	err := unix.Fstat(fd, &st)
	if err == nil && st.Mode&unix.S_IFMT != unix.S_IFREG {
		err = ErrNotRegular
	}
	if err == nil {
		_, err = unix.FcntlInt(uintptr(fd), unix.F_SETFL, 0)
	}
	if err != nil {
		_ = unix.Close(fd)
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return os.NewFile(uintptr(fd), name), nil
}
