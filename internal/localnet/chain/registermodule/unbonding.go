package registermodule

import (
	"context"
	"errors"
	"time"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/gogoproto/proto"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// unbond is a deposit that starts on its way back.
type unbond struct {
	node    string
	meta    bool
	tokens  math.Int
	created time.Time // the node
	bonded  bool      // it was in service
}

// startUnbonding queues a deposit and returns when it will be back: a period
// after now, or after the least age of a node if that is later. A node that was
// never in service has no least age.
func (k *Keeper) startUnbonding(ctx sdk.Context, u unbond) (time.Time, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return time.Time{}, err
	}
	from := ctx.BlockTime()
	if old := u.created.Add(params.UnbondingThreasholdTime); u.bonded && old.After(from) {
		from = old
	}
	at := from.Add(params.UnbondingCompletionTime)
	entry := &register.UnbondingNodeEntry{
		CreationHeight: ctx.BlockHeight(), CompletionTime: at, InitialBalance: u.tokens, Balance: u.tokens,
	}
	err = k.unbonding.Set(ctx, u.node, register.UnbondingNode{
		NetworkAddr: u.node, IsMetaNode: u.meta, Entries: []*register.UnbondingNodeEntry{entry},
	})
	if err != nil {
		return at, err
	}
	return at, k.queue.Set(ctx, dueAt(at, u.node))
}

// NextDue returns when the next deposit is back, nil when none is on its way.
func (k *Keeper) NextDue(ctx context.Context) (*time.Time, error) {
	iterator, err := k.queue.Iterate(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer iterator.Close()
	if !iterator.Valid() {
		return nil, nil
	}
	key, err := iterator.Key()
	at := timeOf(key)
	return &at, err
}

// EndBlock gives back the deposits that have fallen due.
func (k *Keeper) EndBlock(ctx sdk.Context) error {
	var ready []due
	err := k.queue.Walk(ctx, nil, func(key due) (bool, error) {
		if timeOf(key).After(ctx.BlockTime()) {
			return true, nil
		}
		ready = append(ready, key)
		return false, nil
	})
	if err != nil {
		return err
	}
	for _, key := range ready {
		if err := errors.Join(k.queue.Remove(ctx, key), k.completeUnbonding(ctx, key.K2())); err != nil {
			return err
		}
	}
	return nil
}

// completeUnbonding gives a deposit back to the owner, less what he owes, and
// forgets the node.
func (k *Keeper) completeUnbonding(ctx sdk.Context, node string) error {
	record, err := k.unbonding.Get(ctx, node)
	if err != nil {
		return err
	}
	owner, tokens, pool, err := k.forget(ctx, node, record.IsMetaNode)
	if err != nil {
		return err
	}
	if err := k.giveBack(ctx, owner, pool, tokens); err != nil {
		return err
	}
	coin, err := k.coin(ctx, tokens)
	if err != nil {
		return err
	}
	var event proto.Message = &register.EventCompleteUnBondingResourceNode{Amount: coin.String(), NetworkAddress: node}
	if record.IsMetaNode {
		event = &register.EventCompleteUnBondingMetaNode{Amount: coin.String(), NetworkAddress: node}
	}
	return ctx.EventManager().EmitTypedEvent(event)
}

// forget removes everything about a node and returns where its deposit lies.
func (k *Keeper) forget(ctx context.Context, node string, isMeta bool) (owner string, tokens math.Int, pool string, err error) {
	if err := k.unbonding.Remove(ctx, node); err != nil {
		return "", tokens, "", err
	}
	if isMeta {
		found, err := k.meta(ctx, node)
		err = errors.Join(err, k.metas.Remove(ctx, node), k.votes.Remove(ctx, node), k.kicks.Remove(ctx, node))
		return found.OwnerAddress, found.Tokens, register.MetaNotBondedPool, err
	}
	found, err := k.resource(ctx, node)
	return found.OwnerAddress, found.Tokens, register.ResourceNotBondedPool, errors.Join(err, k.resources.Remove(ctx, node))
}

func (k *Keeper) giveBack(ctx context.Context, owner, pool string, tokens math.Int) error {
	paid, err := k.PayDebt(ctx, owner, tokens)
	if err != nil {
		return err
	}
	debt, err := k.coin(ctx, paid)
	if err != nil {
		return err
	}
	to, err := address(owner)
	if err != nil {
		return err
	}
	rest := sdk.NewCoins(sdk.NewCoin(debt.Denom, tokens.Sub(paid)))
	if !rest.Empty() {
		if err := k.bank.SendCoinsFromModuleToAccount(ctx, pool, to, rest); err != nil {
			return err
		}
	}
	if debt.IsZero() {
		return nil
	}
	return k.community.FundCommunityPool(ctx, sdk.NewCoins(debt), authtypes.NewModuleAddress(pool))
}
