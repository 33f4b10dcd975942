package gateway

import (
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// deletions are the deletions that wait for their answer, by file hash. As on
// the reference there is one place a hash: a second deletion of the same hash
// takes it, gets whichever answer comes first, and the first one gets none.
type deletions struct {
	mu      sync.Mutex
	waiting map[string]chan wire.ReturnResult
}

// enter takes the place of a hash.
func (d *deletions) enter(hash string) chan wire.ReturnResult {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.waiting == nil {
		d.waiting = map[string]chan wire.ReturnResult{}
	}
	place := make(chan wire.ReturnResult, 1)
	d.waiting[hash] = place
	return place
}

// deliver brings an answer to whoever has the place now.
func (d *deletions) deliver(hash string, r wire.ReturnResult) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if place := d.waiting[hash]; place != nil {
		place <- r
		delete(d.waiting, hash)
	}
}
