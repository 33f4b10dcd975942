//go:build linux

package mpv

import (
	"testing"
	"unsafe"

	"github.com/ebitengine/purego"
)

// TestStartsInAnyLocale: libmpv refuses to start while numbers are written in
// any other way than plain C's, and a toolkit may have set that.
func TestStartsInAnyLocale(t *testing.T) {
	address, err := findSymbol(purego.RTLD_DEFAULT, "setlocale")
	if err != nil {
		t.Fatal(err)
	}
	var setlocale func(category int32, locale unsafe.Pointer) *byte
	purego.RegisterFunc(&setlocale, address)
	name := []byte("C.UTF-8\x00")
	if text(setlocale(numericCategory, unsafe.Pointer(&name[0]))) != "C.UTF-8" {
		t.Skip("this system has no second locale")
	}
	w := open(t, Options{})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}
