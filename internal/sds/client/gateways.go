package client

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// gateways keeps the endpoints in the order in which to use them: those that
// failed lately last; of the others the faster class first; within a class as
// the user prefers.
type gateways struct {
	mu     sync.Mutex
	all    []*endpoint // in order of preference
	health map[*endpoint]*health
	probed time.Time
}

// health is what is known of a gateway.
type health struct {
	failed  time.Time
	fails   int           // one after the other
	latency time.Duration // smoothed; 0 when not measured yet
}

const (
	// cooldown is how long a gateway that failed once stands back behind the
	// others. It doubles with each further failure, four times at most.
	cooldown = 30 * time.Second
	// sameSpeed is the latency up to which gateways are equally good; from
	// there each doubling is another class.
	sameSpeed = 100 * time.Millisecond
	// probeEvery is how often gateways that are not in use are asked.
	probeEvery = 5 * time.Minute
)

func newGateways(all []*endpoint) *gateways {
	g := &gateways{all: all, health: map[*endpoint]*health{}}
	for _, e := range all {
		g.health[e] = new(health)
	}
	return g
}

// order returns all endpoints, the best first.
func (g *gateways) order(now time.Time) []*endpoint {
	g.mu.Lock()
	defer g.mu.Unlock()
	list := slices.Clone(g.all)
	slices.SortStableFunc(list, func(a, b *endpoint) int {
		x, y := g.health[a], g.health[b]
		return cmp.Or(x.back(now).Compare(y.back(now)), cmp.Compare(x.class(), y.class()))
	})
	return list
}

// back returns when a gateway that stands back failed, else the zero time.
func (h *health) back(now time.Time) time.Time {
	if h.fails == 0 || now.Sub(h.failed) > cooldown<<min(h.fails-1, 4) {
		return time.Time{}
	}
	return h.failed
}

// class is 0 up to sameSpeed, 1 up to twice that and so on. What was never
// measured comes last.
func (h *health) class() int {
	if h.latency == 0 {
		return 64
	}
	return bits.Len64(uint64(h.latency / sameSpeed))
}

func (g *gateways) fail(e *endpoint, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.health[e]
	h.failed, h.fails = now, h.fails+1
}

// TryAnother makes the next calls use another gateway than the one that is in
// use, which answers but does not show all that there is. It is false if there
// is no other.
func (c *Client) TryAnother() bool {
	if len(c.gateways.all) < 2 {
		return false
	}
	c.gateways.fail(c.best(), c.clock.Now())
	return true
}

func (g *gateways) well(e *endpoint) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.health[e].fails = 0
}

// took notes how long a small question took.
func (g *gateways) took(e *endpoint, d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.health[e]
	if h.latency == 0 {
		h.latency = max(d, 1)
		return
	}
	h.latency += (d - h.latency) / 4
}

// due tells whether the gateways are to be probed now, once per probeEvery.
func (g *gateways) due(now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.all) < 2 || (!g.probed.IsZero() && now.Sub(g.probed) < probeEvery) {
		return false
	}
	g.probed = now
	return true
}

// order returns the gateways, the best first, and measures them now and then.
func (c *Client) order() []*endpoint {
	now := c.clock.Now()
	if c.gateways.due(now) {
		for _, e := range c.gateways.all {
			_ = c.background(func(life context.Context) { c.probe(life, e) })
		}
	}
	return c.gateways.order(now)
}

func (c *Client) best() *endpoint { return c.order()[0] }

// probe asks e for something that it answers by itself.
func (c *Client) probe(ctx context.Context, e *endpoint) {
	var r wire.ServiceStatusResult
	began := time.Now()
	err := c.call(ctx, e, quickLimit, wire.MethodServiceStatus, wire.ServiceStatusParams{Wallet: c.Address()}, &r)
	switch {
	case ctx.Err() != nil:
	case err == nil:
		c.gateways.took(e, time.Since(began))
	case gatewayFault(err):
		c.gateways.fail(e, c.clock.Now())
	}
}

// GatewayHealth is what the client has seen of a gateway.
type GatewayHealth struct {
	RPC     string
	Latency time.Duration // of small questions, smoothed; 0 when not measured yet
	Failing bool          // failed lately, so it is used after all others
}

// Gateways returns the gateways in the order in which they would be used now.
func (c *Client) Gateways() []GatewayHealth {
	now := c.clock.Now()
	var list []GatewayHealth
	for _, e := range c.gateways.order(now) {
		c.gateways.mu.Lock()
		h := c.gateways.health[e]
		list = append(list, GatewayHealth{RPC: e.rpc, Latency: h.latency, Failing: !h.back(now).IsZero()})
		c.gateways.mu.Unlock()
	}
	return list
}
