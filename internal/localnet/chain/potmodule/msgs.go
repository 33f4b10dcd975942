package potmodule

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"

	errorsmod "cosmossdk.io/errors"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

type msgServer struct{ keeper *Keeper }

var _ pot.MsgServer = msgServer{}

// HandleMsgVolumeReport makes the rewards of an epoch. The signature of the
// meta nodes is counted, not verified.
func (s msgServer) HandleMsgVolumeReport(goCtx context.Context, msg *pot.MsgVolumeReport) (*pot.MsgVolumeReportResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := s.checkReport(ctx, msg); err != nil {
		return nil, err
	}
	err := s.keeper.volumeReport(ctx, reported{
		epoch: msg.Epoch.Uint64(), volumes: msg.WalletVolumes,
		record: pot.VolumeReportRecord{
			Reporter: msg.Reporter, ReportReference: msg.ReportReference,
			TxHash: fmt.Sprintf("%X", sha256.Sum256(ctx.TxBytes())),
		},
	})
	if err != nil {
		return nil, errorsmod.Wrap(pot.ErrVolumeReport, err.Error())
	}
	return &pot.MsgVolumeReportResponse{}, ctx.EventManager().EmitTypedEvent(&pot.EventVolumeReport{
		ReportReference: msg.ReportReference, Epoch: msg.Epoch.String(),
	})
}

func (s msgServer) checkReport(ctx context.Context, msg *pot.MsgVolumeReport) error {
	ok, err := s.keeper.Nodes.ActiveMetaNode(ctx, msg.Reporter, msg.ReporterOwner)
	if err != nil {
		return err
	}
	if !ok {
		return pot.ErrReporterOrOwner
	}
	last, err := s.keeper.last.Get(ctx)
	if err != nil {
		return err
	}
	if msg.Epoch.Uint64() <= last {
		return pot.ErrMatureEpoch.Wrapf("expected epoch should be greater than %d, got %s", last, msg.Epoch)
	}
	metas, err := s.keeper.Nodes.ActiveMetaNodes(ctx)
	if err != nil {
		return err
	}
	if len(msg.BLSSignature.PubKeys) < max(1, len(metas)*2/3) {
		return pot.ErrSignatureBelowThreshold
	}
	return nil
}

// HandleMsgWithdraw pays out mature rewards.
func (s msgServer) HandleMsgWithdraw(goCtx context.Context, msg *pot.MsgWithdraw) (*pot.MsgWithdrawResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := s.keeper.withdraw(ctx, msg); err != nil {
		return nil, errorsmod.Wrap(pot.ErrWithdraw, err.Error())
	}
	return &pot.MsgWithdrawResponse{}, ctx.EventManager().EmitTypedEvent(&pot.EventWithdraw{
		Amount: msg.Amount.String(), WalletAddress: msg.WalletAddress, TargetAddress: msg.TargetAddress,
	})
}

// HandleMsgFoundationDeposit takes a gift to the foundation account.
func (s msgServer) HandleMsgFoundationDeposit(goCtx context.Context, msg *pot.MsgFoundationDeposit) (*pot.MsgFoundationDepositResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := s.keeper.deposit(ctx, msg); err != nil {
		return nil, errorsmod.Wrap(pot.ErrFoundationDeposit, err.Error())
	}
	return &pot.MsgFoundationDepositResponse{}, ctx.EventManager().EmitTypedEvent(&pot.EventFoundationDeposit{
		Amount: msg.Amount.String(),
	})
}

// HandleMsgSlashingResourceNode charges the owner of a node.
func (s msgServer) HandleMsgSlashingResourceNode(goCtx context.Context, msg *pot.MsgSlashingResourceNode) (*pot.MsgSlashingResourceNodeResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	wei, kind, err := s.keeper.slash(ctx, msg)
	if errors.Is(err, errNotReporter) {
		err = pot.ErrReporterOrOwner
	}
	if err != nil {
		return nil, err
	}
	return &pot.MsgSlashingResourceNodeResponse{}, ctx.EventManager().EmitTypedEvent(&pot.EventSlashing{
		WalletAddress: msg.WalletAddress, NetworkAddress: msg.NetworkAddress, Amount: wei.String(),
		SlashingType: register.NodeTypeName(kind), Suspend: strconv.FormatBool(msg.Suspend),
	})
}

// UpdateParams replaces the settings for governance.
func (s msgServer) UpdateParams(ctx context.Context, msg *pot.MsgUpdateParams) (*pot.MsgUpdateParamsResponse, error) {
	if msg.Authority != s.keeper.Authority {
		return nil, sdkerrors.ErrUnauthorized.Wrapf("expected %s, got %s", s.keeper.Authority, msg.Authority)
	}
	if err := msg.Params.Validate(); err != nil {
		return nil, sdkerrors.ErrInvalidRequest.Wrap(err.Error())
	}
	return &pot.MsgUpdateParamsResponse{}, s.keeper.params.Set(ctx, msg.Params)
}
