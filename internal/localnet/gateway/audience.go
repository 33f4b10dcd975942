package gateway

import (
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
)

// audience counts what one reading of a file is given, for the figures of its
// owner; nil for a reading that does not count, as that of the owner.
type audience struct {
	meta  *meta.Meta
	bill  bill
	parts int  // of the file
	video bool // which is played in order, so that its last part is its end

	mu    sync.Mutex
	given map[int]bool
}

// newAudience begins to count a reading of a file that has so many parts.
func (g *Gateway) newAudience(b bill, parts int) *audience {
	if b.wallet == b.file.Owner || b.share == "" {
		return nil
	}
	return &audience{meta: g.meta, bill: b, parts: parts, video: b.file.Video, given: map[int]bool{}}
}

// again is the audience of another reading by who reads already.
func (a *audience) again() *audience {
	if a == nil {
		return nil
	}
	return &audience{meta: a.meta, bill: a.bill, parts: a.parts, video: a.video, given: map[int]bool{}}
}

// sent counts bytes that were handed out.
func (a *audience) sent(bytes int64) {
	if a != nil {
		a.meta.SentBy(a.bill.file.Owner, a.bill.file.Hash, a.bill.share, bytes)
	}
}

// gave counts a part, from 0, that was handed out whole.
func (a *audience) gave(part int) {
	if a == nil || part < 0 || part >= a.parts {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.given[part] {
		return
	}
	a.given[part] = true
	last := len(a.given) == a.parts
	if a.video {
		last = part == a.parts-1
	}
	a.meta.Watched(meta.View{
		Owner: a.bill.file.Owner, Hash: a.bill.file.Hash, Share: a.bill.share, Part: part, First: len(a.given) == 1, Last: last,
	})
}
