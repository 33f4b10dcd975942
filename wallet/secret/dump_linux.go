package secret

import "golang.org/x/sys/unix"

func leaveOutOfDumps(pages []byte) { _ = unix.Madvise(pages, unix.MADV_DONTDUMP) }

// dumpLimit is the largest core dump, in bytes. The kernel writes no file of
// so few, and it is the one value with which it gives nothing to a program
// that collects dumps either.
const dumpLimit = 1
