package testlink

import (
	"sync"
	"time"
)

// burst is how much of unused time is kept: less than one notices, enough to
// make up for timers that ring late.
const burst = 10 * time.Millisecond

// bucket is the speed of one direction, as a bucket of tokens: it tells for
// bytes when the last of them has left.
type bucket struct {
	bytesPerSecond float64 // 0 = without limit

	mu   sync.Mutex
	free time.Time // when everything that was taken so far has left
}

func newBucket(bitsPerSecond float64) *bucket { return &bucket{bytesPerSecond: bitsPerSecond / 8} }

// take returns when n bytes that came at now have left.
func (b *bucket) take(now time.Time, n int) time.Time {
	if b.bytesPerSecond <= 0 {
		return now
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if kept := now.Add(-burst); b.free.Before(kept) {
		b.free = kept
	}
	b.free = b.free.Add(time.Duration(float64(n) / b.bytesPerSecond * float64(time.Second)))
	return b.free
}
