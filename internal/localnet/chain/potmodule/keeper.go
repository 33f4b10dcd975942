package potmodule

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/store"
	"cosmossdk.io/math"
	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain/creatormodule"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// Bank is what the keeper needs to move and count coins.
type Bank interface {
	GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
	GetSupply(ctx context.Context, denom string) sdk.Coin
	MintCoins(ctx context.Context, module string, amount sdk.Coins) error
	BurnCoins(ctx context.Context, module string, amount sdk.Coins) error
	SendCoinsFromAccountToModule(ctx context.Context, from sdk.AccAddress, module string, amount sdk.Coins) error
	SendCoinsFromModuleToAccount(ctx context.Context, module string, to sdk.AccAddress, amount sdk.Coins) error
	SendCoinsFromModuleToModule(ctx context.Context, from, to string, amount sdk.Coins) error
}

// Community holds the community pool.
type Community interface {
	FundCommunityPool(ctx context.Context, amount sdk.Coins, from sdk.AccAddress) error
	// Pool and SetPool read and write how much of the coins of the
	// distribution module belongs to the community.
	Pool(ctx context.Context) (distributiontypes.FeePool, error)
	SetPool(ctx context.Context, pool distributiontypes.FeePool) error
}

// Market knows the price of ozone.
type Market interface {
	// Numbers returns the effective deposit and the unissued prepay in wei and
	// the ozone left in noz.
	Numbers(ctx context.Context) (deposit, unissued, remaining math.Int, err error)
	// Return gives ozone that was used up back to the market.
	Return(ctx context.Context, noz math.Int) error
}

// Nodes knows the nodes and what their owners owe.
type Nodes interface {
	ActiveMetaNode(ctx context.Context, node, owner string) (bool, error)
	ActiveMetaNodes(ctx context.Context) ([]register.MetaNode, error)
	Debt(ctx context.Context, wallet string) (math.Int, error)
	PayDebt(ctx context.Context, wallet string, wei math.Int) (paid math.Int, err error)
	Slash(ctx context.Context, node, wallet string, wei math.Int, suspend bool) (kind uint32, err error)
}

// Staking says how much is staked, for the metrics.
type Staking interface {
	TotalBondedTokens(ctx context.Context) (math.Int, error)
}

// Creators pays owners of content out of what the nodes earn that served it.
type Creators interface {
	// Settle returns by how many wei the reward of each wallet changes, in sum
	// nothing.
	Settle(ctx context.Context, epoch uint64, t creatormodule.Traffic) (map[string]math.Int, error)
}

// With are the parts of the application that the keeper works with.
type With struct {
	Bank      Bank
	Community Community
	Market    Market
	Nodes     Nodes
	Staking   Staking
	Authority string // an account address: who may change the settings
}

// rewardKey is when a reward matures, and whose it is.
type rewardKey = collections.Pair[uint64, string]

// Keeper holds the state of the module.
type Keeper struct {
	With
	creators Creators
	schema   collections.Schema
	params   collections.Item[pot.Params]
	mined    collections.Item[math.Int] // wei
	last     collections.Item[uint64]   // epoch of the last report
	matured  collections.Item[uint64]   // rewards up to this epoch are mature

	rewards  collections.Map[rewardKey, pot.Reward] // immature, one for each wallet and epoch
	immature collections.Map[string, math.Int]      // wei, by wallet
	mature   collections.Map[string, math.Int]
	reports  collections.Map[uint64, pot.VolumeReportRecord] // by epoch
	totals   collections.Map[uint64, pot.TotalReward]
}

// NewKeeper returns a keeper over store.
func NewKeeper(cdc codec.BinaryCodec, store store.KVStoreService, with With) (*Keeper, error) {
	b := collections.NewSchemaBuilder(store)
	text, epoch := collections.StringKey, collections.Uint64Key
	k := &Keeper{
		With:     with,
		params:   collections.NewItem(b, collections.NewPrefix(0), "params", codec.CollValue[pot.Params](cdc)),
		mined:    collections.NewItem(b, collections.NewPrefix(1), "mined", sdk.IntValue),
		last:     collections.NewItem(b, collections.NewPrefix(2), "last_epoch", collections.Uint64Value),
		matured:  collections.NewItem(b, collections.NewPrefix(3), "matured_epoch", collections.Uint64Value),
		rewards:  collections.NewMap(b, collections.NewPrefix(4), "rewards", collections.PairKeyCodec(epoch, text), codec.CollValue[pot.Reward](cdc)),
		immature: collections.NewMap(b, collections.NewPrefix(5), "immature", text, sdk.IntValue),
		mature:   collections.NewMap(b, collections.NewPrefix(6), "mature", text, sdk.IntValue),
		reports:  collections.NewMap(b, collections.NewPrefix(7), "reports", epoch, codec.CollValue[pot.VolumeReportRecord](cdc)),
		totals:   collections.NewMap(b, collections.NewPrefix(8), "totals", epoch, codec.CollValue[pot.TotalReward](cdc)),
	}
	schema, err := b.Build()
	if err != nil {
		return nil, fmt.Errorf("lay out the pot store: %w", err)
	}
	k.schema = schema
	return k, nil
}

// SetCreators joins the module that pays owners of content. It is called once,
// before the first block.
func (k *Keeper) SetCreators(c Creators) { k.creators = c }

// LastEpoch is the epoch of the last volume report, 0 before the first.
func (k *Keeper) LastEpoch(ctx context.Context) (uint64, error) { return k.last.Get(ctx) }

// amountOf is an entry of a map of amounts, zero when there is none.
func amountOf(ctx context.Context, m collections.Map[string, math.Int], wallet string) (math.Int, error) {
	amount, err := m.Get(ctx, wallet)
	if errors.Is(err, collections.ErrNotFound) {
		return math.ZeroInt(), nil
	}
	return amount, err
}

// change adds delta to an entry and removes one that comes to zero.
func change(ctx context.Context, m collections.Map[string, math.Int], wallet string, delta math.Int) error {
	amount, err := amountOf(ctx, m, wallet)
	if err != nil {
		return err
	}
	amount = amount.Add(delta)
	if amount.IsNegative() {
		return fmt.Errorf("the rewards of %s would be negative", wallet)
	}
	if amount.IsZero() {
		return m.Remove(ctx, wallet)
	}
	return m.Set(ctx, wallet, amount)
}

// coins is an amount in the coin of rewards.
func (k *Keeper) coins(ctx context.Context, amount math.Int) (sdk.Coins, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	return sdk.NewCoins(sdk.NewCoin(params.RewardDenom, amount)), nil
}
