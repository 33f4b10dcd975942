package client

import (
	"context"
	"errors"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// comeBack is how long a transfer that was under way waits for a gateway that
// is gone: a node that is started again, or a computer that changes its line.
// One that was never there is not waited for.
const comeBack = time.Minute

// patience waits for a gateway to come back.
type patience struct{ since time.Time }

// waits tells whether err means that the gateway is away, and not for too long.
func (p *patience) waits(err error, now time.Time) bool {
	if !away(err) {
		p.since = time.Time{}
		return false
	}
	if p.since.IsZero() {
		p.since = now
	}
	return now.Sub(p.since) < comeBack
}

// away tells whether no gateway is there, or one that has lost the network.
func away(err error) bool {
	if r, ok := errors.AsType[*refusal](err); ok {
		return r.method == wire.MethodGetOzone && (r.code == wire.InternalComm || r.code == wire.WrongNode)
	}
	return errors.Is(err, ErrUnreachable)
}

// awayPause is the time between two looks for a gateway that is away.
func (c *Client) awayPause(ctx context.Context) error {
	return c.clock.Sleep(ctx, jitter(2*time.Second))
}
