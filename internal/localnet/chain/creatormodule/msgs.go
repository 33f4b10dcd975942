package creatormodule

import (
	"context"
	"strconv"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
)

type msgServer struct{ keeper *Keeper }

var _ creator.MsgServer = msgServer{}

// HandleMsgCreatorTraffic keeps the traffic of content until the volume report
// of its epoch comes. It can be told again until then. As with volume reports,
// the signature of the meta nodes is counted, not verified.
func (s msgServer) HandleMsgCreatorTraffic(goCtx context.Context, msg *creator.MsgCreatorTraffic) (*creator.MsgCreatorTrafficResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := s.check(ctx, msg); err != nil {
		return nil, err
	}
	if err := s.keeper.waiting.Set(ctx, uint64(msg.Epoch), *msg); err != nil {
		return nil, err
	}
	return &creator.MsgCreatorTrafficResponse{}, emit(ctx, &creator.EventCreatorTraffic{
		Epoch: strconv.FormatInt(msg.Epoch, 10), Volume: msg.Volume().String(),
	})
}

func (s msgServer) check(ctx context.Context, msg *creator.MsgCreatorTraffic) error {
	ok, err := s.keeper.Nodes.ActiveMetaNode(ctx, msg.Reporter, msg.ReporterOwner)
	if err != nil {
		return err
	}
	if !ok {
		return creator.ErrReporter
	}
	last, err := s.keeper.Reports.LastEpoch(ctx)
	if err != nil {
		return err
	}
	if uint64(msg.Epoch) <= last {
		return creator.ErrEpoch.Wrapf("%d is not after %d", msg.Epoch, last)
	}
	metas, err := s.keeper.Nodes.ActiveMetaNodes(ctx)
	if err != nil {
		return err
	}
	if len(msg.BLSSignature.PubKeys) < max(1, len(metas)*2/3) {
		return creator.ErrBelowThreshold
	}
	return nil
}

// UpdateParams replaces the settings for governance.
func (s msgServer) UpdateParams(ctx context.Context, msg *creator.MsgUpdateParams) (*creator.MsgUpdateParamsResponse, error) {
	if msg.Authority != s.keeper.Authority {
		return nil, sdkerrors.ErrUnauthorized.Wrapf("expected %s, got %s", s.keeper.Authority, msg.Authority)
	}
	if err := msg.Params.Validate(); err != nil {
		return nil, err
	}
	return &creator.MsgUpdateParamsResponse{}, s.keeper.params.Set(ctx, msg.Params)
}
