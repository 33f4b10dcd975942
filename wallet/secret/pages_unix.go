//go:build unix

package secret

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// mapPages returns inner usable bytes between two guard pages.
func mapPages(inner, page int) ([]byte, error) {
	whole, err := unix.Mmap(-1, 0, inner+2*page, unix.PROT_NONE, unix.MAP_PRIVATE|unix.MAP_ANON)
	if err != nil {
		return nil, fmt.Errorf("map memory: %w", err)
	}
	if err := unix.Mprotect(whole[page:page+inner], unix.PROT_READ|unix.PROT_WRITE); err != nil {
		_ = unix.Munmap(whole)
		return nil, fmt.Errorf("open memory: %w", err)
	}
	return whole, nil
}

// lockPages keeps pages out of the swap file and of core dumps.
func lockPages(pages []byte) error {
	leaveOutOfDumps(pages)
	if err := unix.Mlock(pages); err != nil {
		return fmt.Errorf("lock memory: %w", err)
	}
	return nil
}

// freePages gives a mapping back, which also unlocks it.
func freePages(whole []byte) { _ = unix.Munmap(whole) }
