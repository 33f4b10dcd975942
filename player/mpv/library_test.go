package mpv

import (
	"reflect"
	"testing"
)

// TestNoFunctionReturnsATypedPointer: such a result is read from memory that
// another goroutine's call may have taken over by then.
func TestNoFunctionReturnsATypedPointer(t *testing.T) {
	for name, at := range (&library{}).symbols() {
		f := reflect.TypeOf(at).Elem()
		for i := range f.NumOut() {
			if f.Out(i).Kind() == reflect.Pointer {
				t.Errorf("%s returns %s: take an unsafe.Pointer", name, f.Out(i))
			}
		}
	}
}
