package sdsmodule

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

type msgServer struct{ keeper *Keeper }

var _ sds.MsgServer = msgServer{}

// HandleMsgPrepay sells ozone and says in an event how much.
func (s msgServer) HandleMsgPrepay(goCtx context.Context, msg *sds.MsgPrepay) (*sds.MsgPrepayResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	sender, err := sdk.AccAddressFromBech32(msg.Sender)
	if err != nil {
		return nil, sdkerrors.ErrInvalidAddress.Wrap(err.Error())
	}
	bought, err := s.keeper.Prepay(ctx, sender, msg.Amount)
	if err != nil {
		return nil, err
	}
	return &sds.MsgPrepayResponse{}, ctx.EventManager().EmitTypedEvent(&sds.EventPrePay{
		Sender:       msg.Sender,
		Beneficiary:  msg.Beneficiary,
		Amount:       msg.Amount.String(),
		PurchasedNoz: bought.String(),
	})
}

// HandleMsgFileUpload notes that a meta node in service vouches for a file. The
// signer must own that meta node.
func (s msgServer) HandleMsgFileUpload(goCtx context.Context, msg *sds.MsgFileUpload) (*sds.MsgFileUploadResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if !wire.ValidFileHash(msg.FileHash) {
		return nil, sds.ErrInvalidFileHash
	}
	if err := s.keeper.fileReported(ctx, msg); err != nil {
		return nil, err
	}
	return &sds.MsgFileUploadResponse{}, ctx.EventManager().EmitTypedEvent(&sds.EventFileUpload{
		Sender: msg.From, Reporter: msg.Reporter, Uploader: msg.Uploader, FileHash: msg.FileHash,
	})
}

// UpdateParams replaces the settings for governance.
func (s msgServer) UpdateParams(ctx context.Context, msg *sds.MsgUpdateParams) (*sds.MsgUpdateParamsResponse, error) {
	if msg.Authority != s.keeper.authority {
		return nil, sdkerrors.ErrUnauthorized.Wrapf("expected %s, got %s", s.keeper.authority, msg.Authority)
	}
	if err := msg.Params.Validate(); err != nil {
		return nil, sdkerrors.ErrInvalidRequest.Wrap(err.Error())
	}
	return &sds.MsgUpdateParamsResponse{}, s.keeper.params.Set(ctx, msg.Params)
}
