package secret

import (
	"runtime"
	"runtime/debug"
	"sync"
	"unsafe"
)

// Sweep overwrites what libraries left of secrets in freed memory, as well as
// that is possible from within: it frees garbage, fills the gaps between the
// objects in use with zeros, and gives empty pages back to the system, which
// forgets them. It takes about as long as three garbage collections; call it
// when a wallet was unlocked and when it was locked. One runs at a time; the
// others wait.
func Sweep() {
	sweeping.Lock()
	defer sweeping.Unlock()
	overwriteSignals()
	runtime.GC()
	debug.FreeOSMemory() // collects again: what finalizers held
	fillGaps()
	debug.FreeOSMemory()
}

// fillGaps runs with a single processor, because each keeps a few gaps to
// itself, and without collections, which would open what was filled.
func fillGaps() {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	gaps := int(m.HeapInuse - m.HeapAlloc)
	for _, class := range m.BySize {
		if size := int(class.Size); size >= 24 && size <= largest {
			fill(size, gaps)
		}
	}
	fillPages()
}

// fillPages takes the free pages that were not given back, because a processor
// keeps them at hand.
func fillPages() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	idle := min(int(m.HeapIdle-m.HeapReleased), 256<<20) + 4*enough
	for taken := 0; taken < idle; taken += pageSize {
		take(pageSize)
	}
}

// sweeping is held by the sweep that runs: the collector's setting is the whole
// program's.
var sweeping sync.Mutex

// Objects without pointers of up to 2 KiB are where libraries keep states of
// hashes and ciphers. Much larger ones lie in pages of their own.
const (
	largest  = 2048
	pageSize = 8192      // of the allocator
	enough   = 256 << 10 // bytes without a gap that show that there are none left
)

// fill takes objects of one size, over which the allocator writes zeros, until
// they come from fresh pages only: the allocator uses up all gaps before it
// opens a page. It never takes much more than gaps bytes.
func fill(size, gaps int) {
	fresh := 0
	last := uintptr(0)
	for taken := 0; fresh < enough && taken < gaps+4*enough; taken += size {
		at := uintptr(unsafe.Pointer(take(size)))
		if at == last+uintptr(size) || at%pageSize == 0 {
			fresh += size
		} else {
			fresh = 0
		}
		last = at
	}
}

// take allocates an object on the heap, which nothing holds.
//
//go:noinline
func take(size int) *byte { return unsafe.SliceData(make([]byte, size)) }
