//go:build linux

package mpv

import (
	"testing"
	"unsafe"

	"github.com/ebitengine/purego"
)

// TestNumbersAreWrittenAsInC: libmpv refuses to start in most other locales,
// and a toolkit may have set one.
func TestNumbersAreWrittenAsInC(t *testing.T) {
	address, err := findSymbol(purego.RTLD_DEFAULT, "setlocale")
	if err != nil {
		t.Fatal(err)
	}
	var setlocale func(category int32, locale unsafe.Pointer) unsafe.Pointer
	purego.RegisterFunc(&setlocale, address)
	name := []byte("C.UTF-8\x00")
	if text((*byte)(setlocale(numericCategory, unsafe.Pointer(&name[0])))) != "C.UTF-8" {
		t.Skip("this system has no second locale")
	}
	open(t, Options{})
	if now := text((*byte)(setlocale(numericCategory, nil))); now != "C" {
		t.Errorf("numbers are written as in %s", now)
	}
}
