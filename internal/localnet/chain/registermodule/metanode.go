package registermodule

import (
	"context"
	"time"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// createMeta registers a meta node with its deposit and opens the vote on it.
func (k *Keeper) createMeta(ctx sdk.Context, msg *register.MsgCreateMetaNode) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	if err := k.taken(ctx, msg.NetworkAddress); err != nil {
		return err
	}
	if msg.Value.Denom != params.BondDenom {
		return register.ErrBadDenom
	}
	if err := k.takeDeposit(ctx, msg.OwnerAddress, register.MetaNotBondedPool, msg.Value); err != nil {
		return err
	}
	err = k.votes.Set(ctx, msg.NetworkAddress, register.MetaNodeRegistrationVotePool{
		NetworkAddress: msg.NetworkAddress, ExpireTime: ctx.BlockTime().Add(params.VotingPeriod),
	})
	if err != nil {
		return err
	}
	return k.metas.Set(ctx, msg.NetworkAddress, register.MetaNode{
		NetworkAddress: msg.NetworkAddress, Pubkey: msg.Pubkey, Suspend: true, Status: stakingtypes.Unbonded,
		Tokens: msg.Value.Amount, OwnerAddress: msg.OwnerAddress, Description: msg.Description,
		CreationTime: ctx.BlockTime(), BeneficiaryAddress: beneficiary(msg.BeneficiaryAddress, msg.OwnerAddress),
	})
}

// ownMeta returns a meta node that owner owns.
func (k *Keeper) ownMeta(ctx context.Context, node, owner string) (register.MetaNode, error) {
	found, err := k.meta(ctx, node)
	if err == nil && found.OwnerAddress != owner {
		err = register.ErrInvalidOwnerAddr
	}
	return found, err
}

func (k *Keeper) updateMeta(ctx context.Context, msg *register.MsgUpdateMetaNode) error {
	node, err := k.ownMeta(ctx, msg.NetworkAddress, msg.OwnerAddress)
	if err != nil {
		return err
	}
	node.Description = msg.Description
	if msg.BeneficiaryAddress != "" {
		node.BeneficiaryAddress = msg.BeneficiaryAddress
	}
	return k.metas.Set(ctx, msg.NetworkAddress, node)
}

// addToMeta adds to a deposit, which counts at once when the node is in
// service. It returns what the deposit was before and the ozone that it added.
func (k *Keeper) addToMeta(ctx context.Context, msg *register.MsgUpdateMetaNodeDeposit) (before, noz math.Int, err error) {
	noz = math.ZeroInt()
	node, err := k.ownMeta(ctx, msg.NetworkAddress, msg.OwnerAddress)
	if err != nil {
		return before, noz, err
	}
	pool := register.MetaBondedPool
	switch node.Status {
	case stakingtypes.Unbonding:
		return before, noz, register.ErrUnbondingNode
	case stakingtypes.Unbonded:
		pool = register.MetaNotBondedPool
	}
	zero, err := k.coin(ctx, math.ZeroInt())
	if err != nil {
		return before, noz, err
	}
	if msg.DepositDelta.Denom != zero.Denom {
		return before, noz, register.ErrBadDenom
	}
	if err := k.takeDeposit(ctx, msg.OwnerAddress, pool, msg.DepositDelta); err != nil {
		return before, noz, err
	}
	if active(node) {
		if noz, err = k.market.AddDeposit(ctx, msg.DepositDelta.Amount); err != nil {
			return before, noz, err
		}
	}
	before = node.Tokens
	node.Tokens = node.Tokens.Add(msg.DepositDelta.Amount)
	return before, noz, k.metas.Set(ctx, msg.NetworkAddress, node)
}

// leaving says what the removal of a meta node does.
type leaving struct {
	deposit, noz math.Int
	at           time.Time
}

// removeMeta starts the return of a deposit. A node in service stops to count,
// which fails while its ozone is sold; one that was never voted in just leaves.
func (k *Keeper) removeMeta(ctx sdk.Context, address, owner string) (leaving, error) {
	out := leaving{noz: math.ZeroInt()}
	node, err := k.ownMeta(ctx, address, owner)
	if err != nil {
		return out, err
	}
	bonded := node.Status == stakingtypes.Bonded
	switch {
	case node.Status == stakingtypes.Unbonding:
		return out, register.ErrInvalidNodeStat
	case bonded:
		if out.noz, err = k.market.SubtractDeposit(ctx, node.Tokens); err != nil {
			return out, register.ErrInsufficientBalance.Wrap(err.Error())
		}
		if err := k.moveDeposit(ctx, register.MetaBondedPool, register.MetaNotBondedPool, node.Tokens); err != nil {
			return out, err
		}
	}
	out.deposit = node.Tokens
	out.at, err = k.startUnbonding(ctx, unbond{
		node: address, meta: true, tokens: node.Tokens, created: node.CreationTime, bonded: bonded,
	})
	if err != nil {
		return out, err
	}
	node.Status, node.Suspend = stakingtypes.Unbonding, true
	if err := k.votes.Remove(ctx, address); err != nil {
		return out, err
	}
	return out, k.metas.Set(ctx, address, node)
}
