package registermodule

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/store"
	"cosmossdk.io/math"
	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// Bank is what the keeper needs to move and count coins.
type Bank interface {
	GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
	SendCoinsFromAccountToModule(ctx context.Context, from sdk.AccAddress, module string, amount sdk.Coins) error
	SendCoinsFromModuleToAccount(ctx context.Context, module string, to sdk.AccAddress, amount sdk.Coins) error
	SendCoinsFromModuleToModule(ctx context.Context, from, to string, amount sdk.Coins) error
}

// CommunityPool takes what owners of nodes owe.
type CommunityPool interface {
	FundCommunityPool(ctx context.Context, amount sdk.Coins, from sdk.AccAddress) error
}

// Market sells the ozone that deposits stand for.
type Market interface {
	AddDeposit(ctx context.Context, wei math.Int) (noz math.Int, err error)
	SubtractDeposit(ctx context.Context, wei math.Int) (noz math.Int, err error)
	RemainingNoz(ctx context.Context) (math.Int, error)
}

// due is the key of a queue that is ordered by time: unix nanoseconds and a
// node address.
type due = collections.Pair[uint64, string]

func dueAt(at time.Time, node string) due { return collections.Join(uint64(at.UnixNano()), node) }

func timeOf(key due) time.Time { return time.Unix(0, int64(key.K1())).UTC() }

// Keeper holds the state of the module.
type Keeper struct {
	bank      Bank
	community CommunityPool
	market    Market
	authority string // who may change the settings
	schema    collections.Schema
	params    collections.Item[register.Params]
	resources collections.Map[string, register.ResourceNode] // by node address, as the others
	metas     collections.Map[string, register.MetaNode]
	votes     collections.Map[string, register.MetaNodeRegistrationVotePool]
	kicks     collections.Map[string, register.KickMetaNodeVotePool]
	unbonding collections.Map[string, register.UnbondingNode]
	queue     collections.KeySet[due]           // deposits on their way back
	debts     collections.Map[string, math.Int] // wei, by account address
}

// NewKeeper returns a keeper over store. Only authority, an account address,
// may change the settings.
func NewKeeper(cdc codec.BinaryCodec, store store.KVStoreService, bank Bank, community CommunityPool, market Market, authority string) (*Keeper, error) {
	b := collections.NewSchemaBuilder(store)
	text := collections.StringKey
	k := &Keeper{
		bank: bank, community: community, market: market, authority: authority,
		params:    collections.NewItem(b, collections.NewPrefix(0), "params", codec.CollValue[register.Params](cdc)),
		resources: collections.NewMap(b, collections.NewPrefix(1), "resource_nodes", text, codec.CollValue[register.ResourceNode](cdc)),
		metas:     collections.NewMap(b, collections.NewPrefix(2), "meta_nodes", text, codec.CollValue[register.MetaNode](cdc)),
		votes:     collections.NewMap(b, collections.NewPrefix(3), "votes", text, codec.CollValue[register.MetaNodeRegistrationVotePool](cdc)),
		kicks:     collections.NewMap(b, collections.NewPrefix(4), "kicks", text, codec.CollValue[register.KickMetaNodeVotePool](cdc)),
		unbonding: collections.NewMap(b, collections.NewPrefix(5), "unbonding", text, codec.CollValue[register.UnbondingNode](cdc)),
		queue: collections.NewKeySet(b, collections.NewPrefix(6), "unbonding_queue",
			collections.PairKeyCodec(collections.Uint64Key, text)),
		debts: collections.NewMap(b, collections.NewPrefix(7), "slashing", text, sdk.IntValue),
	}
	schema, err := b.Build()
	if err != nil {
		return nil, fmt.Errorf("lay out the register store: %w", err)
	}
	k.schema = schema
	return k, nil
}

// Empty tells whether the module was never given a first state.
func (k *Keeper) Empty(ctx context.Context) (bool, error) {
	has, err := k.params.Has(ctx)
	return !has, err
}

// coin is an amount of deposit.
func (k *Keeper) coin(ctx context.Context, amount math.Int) (sdk.Coin, error) {
	params, err := k.params.Get(ctx)
	return sdk.NewCoin(params.BondDenom, amount), err
}

func (k *Keeper) resource(ctx context.Context, node string) (register.ResourceNode, error) {
	found, err := k.resources.Get(ctx, node)
	if errors.Is(err, collections.ErrNotFound) {
		return found, register.ErrNoResourceNode
	}
	return found, err
}

func (k *Keeper) meta(ctx context.Context, node string) (register.MetaNode, error) {
	found, err := k.metas.Get(ctx, node)
	if errors.Is(err, collections.ErrNotFound) {
		return found, register.ErrNoMetaNode
	}
	return found, err
}

// taken tells whether a node of either kind has the address.
func (k *Keeper) taken(ctx context.Context, node string) error {
	if has, err := k.resources.Has(ctx, node); err != nil || has {
		return errors.Join(err, register.ErrResourceNodeExists)
	}
	if has, err := k.metas.Has(ctx, node); err != nil || has {
		return errors.Join(err, register.ErrMetaNodeExists)
	}
	return nil
}

func active(node register.MetaNode) bool {
	return node.Status == stakingtypes.Bonded && !node.Suspend
}

// ActiveMetaNode tells whether node is a meta node in service that owner owns.
func (k *Keeper) ActiveMetaNode(ctx context.Context, node, owner string) (bool, error) {
	found, err := k.meta(ctx, node)
	if errors.Is(err, register.ErrNoMetaNode) {
		return false, nil
	}
	return active(found) && found.OwnerAddress == owner, err
}

// ActiveMetaNodes returns the meta nodes in service, ordered by address.
func (k *Keeper) ActiveMetaNodes(ctx context.Context) ([]register.MetaNode, error) {
	var all []register.MetaNode
	err := k.metas.Walk(ctx, nil, func(_ string, node register.MetaNode) (bool, error) {
		if active(node) {
			all = append(all, node)
		}
		return false, nil
	})
	return all, err
}

// MetaNodeIndex returns the place of node among [Keeper.ActiveMetaNodes].
func (k *Keeper) MetaNodeIndex(ctx context.Context, node string) (int, error) {
	all, err := k.ActiveMetaNodes(ctx)
	if err != nil {
		return 0, err
	}
	for i, one := range all {
		if one.NetworkAddress == node {
			return i, nil
		}
	}
	return 0, register.ErrNoMetaNode
}

// address reads an account address of the state or of a checked message.
func address(text string) (sdk.AccAddress, error) { return sdk.AccAddressFromBech32(text) }
