package mpv

import (
	"fmt"
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"
)

// libraryNames are what builds of mpv for Windows call the library, beside
// this program and where mpv.net brings it.
var libraryNames = []string{"libmpv-2.dll", `C:\Program Files\mpv.net\libmpv-2.dll`, "mpv-2.dll", "mpv-1.dll"}

const howToInstall = "Playing needs libmpv, which is not installed: run \"winget install mpv.net\", or put libmpv-2.dll from mpv.io beside this program, or open the video in another player."

// openLibrary looks beside this program and among the system's own libraries.
// The folder that the program was started in, and those of PATH, are left out:
// anybody may have put a library there. What a library needs in turn may lie
// beside it as well.
func openLibrary(name string) (uintptr, error) {
	var flags uintptr = windows.LOAD_LIBRARY_SEARCH_APPLICATION_DIR | windows.LOAD_LIBRARY_SEARCH_SYSTEM32
	if filepath.IsAbs(name) {
		flags |= windows.LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR
	}
	handle, err := windows.LoadLibraryEx(name, 0, flags)
	if err != nil {
		return 0, fmt.Errorf("load %s: %w", name, err)
	}
	return uintptr(handle), nil
}

// renderInfo is mpv_render_context_get_info. The C function takes a structure
// of 16 bytes, which this system passes by its address.
type renderInfo func(rc uintptr, param unsafe.Pointer) int32

func (call renderInfo) next(rc uintptr, info *frameInfo) int32 {
	return call(rc, unsafe.Pointer(&renderParam{paramNext, unsafe.Pointer(info)}))
}

func findSymbol(handle uintptr, name string) (uintptr, error) {
	return windows.GetProcAddress(windows.Handle(handle), name)
}

// numbersWithPoints has nothing to do: libmpv for Windows has a C runtime of
// its own, whose locale nobody changes.
func numbersWithPoints() {}
