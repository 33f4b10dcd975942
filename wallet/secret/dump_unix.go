//go:build unix

package secret

import "golang.org/x/sys/unix"

// NoDumps forbids core dumps of this process, so that a crash leaves no secret
// on the disk. Programs that it starts inherit that.
func NoDumps() error {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &limit); err != nil {
		return err
	}
	limit.Cur = min(dumpLimit, limit.Max)
	return unix.Setrlimit(unix.RLIMIT_CORE, &limit)
}
