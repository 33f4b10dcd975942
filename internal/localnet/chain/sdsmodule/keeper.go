package sdsmodule

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/store"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// Bank is what the keeper needs to move and count coins.
type Bank interface {
	GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
	SendCoinsFromAccountToModule(ctx context.Context, from sdk.AccAddress, module string, amount sdk.Coins) error
}

// Nodes knows the meta nodes.
type Nodes interface {
	// ActiveMetaNode tells whether node is a meta node in service that owner
	// owns.
	ActiveMetaNode(ctx context.Context, node, owner string) (bool, error)
	// MetaNodeIndex returns the place of a meta node in service among all such
	// nodes, ordered by address.
	MetaNodeIndex(ctx context.Context, node string) (int, error)
}

// Keeper holds the state of the module.
type Keeper struct {
	bank      Bank
	nodes     Nodes
	authority string // who may change the settings
	schema    collections.Schema
	params    collections.Item[sds.Params]
	deposit   collections.Item[math.Int] // wei
	remaining collections.Item[math.Int] // noz
	files     collections.Map[string, sds.FileInfo]
}

// NewKeeper returns a keeper over store. Only authority, an account address,
// may change the settings.
func NewKeeper(cdc codec.BinaryCodec, store store.KVStoreService, bank Bank, authority string) (*Keeper, error) {
	b := collections.NewSchemaBuilder(store)
	k := &Keeper{
		bank:      bank,
		authority: authority,
		params:    collections.NewItem(b, collections.NewPrefix(0), "params", codec.CollValue[sds.Params](cdc)),
		deposit:   collections.NewItem(b, collections.NewPrefix(1), "effective_deposit", sdk.IntValue),
		remaining: collections.NewItem(b, collections.NewPrefix(2), "remaining_noz", sdk.IntValue),
		files:     collections.NewMap(b, collections.NewPrefix(3), "files", collections.StringKey, codec.CollValue[sds.FileInfo](cdc)),
	}
	schema, err := b.Build()
	if err != nil {
		return nil, fmt.Errorf("lay out the sds store: %w", err)
	}
	k.schema = schema
	return k, nil
}

// SetNodes gives the keeper who knows the meta nodes. Until then nobody may
// report files.
func (k *Keeper) SetNodes(nodes Nodes) { k.nodes = nodes }

// Market returns the three numbers that set the price.
func (k *Keeper) Market(ctx context.Context) (Market, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return Market{}, err
	}
	deposit, err := k.deposit.Get(ctx)
	if err != nil {
		return Market{}, err
	}
	remaining, err := k.remaining.Get(ctx)
	if err != nil {
		return Market{}, err
	}
	held := k.bank.GetBalance(ctx, authtypes.NewModuleAddress(sds.PrepayAccount), params.BondDenom)
	return Market{Deposit: deposit, Unissued: held.Amount, Remaining: remaining}, nil
}

// Prepay takes coins from sender and returns the ozone that they bought, in
// noz. Every failure is [sds.ErrPrepay] with its cause in the text.
func (k *Keeper) Prepay(ctx context.Context, sender sdk.AccAddress, coins sdk.Coins) (math.Int, error) {
	bought, err := k.prepay(ctx, sender, coins)
	if err != nil {
		return math.Int{}, errorsmod.Wrap(sds.ErrPrepay, err.Error())
	}
	return bought, nil
}

func (k *Keeper) prepay(ctx context.Context, sender sdk.AccAddress, coins sdk.Coins) (math.Int, error) {
	bought, remaining, err := k.quote(ctx, coins)
	if err != nil {
		return math.Int{}, err
	}
	if err := k.bank.SendCoinsFromAccountToModule(ctx, sender, sds.PrepayAccount, coins); err != nil {
		return math.Int{}, err
	}
	return bought, k.remaining.Set(ctx, remaining)
}

// quote says what coins would buy now and what would remain.
func (k *Keeper) quote(ctx context.Context, coins sdk.Coins) (bought, remaining math.Int, err error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return bought, remaining, err
	}
	market, err := k.Market(ctx)
	if err != nil {
		return bought, remaining, err
	}
	bought, err = market.Buy(coins.AmountOf(params.BondDenom))
	if err != nil {
		return bought, remaining, err
	}
	return bought, market.Remaining.Sub(bought), nil
}

// InitGenesis writes the state before the first block.
func (k *Keeper) InitGenesis(ctx context.Context, state *sds.GenesisState) error {
	err := errors.Join(
		k.params.Set(ctx, state.Params),
		k.deposit.Set(ctx, state.EffectiveDeposit),
		k.remaining.Set(ctx, state.RemainingNoz),
	)
	for _, f := range state.Files {
		err = errors.Join(err, k.files.Set(ctx, f.FileHash, f.FileInfo))
	}
	return err
}

// ExportGenesis reads the whole state.
func (k *Keeper) ExportGenesis(ctx context.Context) (*sds.GenesisState, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	market, err := k.Market(ctx)
	if err != nil {
		return nil, err
	}
	state := &sds.GenesisState{Params: params, EffectiveDeposit: market.Deposit, RemainingNoz: market.Remaining}
	err = k.files.Walk(ctx, nil, func(id string, info sds.FileInfo) (bool, error) {
		state.Files = append(state.Files, sds.GenesisFileInfo{FileHash: id, FileInfo: info})
		return false, nil
	})
	return state, err
}
