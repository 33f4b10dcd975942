package creatormodule

import (
	"cosmossdk.io/math"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
)

// This file is the arithmetic of creator rewards: pure functions. ADR 46 says
// why it cannot be won by paying for one's own views.

// Traffic is what the volume report of an epoch says.
type Traffic struct {
	Worth math.LegacyDec // of all traffic, in wei
	Used  math.Int       // all traffic, in noz
	// Nodes is what each wallet has to do with it by its nodes.
	Nodes map[string]Node
}

// Node is what a wallet's nodes did in an epoch.
type Node struct {
	Volume math.Int // noz
	Earned math.Int // wei, of the traffic pool and after tax
}

// fits says why the traffic of content cannot be part of all traffic, or
// nothing.
func fits(servers []creator.WalletVolume, t Traffic) string {
	for _, s := range servers {
		node, ok := t.Nodes[s.WalletAddress]
		if !ok || s.Volume.GT(node.Volume) {
			return "the nodes of " + s.WalletAddress + " did not serve so much"
		}
	}
	return ""
}

// price is what owners of content get for volume, in wei with decimals:
// share * worth * volume / used.
func (t Traffic) price(share math.LegacyDec, volume math.Int) math.LegacyDec {
	return t.Worth.Mul(share).MulInt(volume).QuoInt(t.Used)
}

// divide works out what each owner of content gets and what each owner of
// nodes gives up. Both lists have the same sum; no owner gets more than the
// price says, and nobody gives up more than he earned in the epoch.
func divide(share math.LegacyDec, owners, servers []creator.WalletVolume, t Traffic) (gets, gives []creator.Part) {
	total, given := math.ZeroInt(), math.ZeroInt()
	for _, s := range servers {
		amount := math.MinInt(t.price(share, s.Volume).TruncateInt(), t.Nodes[s.WalletAddress].Earned)
		gives = append(gives, creator.Part{WalletAddress: s.WalletAddress, Volume: s.Volume, Amount: amount})
		total, given = total.Add(s.Volume), given.Add(amount)
	}
	left := given
	for _, o := range owners {
		amount := given.Mul(o.Volume).Quo(total)
		gets = append(gets, creator.Part{WalletAddress: o.WalletAddress, Volume: o.Volume, Amount: amount})
		left = left.Sub(amount)
	}
	keep(gives, left)
	return gets, gives
}

// keep leaves what could not be divided with those who would give it up, the
// first ones first.
func keep(gives []creator.Part, left math.Int) {
	for i := range gives {
		less := math.MinInt(left, gives[i].Amount)
		gives[i].Amount, left = gives[i].Amount.Sub(less), left.Sub(less)
	}
}
