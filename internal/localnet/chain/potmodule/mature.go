package potmodule

import (
	"context"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

// maturePerBlock is how many wallets get their rewards of an epoch in a block.
const maturePerBlock = 100

// Waiting tells whether rewards are due that no block has made mature yet.
func (k *Keeper) Waiting(ctx context.Context) (bool, error) {
	last, err := k.last.Get(ctx)
	if err != nil {
		return false, err
	}
	matured, err := k.matured.Get(ctx)
	return matured < last, err
}

// EndBlock makes rewards mature, and holds the supply at its size.
func (k *Keeper) EndBlock(ctx sdk.Context) error {
	waiting, err := k.Waiting(ctx)
	if err == nil && waiting {
		err = k.ripen(ctx)
	}
	if err != nil {
		return err
	}
	return k.holdSupply(ctx)
}

// ripen makes the rewards of up to [maturePerBlock] wallets mature, the oldest
// first.
func (k *Keeper) ripen(ctx context.Context) error {
	last, err := k.last.Get(ctx)
	if err != nil {
		return err
	}
	var keys []rewardKey
	var ripe []pot.Reward
	more := false
	err = k.rewards.Walk(ctx, nil, func(key rewardKey, reward pot.Reward) (bool, error) {
		if key.K1() > last {
			return true, nil
		}
		if len(keys) == maturePerBlock {
			more = true
			return true, nil
		}
		keys, ripe = append(keys, key), append(ripe, reward)
		return false, nil
	})
	if err != nil {
		return err
	}
	slashed := math.ZeroInt()
	for i, key := range keys {
		paid, err := k.ripenOne(ctx, key, ripe[i])
		if err != nil {
			return err
		}
		slashed = slashed.Add(paid)
	}
	if err := k.collect(ctx, slashed); err != nil || more {
		return err
	}
	return k.matured.Set(ctx, last)
}

// ripenOne moves a reward to what can be withdrawn, less what the wallet owes,
// which it returns.
func (k *Keeper) ripenOne(ctx context.Context, key collections.Pair[uint64, string], reward pot.Reward) (math.Int, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return math.Int{}, err
	}
	sum := reward.RewardFromMiningPool.Add(reward.RewardFromTrafficPool...).AmountOf(params.RewardDenom)
	paid, err := k.Nodes.PayDebt(ctx, key.K2(), sum)
	if err != nil {
		return paid, err
	}
	if err := change(ctx, k.immature, key.K2(), sum.Neg()); err != nil {
		return paid, err
	}
	if err := change(ctx, k.mature, key.K2(), sum.Sub(paid)); err != nil {
		return paid, err
	}
	return paid, k.rewards.Remove(ctx, key)
}

// collect gives debts that were paid to the community.
func (k *Keeper) collect(ctx context.Context, slashed math.Int) error {
	if slashed.IsZero() {
		return nil
	}
	coins, err := k.coins(ctx, slashed)
	if err != nil {
		return err
	}
	return k.Community.FundCommunityPool(ctx, coins, authtypes.NewModuleAddress(pot.RewardPool))
}

// Owed returns what all wallets together can withdraw now and later, in wei:
// what the pool of rewards must hold.
func (k *Keeper) Owed(ctx context.Context) (math.Int, error) {
	sum := math.ZeroInt()
	for _, amounts := range []collections.Map[string, math.Int]{k.mature, k.immature} {
		err := amounts.Walk(ctx, nil, func(_ string, amount math.Int) (bool, error) {
			sum = sum.Add(amount)
			return false, nil
		})
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}
