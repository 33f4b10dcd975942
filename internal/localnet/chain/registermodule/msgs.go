package registermodule

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

type msgServer struct{ keeper *Keeper }

var _ register.MsgServer = msgServer{}

// HandleMsgCreateResourceNode registers a storage node.
func (s msgServer) HandleMsgCreateResourceNode(goCtx context.Context, msg *register.MsgCreateResourceNode) (*register.MsgCreateResourceNodeResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	params, err := s.keeper.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	if !params.ResourceNodeRegEnabled {
		return nil, register.ErrRegistrationDisabled
	}
	key, ok := msg.Pubkey.GetCachedValue().(cryptotypes.PubKey)
	if !ok {
		return nil, register.ErrEmptyPubKey
	}
	if err := s.keeper.createResource(ctx, msg); err != nil {
		return nil, errorsmod.Wrap(register.ErrRegisterResourceNode, err.Error())
	}
	return &register.MsgCreateResourceNodeResponse{}, ctx.EventManager().EmitTypedEvent(&register.EventCreateResourceNode{
		Sender: msg.OwnerAddress, NetworkAddress: msg.NetworkAddress, Pubkey: hex.EncodeToString(key.Bytes()),
		OzoneLimitChanges: "0", InitialDeposit: msg.Value.String(),
	})
}

// HandleMsgRemoveResourceNode starts the return of a deposit.
func (s msgServer) HandleMsgRemoveResourceNode(goCtx context.Context, msg *register.MsgRemoveResourceNode) (*register.MsgRemoveResourceNodeResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	back, at, err := s.keeper.removeResource(ctx, msg)
	if err != nil {
		return nil, errorsmod.Wrap(register.ErrUnbondResourceNode, err.Error())
	}
	return &register.MsgRemoveResourceNodeResponse{}, ctx.EventManager().EmitTypedEvent(&register.EventUnBondingResourceNode{
		Sender: msg.OwnerAddress, ResourceNode: msg.ResourceNodeAddress,
		DepositToRemove: s.text(ctx, back), UnbondingMatureTime: at.Format(time.RFC3339),
	})
}

// text is an amount with its denomination.
func (s msgServer) text(ctx context.Context, amount math.Int) string {
	coin, err := s.keeper.coin(ctx, amount)
	if err != nil {
		return amount.String()
	}
	return coin.String()
}

// HandleMsgUpdateResourceNode changes what a node says about itself.
func (s msgServer) HandleMsgUpdateResourceNode(goCtx context.Context, msg *register.MsgUpdateResourceNode) (*register.MsgUpdateResourceNodeResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := s.keeper.updateResource(ctx, msg); err != nil {
		return nil, errorsmod.Wrap(register.ErrUpdateResourceNode, err.Error())
	}
	return &register.MsgUpdateResourceNodeResponse{}, ctx.EventManager().EmitTypedEvent(&register.EventUpdateResourceNode{
		Sender: msg.OwnerAddress, NetworkAddress: msg.NetworkAddress, BeneficiaryAddress: msg.BeneficiaryAddress,
	})
}

// HandleMsgUpdateResourceNodeDeposit adds to a deposit.
func (s msgServer) HandleMsgUpdateResourceNodeDeposit(goCtx context.Context, msg *register.MsgUpdateResourceNodeDeposit) (*register.MsgUpdateResourceNodeDepositResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	before, err := s.keeper.addToResource(ctx, msg)
	if err != nil {
		return nil, errorsmod.Wrap(register.ErrUpdateResourceDeposit, err.Error())
	}
	return &register.MsgUpdateResourceNodeDepositResponse{}, ctx.EventManager().EmitTypedEvent(&register.EventUpdateResourceNodeDeposit{
		Sender: msg.OwnerAddress, NetworkAddress: msg.NetworkAddress, DepositDelta: msg.DepositDelta.String(),
		CurrentDeposit: s.text(ctx, before), AvailableTokenBefore: s.text(ctx, before),
		AvailableTokenAfter: s.text(ctx, before.Add(msg.DepositDelta.Amount)),
		OzoneLimitChanges:   "0", UnbondingMatureTime: ctx.BlockTime().Format(time.RFC3339),
	})
}

// HandleMsgUpdateEffectiveDeposit puts a node into service.
func (s msgServer) HandleMsgUpdateEffectiveDeposit(goCtx context.Context, msg *register.MsgUpdateEffectiveDeposit) (*register.MsgUpdateEffectiveDepositResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := s.keeper.checkReporters(ctx, msg.Reporters, msg.ReporterOwner); err != nil {
		return nil, err
	}
	unsuspended, err := s.keeper.setEffective(ctx, msg.NetworkAddress, msg.EffectiveTokens)
	if err != nil {
		return nil, errorsmod.Wrap(register.ErrUpdateResourceDeposit, err.Error())
	}
	return &register.MsgUpdateEffectiveDepositResponse{}, ctx.EventManager().EmitTypedEvent(&register.EventUpdateEffectiveDeposit{
		NetworkAddress: msg.NetworkAddress, EffectiveDepositAfter: msg.EffectiveTokens.String(),
		IsUnsuspended: strconv.FormatBool(unsuspended),
	})
}

// UpdateParams replaces the settings for governance.
func (s msgServer) UpdateParams(ctx context.Context, msg *register.MsgUpdateParams) (*register.MsgUpdateParamsResponse, error) {
	if msg.Authority != s.keeper.authority {
		return nil, sdkerrors.ErrUnauthorized.Wrapf("expected %s, got %s", s.keeper.authority, msg.Authority)
	}
	if err := msg.Params.Validate(); err != nil {
		return nil, sdkerrors.ErrInvalidRequest.Wrap(err.Error())
	}
	return &register.MsgUpdateParamsResponse{}, s.keeper.params.Set(ctx, msg.Params)
}
