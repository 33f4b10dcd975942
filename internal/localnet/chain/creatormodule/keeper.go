package creatormodule

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/store"
	"cosmossdk.io/math"
	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// Nodes knows the meta nodes.
type Nodes interface {
	ActiveMetaNode(ctx context.Context, node, owner string) (bool, error)
	ActiveMetaNodes(ctx context.Context) ([]register.MetaNode, error)
}

// Reports knows which epochs are closed.
type Reports interface {
	LastEpoch(ctx context.Context) (uint64, error)
}

// With are the parts of the application that the keeper works with.
type With struct {
	Nodes     Nodes
	Reports   Reports
	Authority string // an account address: who may change the settings
}

// partKey is whose reward it is, and of which epoch.
type partKey = collections.Pair[string, uint64]

// Keeper holds the state of the module.
type Keeper struct {
	With
	schema  collections.Schema
	params  collections.Item[creator.Params]
	waiting collections.Map[uint64, creator.MsgCreatorTraffic] // told, and not settled; by epoch
	records collections.Map[uint64, creator.EpochRecord]       // settled
	parts   collections.Map[partKey, creator.Part]
	totals  collections.Map[string, creator.Part] // by owner; [everybody] for all
}

// everybody is where the sum over all owners stands.
const everybody = ""

// NewKeeper returns a keeper over store.
func NewKeeper(cdc codec.BinaryCodec, store store.KVStoreService, with With) (*Keeper, error) {
	b := collections.NewSchemaBuilder(store)
	text, epoch := collections.StringKey, collections.Uint64Key
	k := &Keeper{
		With:    with,
		params:  collections.NewItem(b, collections.NewPrefix(0), "params", codec.CollValue[creator.Params](cdc)),
		waiting: collections.NewMap(b, collections.NewPrefix(1), "waiting", epoch, codec.CollValue[creator.MsgCreatorTraffic](cdc)),
		records: collections.NewMap(b, collections.NewPrefix(2), "records", epoch, codec.CollValue[creator.EpochRecord](cdc)),
		parts:   collections.NewMap(b, collections.NewPrefix(3), "parts", collections.PairKeyCodec(text, epoch), codec.CollValue[creator.Part](cdc)),
		totals:  collections.NewMap(b, collections.NewPrefix(4), "totals", text, codec.CollValue[creator.Part](cdc)),
	}
	schema, err := b.Build()
	if err != nil {
		return nil, fmt.Errorf("lay out the creator store: %w", err)
	}
	k.schema = schema
	return k, nil
}

// Empty tells whether the module has no state yet.
func (k *Keeper) Empty(ctx context.Context) (bool, error) {
	has, err := k.params.Has(ctx)
	return !has, err
}

// total is what a wallet's content, or that of everybody, earned so far.
func (k *Keeper) total(ctx context.Context, wallet string) (creator.Part, error) {
	part, err := k.totals.Get(ctx, wallet)
	if errors.Is(err, collections.ErrNotFound) {
		return creator.Part{WalletAddress: wallet, Volume: math.ZeroInt(), Amount: math.ZeroInt()}, nil
	}
	return part, err
}

func (k *Keeper) add(ctx context.Context, wallet string, part creator.Part) error {
	total, err := k.total(ctx, wallet)
	if err != nil {
		return err
	}
	total.Volume, total.Amount = total.Volume.Add(part.Volume), total.Amount.Add(part.Amount)
	return k.totals.Set(ctx, wallet, total)
}

func emit(ctx context.Context, event interface {
	Reset()
	String() string
	ProtoMessage()
},
) error {
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}
