package secret

import "golang.org/x/sys/unix"

func leaveOutOfDumps(pages []byte) { _ = unix.Madvise(pages, unix.MADV_DONTDUMP) }

// NoDumps forbids core dumps of this process and keeps other processes of the
// user from reading its memory. Root may still read it.
func NoDumps() error { return unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) }
