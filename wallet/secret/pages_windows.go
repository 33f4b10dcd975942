package secret

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

// mapPages returns inner usable bytes between two guard pages.
func mapPages(inner, page int) ([]byte, error) {
	size := uintptr(inner + 2*page)
	at, err := windows.VirtualAlloc(0, size, windows.MEM_RESERVE|windows.MEM_COMMIT, windows.PAGE_NOACCESS)
	if err != nil {
		return nil, fmt.Errorf("map memory: %w", err)
	}
	var old uint32
	if err := windows.VirtualProtect(at+uintptr(page), uintptr(inner), windows.PAGE_READWRITE, &old); err != nil {
		_ = windows.VirtualFree(at, 0, windows.MEM_RELEASE)
		return nil, fmt.Errorf("open memory: %w", err)
	}
	return unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&at))), size), nil
}

// lockPages keeps pages out of the swap file.
func lockPages(pages []byte) error {
	if err := windows.VirtualLock(address(pages), uintptr(len(pages))); err != nil {
		return fmt.Errorf("lock memory: %w", err)
	}
	return nil
}

// freePages gives a mapping back, which also unlocks it.
func freePages(whole []byte) { _ = windows.VirtualFree(address(whole), 0, windows.MEM_RELEASE) }

func address(pages []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(pages))) }

// noDumps has nothing to forbid: Windows dumps only what a user asks for.
func noDumps() error { return nil }
