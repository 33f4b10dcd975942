package app

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/network/monitor"
)

// How often a node is asked for its class, and how long it may take to answer.
const (
	tierEvery = 10 * time.Minute
	tierTime  = 2 * time.Second
)

func checkRPC(address string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return fault.Wrong(err, "This is not where a node answers its owner: that looks like http://192.168.1.20:18281. Nothing was changed.")
	}
	return nil
}

// noteTiers finds out which class nodes have: where the network's description
// tells it from there, else from nodes that tell their owner. The chain does not
// know it.
func (k *nodeKeeper) noteTiers(ctx context.Context) {
	if n, err := k.a.network(); err == nil {
		k.tiersOf(n)
	}
	for id, rpc := range k.tiersToAsk(time.Now()) {
		ctx, cancel := context.WithTimeout(ctx, tierTime)
		status, err := monitor.ReadStatus(ctx, rpc)
		cancel()
		if err == nil { // what it told before stays
			k.noteTier(id, status.Tier)
		}
	}
}

// tiersOf takes over what a network tells.
func (k *nodeKeeper) tiersOf(n network.Network) {
	k.duty.mu.Lock()
	defer k.duty.mu.Unlock()
	for _, g := range k.duty.guards {
		for _, one := range n.Nodes {
			if tier, err := strconv.Atoi(one.Tier.String()); one.P2P == g.log.Address && err == nil {
				g.log.Tier, g.rpc = &tier, ""
			}
		}
	}
}

// tiersToAsk are the nodes that answer and were not asked lately.
func (k *nodeKeeper) tiersToAsk(now time.Time) map[string]string {
	k.duty.mu.Lock()
	defer k.duty.mu.Unlock()
	ask := map[string]string{}
	for id, g := range k.duty.guards {
		state, _ := k.duty.watch.Health(id).State()
		if g.rpc != "" && (state == monitor.Online || state == monitor.Offline) && now.Sub(g.asked) >= tierEvery {
			ask[id], g.asked = g.rpc, now
		}
	}
	return ask
}

func (k *nodeKeeper) noteTier(id string, tier int) {
	k.duty.mu.Lock()
	defer k.duty.mu.Unlock()
	if g := k.duty.guards[id]; g != nil {
		g.log.Tier, g.dirty = &tier, true
	}
}
