package gateway

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// sending is what this node remembers of an upload that it brought to the
// storage nodes: since when, or why that failed.
type sending struct {
	since  time.Time
	failed string
}

func sendingKey(owner, hash string) string { return owner + "/" + hash }

// noteSent remembers an accepted upload. Content that lay on the nodes before
// is not sent again, so nobody has to wait for it.
func (g *Gateway) noteSent(owner, hash string, known bool) {
	if known || g.quirks.send == 0 {
		g.sent.remove(sendingKey(owner, hash))
		return
	}
	g.sent.put(sendingKey(owner, hash), sending{since: g.clock.Now()})
}

// noteFailed remembers why an upload came to nothing, for clients that did not
// wait for its answer. Of a file that is stored anyway nothing is remembered.
func (g *Gateway) noteFailed(ctx context.Context, owner, hash string, err error) {
	if _, found := g.meta.File(ctx, owner, hash); found == nil {
		return
	}
	g.sent.put(sendingKey(owner, hash), sending{since: g.clock.Now(), failed: g.text(err)})
}

// localState is what this node says of a file without asking the meta node:
// ok is false when it has nothing to say.
func (g *Gateway) localState(owner, hash string) (state wire.FileState, failed string, ok bool) {
	if g.storing(owner, hash) {
		return wire.StateUploading, "", true
	}
	s, known := g.sent.find(sendingKey(owner, hash))
	switch {
	case !known:
		return 0, "", false
	case s.failed != "":
		return wire.StateFailed, s.failed, true
	case g.clock.Now().Sub(s.since) < g.quirks.send:
		return wire.StateUploading, "", true
	}
	return 0, "", false
}

// confirming tells whether the meta node still waits for word of the copies.
func (g *Gateway) confirming(f meta.File) bool {
	s, known := g.sent.find(sendingKey(f.Owner, f.Hash))
	return known && g.clock.Now().Sub(s.since) < g.quirks.send+g.quirks.confirm
}
