package potmodule

import (
	"context"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

// supplyEvery is in how many blocks the supply is looked at once.
const supplyEvery = 10_000

// SupplyDue tells whether the block at height looks at the supply.
func SupplyDue(height int64) bool { return height%supplyEvery == 1 }

// holdSupply makes coins that are missing for the community, and takes coins
// that are too many from it as far as it has them.
func (k *Keeper) holdSupply(ctx sdk.Context) error {
	if !SupplyDue(ctx.BlockHeight()) {
		return nil
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	missing := params.InitialTotalSupply.Amount.Sub(k.Bank.GetSupply(ctx, params.BondDenom).Amount)
	switch {
	case missing.IsPositive():
		return k.mint(ctx, sdk.NewCoins(sdk.NewCoin(params.BondDenom, missing)))
	case missing.IsNegative():
		return k.burn(ctx, params.BondDenom, missing.Neg())
	}
	return nil
}

func (k *Keeper) mint(ctx context.Context, coins sdk.Coins) error {
	if err := k.Bank.MintCoins(ctx, pot.ModuleName, coins); err != nil {
		return err
	}
	return k.Community.FundCommunityPool(ctx, coins, authtypes.NewModuleAddress(pot.ModuleName))
}

func (k *Keeper) burn(ctx context.Context, denom string, excess math.Int) error {
	pool, err := k.Community.Pool(ctx)
	if err != nil {
		return err
	}
	amount := math.MinInt(excess, pool.CommunityPool.AmountOf(denom).TruncateInt())
	if !amount.IsPositive() {
		return nil
	}
	coins := sdk.NewCoins(sdk.NewCoin(denom, amount))
	pool.CommunityPool = pool.CommunityPool.Sub(sdk.NewDecCoinsFromCoins(coins...))
	if err := k.Community.SetPool(ctx, pool); err != nil {
		return err
	}
	if err := k.Bank.SendCoinsFromModuleToModule(ctx, distributiontypes.ModuleName, pot.ModuleName, coins); err != nil {
		return err
	}
	return k.Bank.BurnCoins(ctx, pot.ModuleName, coins)
}
