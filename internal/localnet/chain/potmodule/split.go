package potmodule

import (
	"cosmossdk.io/math"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain/creatormodule"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

// This file is the arithmetic of rewards: pure functions over amounts in wei.
// As on the real chain, numbers have 18 decimals inside and are cut at the end
// of each part; what the cuts leave over stays where it was.

// market is what the price of used up ozone follows from.
type market struct {
	deposit   math.Int // effective deposit of all nodes, wei
	unissued  math.Int // prepaid and not yet paid out, wei
	remaining math.Int // ozone left to sell, noz
}

// worth returns what used up ozone is worth, in wei with decimals:
// (deposit + unissued) * noz / (remaining + noz).
func (m market) worth(noz math.Int) math.LegacyDec {
	all := m.remaining.Add(noz)
	if !all.IsPositive() {
		return math.LegacyZeroDec()
	}
	return m.deposit.Add(m.unissued).ToLegacyDec().Mul(noz.ToLegacyDec()).Quo(all.ToLegacyDec())
}

// parts are the shares of those who earn, in whole wei.
type parts struct{ validators, resource, meta math.Int }

func (p parts) sum() math.Int { return p.validators.Add(p.resource).Add(p.meta) }

// divide gives each its part of a pool.
func divide(pool math.LegacyDec, stage pot.MiningRewardParam) parts {
	part := func(share math.Int) math.Int {
		return pool.Mul(share.ToLegacyDec()).Quo(math.LegacyNewDec(10_000)).TruncateInt()
	}
	return parts{
		validators: part(stage.BlockChainPercentageInBp), resource: part(stage.ResourceNodePercentageInBp),
		meta: part(stage.MetaNodePercentageInBp),
	}
}

// stageAt returns the stage of mining that holds after mined wei, and what an
// epoch pays in it. After the last stage nothing is mined, and its shares still
// divide what traffic brings. No epoch pays more than there is left to mine.
func stageAt(stages []pot.MiningRewardParam, mined math.Int) (pot.MiningRewardParam, math.Int) {
	last := stages[len(stages)-1]
	for _, stage := range stages {
		if mined.LT(stage.TotalMinedValveEnd.Amount) {
			return stage, math.MinInt(stage.MiningReward.Amount, last.TotalMinedValveEnd.Amount.Sub(mined))
		}
	}
	return last, math.ZeroInt()
}

// taxed returns what is left of a part of the traffic pool after the tax, in
// whole wei, and the tax with its decimals.
func taxed(part, rate math.LegacyDec) (after math.Int, tax math.LegacyDec) {
	tax = part.Mul(rate)
	return part.Sub(tax).TruncateInt(), tax
}

// earning is what a wallet earns in an epoch, in wei.
type earning struct{ mining, traffic math.Int }

// epoch is what there is to divide.
type epoch struct {
	mining, traffic parts
	worth           math.LegacyDec // of all traffic, in wei
	tax             math.LegacyDec // rate on traffic
	volumes         []pot.SingleWalletVolume
	metas           []string // the wallet of each meta node in service
}

// payout is who gets what.
type payout struct {
	wallets map[string]earning
	nodes   map[string]creatormodule.Node // what wallets earn by their nodes
	mining  math.Int                      // sum over wallets
	traffic math.Int
	tax     math.Int
}

// pay divides the part of resource nodes by volume and that of meta nodes
// equally. A wallet that stands in both lists, or twice, gets the sum.
func (e epoch) pay() payout {
	p := payout{
		wallets: map[string]earning{}, nodes: map[string]creatormodule.Node{}, mining: math.ZeroInt(), traffic: math.ZeroInt(),
	}
	taxes := math.LegacyZeroDec()
	give := func(wallet string, mining, traffic math.LegacyDec) earning {
		after, tax := taxed(traffic, e.tax)
		taxes = taxes.Add(tax)
		got := earning{mining.TruncateInt(), after}
		p.add(wallet, got)
		return got
	}
	total := totalVolume(e.volumes).ToLegacyDec()
	for _, v := range e.volumes {
		share := v.Volume.ToLegacyDec().Quo(total)
		got := give(v.WalletAddress, e.mining.resource.ToLegacyDec().Mul(share), e.traffic.resource.ToLegacyDec().Mul(share))
		p.serve(v.WalletAddress, v.Volume, got.traffic)
	}
	count := math.LegacyNewDec(int64(len(e.metas)))
	for _, wallet := range e.metas {
		give(wallet, e.mining.meta.ToLegacyDec().Quo(count), e.traffic.meta.ToLegacyDec().Quo(count))
	}
	p.tax = taxes.TruncateInt()
	return p
}

func (p *payout) add(wallet string, e earning) {
	p.mining, p.traffic = p.mining.Add(e.mining), p.traffic.Add(e.traffic)
	if had, ok := p.wallets[wallet]; ok {
		e = earning{had.mining.Add(e.mining), had.traffic.Add(e.traffic)}
	}
	p.wallets[wallet] = e
}

// serve notes what a wallet earns in the traffic pool by its nodes.
func (p *payout) serve(wallet string, volume, wei math.Int) {
	if had, ok := p.nodes[wallet]; ok {
		volume, wei = had.Volume.Add(volume), had.Earned.Add(wei)
	}
	p.nodes[wallet] = creatormodule.Node{Volume: volume, Earned: wei}
}

// shift moves parts of the traffic pool between wallets, in sum nothing.
func (p *payout) shift(by map[string]math.Int) {
	for wallet, wei := range by {
		had, ok := p.wallets[wallet]
		if !ok {
			had = earning{math.ZeroInt(), math.ZeroInt()}
		}
		p.wallets[wallet] = earning{had.mining, had.traffic.Add(wei)}
	}
}

func totalVolume(volumes []pot.SingleWalletVolume) math.Int {
	total := math.ZeroInt()
	for _, v := range volumes {
		total = total.Add(v.Volume)
	}
	return total
}
