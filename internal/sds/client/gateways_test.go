package client

import (
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func measured(n *fakeNode, c *Client) GatewayHealth {
	for _, g := range c.Gateways() {
		if g.RPC == n.srv.URL+"/" {
			return g
		}
	}
	return GatewayHealth{}
}

// The preferred gateway is slow, so the other one is used once both have been
// measured; when that one fails, the slow one takes over.
func TestFasterGatewayGoesFirst(t *testing.T) {
	net := newNet()
	slow, quick := newNode(t, net), newNode(t, net)
	slow.on(wire.MethodServiceStatus, mishap{before: func() { time.Sleep(1100 * time.Millisecond) }})
	c := newClient(t, slow, quick)
	if first := c.Gateways()[0]; first.RPC != slow.srv.URL+"/" || first.Latency != 0 {
		t.Errorf("first %+v before anything is known, want the preferred one", first)
	}
	c.order()
	waitFor(t, func() bool { return measured(slow, c).Latency > 0 && measured(quick, c).Latency > 0 })
	if first := c.Gateways()[0]; first.RPC != quick.srv.URL+"/" {
		t.Errorf("first %+v", first)
	}
	if _, err := c.List(t.Context()); err != nil || slow.count(wire.MethodList) != 0 {
		t.Errorf("%v, the slow one was asked %d times", err, slow.count(wire.MethodList))
	}
	quick.srv.Close()
	if _, err := c.List(t.Context()); err != nil || slow.count(wire.MethodList) != 1 || !measured(quick, c).Failing {
		t.Errorf("%v, the slow one was asked %d times", err, slow.count(wire.MethodList))
	}
}

func TestOrderOfGateways(t *testing.T) {
	a, b, d := &endpoint{rpc: "a"}, &endpoint{rpc: "b"}, &endpoint{rpc: "d"}
	now := time.Unix(1_800_000_000, 0)
	for _, c := range []struct {
		name string
		do   func(g *gateways)
		want string
	}{
		{"as preferred", func(*gateways) {}, "abd"},
		{"about as fast", func(g *gateways) { g.took(a, 90*time.Millisecond); g.took(b, 5*time.Millisecond) }, "abd"},
		{"much faster", func(g *gateways) { g.took(a, 900*time.Millisecond); g.took(b, 5*time.Millisecond) }, "bad"},
		{"failed", func(g *gateways) { g.fail(a, now) }, "bda"},
		{"failed earlier", func(g *gateways) { g.fail(b, now.Add(-time.Second)); g.fail(a, now) }, "dba"},
		{"well again", func(g *gateways) { g.fail(a, now); g.well(a) }, "abd"},
		{"long ago", func(g *gateways) { g.fail(a, now.Add(-cooldown-1)) }, "abd"},
		{"twice", func(g *gateways) { g.fail(a, now.Add(-cooldown-2)); g.fail(a, now.Add(-cooldown-1)) }, "bda"},
	} {
		g, got := newGateways([]*endpoint{a, b, d}), ""
		c.do(g)
		for _, e := range g.order(now) {
			got += e.rpc
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// A gateway that is not there stands back before anybody had to wait for it.
func TestProbeFindsDeadGateway(t *testing.T) {
	net := newNet()
	up, down := newNode(t, net), newNode(t, net)
	down.srv.Close()
	c := newClient(t, up, down)
	c.order()
	waitFor(t, func() bool { return measured(down, c).Failing && measured(up, c).Latency > 0 })
}
