package registermodule

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// Debt returns what a wallet owes, in wei.
func (k *Keeper) Debt(ctx context.Context, wallet string) (math.Int, error) {
	owed, err := k.debts.Get(ctx, wallet)
	if errors.Is(err, collections.ErrNotFound) {
		return math.ZeroInt(), nil
	}
	return owed, err
}

// PayDebt takes what wallet owes out of wei and returns how much that was. The
// caller moves the coins.
func (k *Keeper) PayDebt(ctx context.Context, wallet string, wei math.Int) (paid math.Int, err error) {
	owed, err := k.Debt(ctx, wallet)
	if err != nil || owed.IsZero() {
		return math.ZeroInt(), err
	}
	paid = math.MinInt(owed, wei)
	return paid, k.setDebt(ctx, wallet, owed.Sub(paid))
}

func (k *Keeper) setDebt(ctx context.Context, wallet string, owed math.Int) error {
	if owed.IsZero() {
		return k.debts.Remove(ctx, wallet)
	}
	return k.debts.Set(ctx, wallet, owed)
}

// Slash adds wei to what wallet owes and takes a node out of service, or not.
// The deposit of a node that is taken out counts no longer. It returns the kind
// of the node.
func (k *Keeper) Slash(ctx context.Context, address, wallet string, wei math.Int, suspend bool) (kind uint32, err error) {
	node, err := k.resource(ctx, address)
	if err != nil {
		return 0, err
	}
	if suspend && !node.Suspend {
		if err := k.count(ctx, node.EffectiveTokens.Neg()); err != nil {
			return 0, err
		}
		node.EffectiveTokens = math.ZeroInt()
	}
	// Only a deposit that counts puts a node back into service.
	node.Suspend = suspend || node.Status != stakingtypes.Bonded || node.EffectiveTokens.IsZero()
	owed, err := k.Debt(ctx, wallet)
	if err != nil {
		return 0, err
	}
	return node.NodeType, errors.Join(k.resources.Set(ctx, address, node), k.setDebt(ctx, wallet, owed.Add(wei)))
}

// checkReporters refuses a message unless each of owners, who signed it, owns
// the meta node in service with the same place in nodes.
func (k *Keeper) checkReporters(ctx context.Context, nodes, owners []string) error {
	for i, node := range nodes {
		ok, err := k.ActiveMetaNode(ctx, node, owners[i])
		if err != nil {
			return err
		}
		if !ok {
			return register.ErrReporterOrOwner
		}
	}
	return nil
}
