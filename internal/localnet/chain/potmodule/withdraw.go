package potmodule

import (
	"context"
	"errors"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

// withdraw pays mature rewards of wallet to target.
func (k *Keeper) withdraw(ctx context.Context, msg *pot.MsgWithdraw) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	mature, err := amountOf(ctx, k.mature, msg.WalletAddress)
	if err != nil {
		return err
	}
	if !sdk.NewCoins(sdk.NewCoin(params.RewardDenom, mature)).IsAllGTE(msg.Amount) {
		return pot.ErrInsufficientMatureTotal
	}
	to, err := sdk.AccAddressFromBech32(msg.TargetAddress)
	if err != nil {
		return err
	}
	if err := k.Bank.SendCoinsFromModuleToAccount(ctx, pot.RewardPool, to, msg.Amount); err != nil {
		return err
	}
	return change(ctx, k.mature, msg.WalletAddress, msg.Amount.AmountOf(params.RewardDenom).Neg())
}

// deposit takes a gift to the foundation account.
func (k *Keeper) deposit(ctx context.Context, msg *pot.MsgFoundationDeposit) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	if len(msg.Amount) != 1 || msg.Amount[0].Denom != params.RewardDenom {
		return pot.ErrInvalidDenom
	}
	from, err := sdk.AccAddressFromBech32(msg.From)
	if err != nil {
		return err
	}
	return k.Bank.SendCoinsFromAccountToModule(ctx, from, pot.FoundationAccount, msg.Amount)
}

// slash charges wallet with what noz are worth.
func (k *Keeper) slash(ctx context.Context, msg *pot.MsgSlashingResourceNode) (wei math.Int, kind uint32, err error) {
	for i, node := range msg.Reporters {
		ok, err := k.Nodes.ActiveMetaNode(ctx, node, msg.ReporterOwner[i])
		if err != nil {
			return wei, 0, err
		}
		if !ok {
			return wei, 0, errNotReporter
		}
	}
	var m market
	if m.deposit, m.unissued, m.remaining, err = k.Market.Numbers(ctx); err != nil {
		return wei, 0, err
	}
	wei = m.worth(msg.Slashing).TruncateInt()
	kind, err = k.Nodes.Slash(ctx, msg.NetworkAddress, msg.WalletAddress, wei, msg.Suspend)
	if err != nil {
		err = errorsmod.Wrap(pot.ErrSlashing, err.Error())
	}
	return wei, kind, err
}

var errNotReporter = errors.New("the reporter is not a meta node of the signer")
