package registermodule

import (
	"context"
	"time"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// createResource registers a node with its deposit. It is bonded at once but
// suspended, and its deposit does not count before meta nodes say so.
func (k *Keeper) createResource(ctx sdk.Context, msg *register.MsgCreateResourceNode) error {
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
	if msg.Value.IsLT(params.ResourceNodeMinDeposit) {
		return register.ErrInsufficientDeposit
	}
	// The coins take the way over the other pool, as on the real chain.
	if err := k.takeDeposit(ctx, msg.OwnerAddress, register.ResourceNotBondedPool, msg.Value); err != nil {
		return err
	}
	err = k.bank.SendCoinsFromModuleToModule(ctx, register.ResourceNotBondedPool, register.ResourceBondedPool, sdk.NewCoins(msg.Value))
	if err != nil {
		return err
	}
	return k.resources.Set(ctx, msg.NetworkAddress, register.ResourceNode{
		NetworkAddress: msg.NetworkAddress, Pubkey: msg.Pubkey, Suspend: true, Status: stakingtypes.Bonded,
		Tokens: msg.Value.Amount, OwnerAddress: msg.OwnerAddress, Description: msg.Description,
		CreationTime: ctx.BlockTime(), NodeType: msg.NodeType, EffectiveTokens: math.ZeroInt(),
		BeneficiaryAddress: beneficiary(msg.BeneficiaryAddress, msg.OwnerAddress),
	})
}

// beneficiary is who gets the rewards: the owner if nobody else is named.
func beneficiary(named, owner string) string {
	if named == "" {
		return owner
	}
	return named
}

func (k *Keeper) takeDeposit(ctx context.Context, owner, pool string, deposit sdk.Coin) error {
	from, err := address(owner)
	if err != nil {
		return err
	}
	if k.bank.GetBalance(ctx, from, deposit.Denom).IsLT(deposit) {
		return register.ErrInsufficientBalance
	}
	return k.bank.SendCoinsFromAccountToModule(ctx, from, pool, sdk.NewCoins(deposit))
}

// ownResource returns a node that owner owns.
func (k *Keeper) ownResource(ctx context.Context, node, owner string) (register.ResourceNode, error) {
	found, err := k.resource(ctx, node)
	if err == nil && found.OwnerAddress != owner {
		err = register.ErrInvalidOwnerAddr
	}
	return found, err
}

func (k *Keeper) updateResource(ctx context.Context, msg *register.MsgUpdateResourceNode) error {
	node, err := k.ownResource(ctx, msg.NetworkAddress, msg.OwnerAddress)
	if err != nil {
		return err
	}
	node.Description, node.NodeType = msg.Description, msg.NodeType
	if msg.BeneficiaryAddress != "" {
		node.BeneficiaryAddress = msg.BeneficiaryAddress
	}
	return k.resources.Set(ctx, msg.NetworkAddress, node)
}

// addToResource adds to a deposit and returns what it was before. What is added
// does not count before meta nodes say so.
func (k *Keeper) addToResource(ctx context.Context, msg *register.MsgUpdateResourceNodeDeposit) (before math.Int, err error) {
	node, err := k.ownResource(ctx, msg.NetworkAddress, msg.OwnerAddress)
	if err != nil {
		return before, err
	}
	if node.Status != stakingtypes.Bonded {
		return before, register.ErrUnbondingNode
	}
	zero, err := k.coin(ctx, math.ZeroInt())
	if err != nil {
		return before, err
	}
	if msg.DepositDelta.Denom != zero.Denom {
		return before, register.ErrBadDenom
	}
	if err := k.takeDeposit(ctx, msg.OwnerAddress, register.ResourceBondedPool, msg.DepositDelta); err != nil {
		return before, err
	}
	before = node.Tokens
	node.Tokens = node.Tokens.Add(msg.DepositDelta.Amount)
	return before, k.resources.Set(ctx, msg.NetworkAddress, node)
}

// setEffective makes a part of a deposit count and puts the node into service.
// It tells whether the node was suspended before.
func (k *Keeper) setEffective(ctx context.Context, address string, after math.Int) (wasSuspended bool, err error) {
	node, err := k.resource(ctx, address)
	if err != nil {
		return false, err
	}
	if node.Status != stakingtypes.Bonded {
		return false, register.ErrUnbondingNode
	}
	if node.Tokens.LT(after) {
		return false, register.ErrInsufficientBalance
	}
	if err := k.count(ctx, after.Sub(node.EffectiveTokens)); err != nil {
		return false, err
	}
	wasSuspended = node.Suspend
	node.EffectiveTokens, node.Suspend = after, false
	return wasSuspended, k.resources.Set(ctx, address, node)
}

// count tells the market by how much the effective deposit changes.
func (k *Keeper) count(ctx context.Context, change math.Int) (err error) {
	switch {
	case change.IsPositive():
		_, err = k.market.AddDeposit(ctx, change)
	case change.IsNegative():
		_, err = k.market.SubtractDeposit(ctx, change.Neg())
	}
	if err != nil {
		return register.ErrInsufficientBalance.Wrap(err.Error())
	}
	return nil
}

// removeResource starts the return of a deposit, which counts no longer.
func (k *Keeper) removeResource(ctx sdk.Context, msg *register.MsgRemoveResourceNode) (back math.Int, at time.Time, err error) {
	node, err := k.ownResource(ctx, msg.ResourceNodeAddress, msg.OwnerAddress)
	if err != nil {
		return back, at, err
	}
	if node.Status != stakingtypes.Bonded {
		return back, at, register.ErrInvalidNodeStat
	}
	if err := k.count(ctx, node.EffectiveTokens.Neg()); err != nil {
		return back, at, err
	}
	if err := k.moveDeposit(ctx, register.ResourceBondedPool, register.ResourceNotBondedPool, node.Tokens); err != nil {
		return back, at, err
	}
	at, err = k.startUnbonding(ctx, unbond{node: node.NetworkAddress, tokens: node.Tokens, created: node.CreationTime, bonded: true})
	if err != nil {
		return back, at, err
	}
	node.Status, node.Suspend, node.EffectiveTokens = stakingtypes.Unbonding, true, math.ZeroInt()
	return node.Tokens, at, k.resources.Set(ctx, node.NetworkAddress, node)
}

func (k *Keeper) moveDeposit(ctx context.Context, from, to string, amount math.Int) error {
	coin, err := k.coin(ctx, amount)
	if err != nil {
		return err
	}
	return k.bank.SendCoinsFromModuleToModule(ctx, from, to, sdk.NewCoins(coin))
}
