package secret

import (
	"bytes"
	"os"
	"sync"
	"sync/atomic"
)

// Buffer holds a secret of fixed size in pages of its own, between two pages
// that cannot be touched. It is safe for concurrent use. A nil Buffer is an
// empty, destroyed one.
type Buffer struct {
	mu     sync.RWMutex
	data   []byte // nil after Destroy
	whole  []byte // the mapping around data; nil where there is none
	locked bool
}

// New returns a buffer of size zero bytes. It never fails: without pages of
// its own the secret lies on the heap, which [Status] tells.
func New(size int) *Buffer {
	page := os.Getpagesize()
	inner := max((size+page-1)/page, 1) * page
	b := &Buffer{}
	whole, err := mapPages(inner, page)
	if err != nil {
		b.data = make([]byte, size)
		counts.heap.Add(1)
		return b
	}
	b.whole = whole
	b.locked = lockPages(whole[page:page+inner]) == nil
	b.data = whole[page+inner-size : page+inner : page+inner] // an overrun hits the guard page
	counts.of(b).Add(1)
	return b
}

// From moves raw into a new buffer and wipes raw.
func From(raw []byte) *Buffer {
	b := New(len(raw))
	copy(b.data, raw)
	clear(raw)
	return b
}

// Use calls f with the secret, which must not be kept, and returns true; a
// destroyed buffer returns false without calling f. [Buffer.Destroy] waits for
// f to return, so f must not call it.
func (b *Buffer) Use(f func(secret []byte)) bool {
	if b == nil {
		return false
	}
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.data == nil {
		return false
	}
	f(b.data)
	return true
}

// Equal compares in constant time for equal lengths; a destroyed buffer equals
// nothing.
func (b *Buffer) Equal(other []byte) (same bool) {
	b.Use(func(secret []byte) { same = equal(secret, other) })
	return same
}

// Copy returns the secret on the heap, to be wiped by the caller, or nil.
func (b *Buffer) Copy() (out []byte) {
	b.Use(func(secret []byte) { out = bytes.Clone(secret) })
	return out
}

// Valid tells whether the buffer was not destroyed.
func (b *Buffer) Valid() bool { return b.Use(func([]byte) {}) }

// Destroy overwrites the secret and gives the pages back. It may be called
// more than once.
func (b *Buffer) Destroy() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.data == nil {
		return
	}
	clear(b.data)
	counts.of(b).Add(-1)
	if b.whole != nil {
		freePages(b.whole)
	}
	b.data, b.whole = nil, nil
}

// counts are the buffers in use, for Status.
var counts tally

type tally struct{ locked, pages, heap atomic.Int64 }

func (t *tally) of(b *Buffer) *atomic.Int64 {
	switch {
	case b.locked:
		return &t.locked
	case b.whole != nil:
		return &t.pages
	}
	return &t.heap
}

// Protection tells how well the secrets in use are kept.
type Protection struct {
	Locked   int // buffers that are never written to the swap file
	Unlocked int // buffers that the system refused to lock; wiped all the same
}

// Sentence tells a person when something is missing, and is empty otherwise.
func (p Protection) Sentence() string {
	if p.Unlocked == 0 {
		return ""
	}
	return "The system did not allow to keep secrets out of the swap file. They are still wiped when the wallet is locked."
}

// Status counts the buffers in use.
func Status() Protection {
	return Protection{Locked: int(counts.locked.Load()), Unlocked: int(counts.pages.Load() + counts.heap.Load())}
}
