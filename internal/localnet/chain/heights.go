package chain

import "sync"

// heights knows the newest block and tells who waits for the next one.
type heights struct {
	mu     sync.Mutex
	height int64
	moved  chan struct{} // closed at the next block
}

func newHeights(height int64) *heights {
	return &heights{height: height, moved: make(chan struct{})}
}

func (h *heights) set(height int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.height = height
	close(h.moved)
	h.moved = make(chan struct{})
}

// newest returns the height of the newest block.
func (h *heights) newest() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.height
}

// next returns a channel that is closed at the next block.
func (h *heights) next() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.moved
}
