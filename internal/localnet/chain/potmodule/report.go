package potmodule

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain/creatormodule"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// reported is a checked volume report.
type reported struct {
	epoch   uint64
	volumes []pot.SingleWalletVolume
	record  pot.VolumeReportRecord
}

// volumeReport makes the rewards of an epoch.
func (k *Keeper) volumeReport(ctx context.Context, r reported) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	used := totalVolume(r.volumes)
	if !used.IsPositive() {
		return errors.New("no ozone was used up")
	}
	e, err := k.epoch(ctx, params, r.volumes, used)
	if err != nil {
		return err
	}
	p := e.pay()
	byContent, err := k.creators.Settle(ctx, r.epoch, creatormodule.Traffic{Worth: e.worth, Used: used, Nodes: p.nodes})
	if err != nil {
		return err
	}
	p.shift(byContent)
	if err := k.Market.Return(ctx, used); err != nil {
		return err
	}
	if err := k.move(ctx, e, p); err != nil {
		return err
	}
	if err := k.keepRewards(ctx, params, r.epoch, p); err != nil {
		return err
	}
	return k.keepReport(ctx, params, r, e, p)
}

// epoch works out what there is to divide.
func (k *Keeper) epoch(ctx context.Context, params pot.Params, volumes []pot.SingleWalletVolume, used math.Int) (epoch, error) {
	mined, err := k.mined.Get(ctx)
	if err != nil {
		return epoch{}, err
	}
	var m market
	if m.deposit, m.unissued, m.remaining, err = k.Market.Numbers(ctx); err != nil {
		return epoch{}, err
	}
	metas, err := k.Nodes.ActiveMetaNodes(ctx)
	if err != nil {
		return epoch{}, err
	}
	stage, reward := stageAt(params.MiningRewardParams, mined)
	worth := m.worth(used)
	return epoch{
		mining: divide(reward.ToLegacyDec(), stage), traffic: divide(worth, stage), worth: worth,
		tax: params.CommunityTax, volumes: volumes, metas: wallets(metas),
	}, nil
}

func wallets(metas []register.MetaNode) []string {
	list := make([]string, len(metas))
	for i, node := range metas {
		list[i] = node.BeneficiaryAddress
	}
	return list
}

// move pays: validators through the fees that they share, nodes into the pool
// where rewards wait, the tax to the community. The order of the transfers is
// that of the real chain.
func (k *Keeper) move(ctx context.Context, e epoch, p payout) error {
	for _, transfer := range []struct {
		from, to string
		amount   math.Int
	}{
		{pot.FoundationAccount, authtypes.FeeCollectorName, e.mining.validators},
		{sds.PrepayAccount, authtypes.FeeCollectorName, e.traffic.validators},
		{pot.FoundationAccount, pot.RewardPool, p.mining},
		{sds.PrepayAccount, pot.RewardPool, p.traffic},
	} {
		if !transfer.amount.IsPositive() {
			continue
		}
		coins, err := k.coins(ctx, transfer.amount)
		if err != nil {
			return err
		}
		if err := k.Bank.SendCoinsFromModuleToModule(ctx, transfer.from, transfer.to, coins); err != nil {
			return fmt.Errorf("pay from %s: %w", transfer.from, err)
		}
	}
	if !p.tax.IsPositive() {
		return nil
	}
	tax, err := k.coins(ctx, p.tax)
	if err != nil {
		return err
	}
	return k.Community.FundCommunityPool(ctx, tax, authtypes.NewModuleAddress(sds.PrepayAccount))
}

// keepRewards notes what each wallet will have.
func (k *Keeper) keepRewards(ctx context.Context, params pot.Params, epoch uint64, p payout) error {
	ripe := epoch + uint64(params.MatureEpoch)
	for _, wallet := range slices.Sorted(maps.Keys(p.wallets)) {
		earned := p.wallets[wallet]
		reward := pot.Reward{
			WalletAddress:         wallet,
			RewardFromMiningPool:  sdk.NewCoins(sdk.NewCoin(params.RewardDenom, earned.mining)),
			RewardFromTrafficPool: sdk.NewCoins(sdk.NewCoin(params.RewardDenom, earned.traffic)),
		}
		sum := earned.mining.Add(earned.traffic)
		if sum.IsZero() {
			continue
		}
		if err := k.rewards.Set(ctx, collections.Join(ripe, wallet), reward); err != nil {
			return err
		}
		if err := change(ctx, k.immature, wallet, sum); err != nil {
			return err
		}
	}
	return nil
}

// keepReport notes the report, and what was mined and paid.
func (k *Keeper) keepReport(ctx context.Context, params pot.Params, r reported, e epoch, p payout) error {
	mined, err := k.mined.Get(ctx)
	if err != nil {
		return err
	}
	paid := e.mining.validators.Add(p.mining)
	total := pot.TotalReward{
		MiningReward:  sdk.NewCoins(sdk.NewCoin(params.RewardDenom, paid)),
		TrafficReward: sdk.NewCoins(sdk.NewCoin(params.RewardDenom, e.traffic.validators.Add(p.traffic).Add(p.tax))),
	}
	return errors.Join(
		k.mined.Set(ctx, mined.Add(paid)),
		k.totals.Set(ctx, r.epoch, total),
		k.reports.Set(ctx, r.epoch, r.record),
		k.last.Set(ctx, r.epoch),
	)
}
