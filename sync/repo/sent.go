package repo

import (
	"context"
	"sync"
)

// sentKey marks a context whose upload tells how far it is.
type sentKey struct{}

// Sent tells how many bytes of the upload under ctx have arrived. A Remote may
// call it while it sends, as often as it likes; nothing depends on it.
func Sent(ctx context.Context, done, total int64) {
	if tell, ok := ctx.Value(sentKey{}).(func(done, total int64)); ok && total > 0 {
		tell(done, total)
	}
}

// fewOwners is up to how many files share a pack whose progress is told while
// it is on its way; small files are told of when it has arrived.
const fewOwners = 64

// portions is how much of a pack each of its files is told to have arrived.
type portions struct {
	owners   map[string]int64 // bytes of each file in the pack
	progress Progress

	mu   sync.Mutex
	told map[string]int64
}

func newPortions(owners map[string]int64, progress Progress) *portions {
	return &portions{owners: owners, progress: progress, told: make(map[string]int64, len(owners))}
}

// under returns a context under which an upload tells how far it is.
func (p *portions) under(ctx context.Context) context.Context {
	if len(p.owners) > fewOwners {
		return ctx
	}
	return context.WithValue(ctx, sentKey{}, p.upTo)
}

// upTo notes that a part of the pack has arrived. It never goes back.
func (p *portions) upTo(done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	part := float64(min(done, total)) / float64(total)
	for path, n := range p.owners {
		if now := int64(float64(n) * part); now > p.told[path] {
			p.progress(path, now-p.told[path])
			p.told[path] = now
		}
	}
}
