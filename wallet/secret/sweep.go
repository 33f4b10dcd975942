package secret

import (
	"runtime"
	"runtime/debug"
)

// Sweep overwrites what libraries left of secrets in freed memory, as well as
// that is possible from within: it frees garbage, fills the gaps between the
// objects in use with zeros, and gives empty pages back to the system, which
// forgets them. It takes some ten milliseconds for every 10 MB in use; call it
// when a wallet was unlocked and when it was locked. Other goroutines may run,
// but a gap that one of them is just about to use can be missed.
func Sweep() {
	overwriteSignals()
	runtime.GC()
	runtime.GC() // what finalizers held
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	gaps := int(m.HeapInuse-m.HeapAlloc) + 64<<10
	for _, class := range m.BySize {
		if class.Size < 24 || class.Size > 8192 {
			continue // smaller pieces hold no secret; larger ones lie in pages of their own
		}
		fill(int(class.Size), gaps)
	}
	debug.FreeOSMemory()
}

// fill takes at least as many objects of one size as fit into gaps bytes, both
// with and without pointers, because the two lie in different places. The
// allocator writes zeros over each.
func fill(size, gaps int) {
	count := gaps/size + 1
	plain := make([][]byte, count)
	withPointers := make([][]*byte, count)
	for i := range count {
		plain[i] = make([]byte, size)
		withPointers[i] = make([]*byte, (size-sizeHeader(size))/8)
	}
	runtime.KeepAlive(plain)
	runtime.KeepAlive(withPointers)
}

// sizeHeader is what the allocator adds to larger objects with pointers.
func sizeHeader(size int) int {
	if size > 512 {
		return 8
	}
	return 0
}
