//go:build linux || darwin

package mpv

import (
	"fmt"
	"unsafe"

	"github.com/ebitengine/purego"
)

func openLibrary(name string) (uintptr, error) {
	handle, err := purego.Dlopen(name, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return 0, fmt.Errorf("load %s: %w", name, err)
	}
	return handle, nil
}

// renderInfo is mpv_render_context_get_info. The C function takes a structure
// of 16 bytes, which the calling conventions of these systems pass as its two
// words.
type renderInfo func(rc, kind uintptr, data unsafe.Pointer) int32

func (call renderInfo) next(rc uintptr, info *frameInfo) int32 {
	return call(rc, paramNext, unsafe.Pointer(info))
}

func findSymbol(handle uintptr, name string) (uintptr, error) {
	return purego.Dlsym(handle, name)
}

// numbersWithPoints makes C read and write numbers with a decimal point:
// libmpv refuses to start otherwise (client.h, "Basic environment
// requirements"). A toolkit may have set the user's locale before.
func numbersWithPoints() {
	address, err := purego.Dlsym(purego.RTLD_DEFAULT, "setlocale")
	if err != nil {
		return // then mpv_create says so
	}
	var setlocale func(category int32, locale unsafe.Pointer) unsafe.Pointer
	purego.RegisterFunc(&setlocale, address)
	if text((*byte)(setlocale(numericCategory, nil))) == "C" {
		return
	}
	c := [2]byte{'C', 0}
	setlocale(numericCategory, unsafe.Pointer(&c))
}
