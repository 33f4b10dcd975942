package registermodule

import (
	"context"
	"time"

	errorsmod "cosmossdk.io/errors"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/gogoproto/proto"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// HandleMsgCreateMetaNode registers a meta node, on which the others vote.
func (s msgServer) HandleMsgCreateMetaNode(goCtx context.Context, msg *register.MsgCreateMetaNode) (*register.MsgCreateMetaNodeResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := s.keeper.createMeta(ctx, msg); err != nil {
		return nil, errorsmod.Wrap(register.ErrRegisterMetaNode, err.Error())
	}
	return &register.MsgCreateMetaNodeResponse{}, ctx.EventManager().EmitTypedEvent(&register.EventCreateMetaNode{
		Sender: msg.OwnerAddress, NetworkAddress: msg.NetworkAddress,
	})
}

// HandleMsgRemoveMetaNode starts the return of a deposit.
func (s msgServer) HandleMsgRemoveMetaNode(goCtx context.Context, msg *register.MsgRemoveMetaNode) (*register.MsgRemoveMetaNodeResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	out, err := s.keeper.removeMeta(ctx, msg.MetaNodeAddress, msg.OwnerAddress)
	if err != nil {
		return nil, errorsmod.Wrap(register.ErrUnbondMetaNode, err.Error())
	}
	return &register.MsgRemoveMetaNodeResponse{}, ctx.EventManager().EmitTypedEvent(s.leaves(ctx, msg.OwnerAddress, msg.MetaNodeAddress, out))
}

func (s msgServer) leaves(ctx context.Context, sender, node string, out leaving) *register.EventUnBondingMetaNode {
	return &register.EventUnBondingMetaNode{
		Sender: sender, MetaNode: node, OzoneLimitChanges: out.noz.Neg().String(),
		DepositToRemove: s.text(ctx, out.deposit), UnbondingMatureTime: out.at.Format(time.RFC3339),
	}
}

// HandleMsgUpdateMetaNode changes what a meta node says about itself.
func (s msgServer) HandleMsgUpdateMetaNode(goCtx context.Context, msg *register.MsgUpdateMetaNode) (*register.MsgUpdateMetaNodeResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := s.keeper.updateMeta(ctx, msg); err != nil {
		return nil, errorsmod.Wrap(register.ErrUpdateMetaNode, err.Error())
	}
	return &register.MsgUpdateMetaNodeResponse{}, ctx.EventManager().EmitTypedEvent(&register.EventUpdateMetaNode{
		Sender: msg.OwnerAddress, NetworkAddress: msg.NetworkAddress,
	})
}

// HandleMsgUpdateMetaNodeDeposit adds to a deposit.
func (s msgServer) HandleMsgUpdateMetaNodeDeposit(goCtx context.Context, msg *register.MsgUpdateMetaNodeDeposit) (*register.MsgUpdateMetaNodeDepositResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	before, noz, err := s.keeper.addToMeta(ctx, msg)
	if err != nil {
		return nil, errorsmod.Wrap(register.ErrUpdateMetaDeposit, err.Error())
	}
	return &register.MsgUpdateMetaNodeDepositResponse{}, ctx.EventManager().EmitTypedEvent(&register.EventUpdateMetaNodeDeposit{
		Sender: msg.OwnerAddress, NetworkAddress: msg.NetworkAddress, DepositDelta: msg.DepositDelta.String(),
		CurrentDeposit: s.text(ctx, before), AvailableTokenBefore: s.text(ctx, before),
		AvailableTokenAfter: s.text(ctx, before.Add(msg.DepositDelta.Amount)),
		OzoneLimitChanges:   noz.String(), UnbondingMatureTime: ctx.BlockTime().Format(time.RFC3339),
	})
}

// HandleMsgMetaNodeRegistrationVote counts a vote on a new meta node.
func (s msgServer) HandleMsgMetaNodeRegistrationVote(goCtx context.Context, msg *register.MsgMetaNodeRegistrationVote) (*register.MsgMetaNodeRegistrationVoteResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	status, noz, err := s.keeper.voteIn(ctx, msg)
	if err != nil {
		return nil, errorsmod.Wrap(register.ErrVoteMetaNode, err.Error())
	}
	return &register.MsgMetaNodeRegistrationVoteResponse{}, ctx.EventManager().EmitTypedEvent(&register.EventMetaNodeRegistrationVote{
		Sender: msg.VoterOwnerAddress, VoterNetworkAddress: msg.VoterNetworkAddress,
		CandidateNetworkAddress: msg.CandidateNetworkAddress, CandidateStatus: status.String(), OzoneLimitChanges: noz.String(),
	})
}

// HandleMsgKickMetaNodeVote counts a vote to remove a meta node.
func (s msgServer) HandleMsgKickMetaNodeVote(goCtx context.Context, msg *register.MsgKickMetaNodeVote) (*register.MsgKickMetaNodeVoteResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	status, out, err := s.keeper.voteOut(ctx, msg)
	if err != nil {
		return nil, errorsmod.Wrap(register.ErrVoteMetaNode, err.Error())
	}
	events := []proto.Message{&register.EventKickMetaNodeVote{
		Sender: msg.VoterOwnerAddress, VoterNetworkAddress: msg.VoterNetworkAddress,
		TargetNetworkAddress: msg.TargetNetworkAddress, TargetStatus: status.String(),
	}}
	if out != nil {
		events = append(events, s.leaves(ctx, msg.VoterOwnerAddress, msg.TargetNetworkAddress, *out))
	}
	return &register.MsgKickMetaNodeVoteResponse{}, ctx.EventManager().EmitTypedEvents(events...)
}
