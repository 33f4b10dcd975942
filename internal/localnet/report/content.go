package report

import (
	"maps"
	"math/big"
	"slices"

	"cosmossdk.io/math"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain"
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

// Gas of a report of the traffic of content: a fixed part, and one for each
// wallet.
const (
	contentGas     = 200_000
	contentPartGas = 20_000
)

// contentOf adds up the traffic of content by its owners and by those who earn
// with the nodes that served it. No wallet has more than its volume in the
// report, which repairs may have made smaller.
func contentOf(sums map[entry]int64, wallets map[string]string, volumes map[string]int64) meta.Content {
	c := meta.Content{Owners: map[string]int64{}, Servers: map[string]int64{}}
	for e, bytes := range sums {
		if e.content != "" && bytes > 0 {
			c.Owners[e.content] += bytes
			c.Servers[wallets[e.node]] += bytes
		}
	}
	told := total(c.Servers)
	for wallet, bytes := range c.Servers {
		c.Servers[wallet] = min(bytes, volumes[wallet])
	}
	scale(c.Owners, told, total(c.Servers))
	level(c.Servers, total(c.Owners))
	for _, list := range []map[string]int64{c.Owners, c.Servers} {
		maps.DeleteFunc(list, func(_ string, noz int64) bool { return noz == 0 })
	}
	return c
}

func total(list map[string]int64) int64 {
	sum := int64(0)
	for _, noz := range list {
		sum += noz
	}
	return sum
}

// scale makes volumes of a sum smaller, so that their new sum is at most to.
func scale(list map[string]int64, from, to int64) {
	if from == to {
		return
	}
	for wallet, noz := range list {
		part := new(big.Int).Mul(big.NewInt(noz), big.NewInt(to))
		list[wallet] = part.Quo(part, big.NewInt(from)).Int64()
	}
}

// level takes from a list, in the order of wallets, what it has more than sum.
func level(list map[string]int64, sum int64) {
	more := total(list) - sum
	for _, wallet := range slices.Sorted(maps.Keys(list)) {
		less := min(more, list[wallet])
		list[wallet] -= less
		more -= less
	}
}

// contentMessage tells the chain whose content caused the traffic of a report.
func contentMessage(m chain.MetaNode, report meta.Report) *creator.MsgCreatorTraffic {
	return &creator.MsgCreatorTraffic{
		Owners: walletVolumes(report.Content.Owners), Servers: walletVolumes(report.Content.Servers),
		Reporter: m.Address, Epoch: report.Epoch, ReporterOwner: m.Owner.Address().String(),
		BLSSignature: pot.BLSSignatureInfo{PubKeys: [][]byte{[]byte(m.Address)}},
	}
}

func walletVolumes(by map[string]int64) []creator.WalletVolume {
	var list []creator.WalletVolume
	for _, wallet := range slices.Sorted(maps.Keys(by)) {
		list = append(list, creator.WalletVolume{WalletAddress: wallet, Volume: math.NewInt(by[wallet])})
	}
	return list
}
