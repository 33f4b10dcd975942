package registermodule

import (
	"context"
	"errors"
	"slices"
	"time"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// ballot is what both kinds of votes have in common.
type ballot struct {
	approve, reject []string
	expires         time.Time
}

// cast adds a vote. A vote counts once and not after the end.
func (b *ballot) cast(voter string, opinion bool, now time.Time) error {
	if b.expires.Before(now) {
		return register.ErrVoteExpired
	}
	if slices.Contains(b.approve, voter) || slices.Contains(b.reject, voter) {
		return register.ErrDuplicateVoting
	}
	if opinion {
		b.approve = append(b.approve, voter)
	} else {
		b.reject = append(b.reject, voter)
	}
	return nil
}

// passed tells whether more than two thirds of the meta nodes in service agree.
func (k *Keeper) passed(ctx context.Context, approve []string) (bool, error) {
	all, err := k.ActiveMetaNodes(ctx)
	return len(approve) >= len(all)*2/3+1, err
}

func (k *Keeper) checkVoter(ctx context.Context, node, owner string) error {
	found, err := k.ownMeta(ctx, node, owner)
	if errors.Is(err, register.ErrNoMetaNode) {
		return register.ErrNoVoter
	}
	if err == nil && !active(found) {
		return register.ErrInvalidVoterStatus
	}
	return err
}

// voteIn counts a vote on a new meta node, which is in service once enough of
// the others agree. It returns the ozone that this added.
func (k *Keeper) voteIn(ctx sdk.Context, msg *register.MsgMetaNodeRegistrationVote) (status stakingtypes.BondStatus, noz math.Int, err error) {
	noz = math.ZeroInt()
	if err := k.checkVoter(ctx, msg.VoterNetworkAddress, msg.VoterOwnerAddress); err != nil {
		return status, noz, err
	}
	node, err := k.meta(ctx, msg.CandidateNetworkAddress)
	if errors.Is(err, register.ErrNoMetaNode) {
		return status, noz, register.ErrNoCandidate
	}
	if err == nil && node.OwnerAddress != msg.CandidateOwnerAddress {
		err = register.ErrInvalidCandidateOwner
	}
	if err != nil {
		return status, noz, err
	}
	enough, err := k.castIn(ctx, msg)
	if err != nil || !enough {
		return node.Status, noz, err
	}
	if noz, err = k.market.AddDeposit(ctx, node.Tokens); err != nil {
		return node.Status, noz, err
	}
	if err := k.moveDeposit(ctx, register.MetaNotBondedPool, register.MetaBondedPool, node.Tokens); err != nil {
		return node.Status, noz, err
	}
	node.Status, node.Suspend = stakingtypes.Bonded, false
	return node.Status, noz, k.metas.Set(ctx, node.NetworkAddress, node)
}

// castIn notes a vote and tells whether it is the one that decides.
func (k *Keeper) castIn(ctx sdk.Context, msg *register.MsgMetaNodeRegistrationVote) (decides bool, err error) {
	pool, err := k.votes.Get(ctx, msg.CandidateNetworkAddress)
	if errors.Is(err, collections.ErrNotFound) {
		return false, register.ErrNoVotePool
	}
	if err != nil {
		return false, err
	}
	b := ballot{pool.ApproveList, pool.RejectList, pool.ExpireTime}
	if err := b.cast(msg.VoterNetworkAddress, msg.Opinion, ctx.BlockTime()); err != nil {
		return false, err
	}
	pool.ApproveList, pool.RejectList = b.approve, b.reject
	if !pool.IsVotePassed {
		if decides, err = k.passed(ctx, b.approve); err != nil {
			return false, err
		}
		pool.IsVotePassed = decides
	}
	return decides, k.votes.Set(ctx, msg.CandidateNetworkAddress, pool)
}

// voteOut counts a vote to remove a meta node. The first vote opens the ballot.
func (k *Keeper) voteOut(ctx sdk.Context, msg *register.MsgKickMetaNodeVote) (stakingtypes.BondStatus, *leaving, error) {
	if err := k.checkVoter(ctx, msg.VoterNetworkAddress, msg.VoterOwnerAddress); err != nil {
		return 0, nil, err
	}
	target, err := k.meta(ctx, msg.TargetNetworkAddress)
	if err != nil {
		return 0, nil, err
	}
	if !active(target) {
		return target.Status, nil, register.ErrNoMetaNode
	}
	enough, err := k.castOut(ctx, msg)
	if err != nil || !enough {
		return target.Status, nil, err
	}
	out, err := k.removeMeta(ctx, target.NetworkAddress, target.OwnerAddress)
	return stakingtypes.Unbonding, &out, err
}

func (k *Keeper) castOut(ctx sdk.Context, msg *register.MsgKickMetaNodeVote) (decides bool, err error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return false, err
	}
	pool, err := k.kicks.Get(ctx, msg.TargetNetworkAddress)
	// A ballot that ended without a result makes room for a new one.
	if errors.Is(err, collections.ErrNotFound) || err == nil && pool.ExpireTime.Before(ctx.BlockTime()) {
		pool, err = register.KickMetaNodeVotePool{
			TargetNetworkAddress: msg.TargetNetworkAddress, ExpireTime: ctx.BlockTime().Add(params.VotingPeriod),
		}, nil
	}
	if err != nil {
		return false, err
	}
	b := ballot{pool.ApproveList, pool.RejectList, pool.ExpireTime}
	if err := b.cast(msg.VoterNetworkAddress, msg.Opinion, ctx.BlockTime()); err != nil {
		return false, err
	}
	pool.ApproveList, pool.RejectList = b.approve, b.reject
	if !pool.IsVotePassed {
		if decides, err = k.passed(ctx, b.approve); err != nil {
			return false, err
		}
		pool.IsVotePassed = decides
	}
	return decides, k.kicks.Set(ctx, msg.TargetNetworkAddress, pool)
}
