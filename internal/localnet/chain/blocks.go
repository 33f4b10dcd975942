package chain

import (
	"slices"
	"sync/atomic"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain/potmodule"
)

// blocks is what the application does in a block besides its transactions.
//
// CometBFT makes a block whenever the last one changed the state. The modules
// of the SDK write in every block, so the chain would never come to rest. A
// block without transactions is therefore quiet, and the modules are left out,
// unless there are fees to share out or something has fallen due.
type blocks struct {
	app   *app
	home  sdk.ConsAddress
	quiet bool // of the block being executed

	due atomic.Pointer[time.Time] // when something falls due next; nil for never or not known
}

// pre decides whether the block is quiet. It follows from the block and the
// state alone, so a replayed block decides the same.
func (b *blocks) pre(ctx sdk.Context, req *abci.RequestFinalizeBlock) (*sdk.ResponsePreBlock, error) {
	if err := b.app.upgrade(ctx); err != nil {
		return nil, err
	}
	due, err := b.nextDue(ctx)
	if err != nil {
		return nil, err
	}
	overdue := due != nil && !due.After(ctx.BlockTime())
	b.quiet = len(req.Txs) == 0 && !overdue && !b.feesWait(ctx) && !potmodule.SupplyDue(ctx.BlockHeight())
	return &sdk.ResponsePreBlock{}, nil
}

func (b *blocks) feesWait(ctx sdk.Context) bool {
	collector := authtypes.NewModuleAddress(authtypes.FeeCollectorName)
	return ctx.BlockHeight() > 1 && !b.app.bank.GetAllBalances(ctx, collector).IsZero()
}

func (b *blocks) begin(ctx sdk.Context) (sdk.BeginBlock, error) {
	if b.quiet {
		return sdk.BeginBlock{}, nil
	}
	votes, err := b.stakedVotes(ctx)
	if err != nil {
		return sdk.BeginBlock{}, err
	}
	return b.app.BeginBlocker(ctx.WithVoteInfos(votes))
}

func (b *blocks) end(ctx sdk.Context) (sdk.EndBlock, error) {
	result, err := b.endModules(ctx)
	if err != nil {
		return result, err
	}
	next, err := b.nextDue(ctx)
	b.due.Store(next)
	return result, err
}

func (b *blocks) endModules(ctx sdk.Context) (sdk.EndBlock, error) {
	if b.quiet {
		return sdk.EndBlock{}, nil
	}
	before, err := b.weights(ctx)
	if err != nil {
		return sdk.EndBlock{}, err
	}
	result, err := b.app.EndBlocker(ctx)
	if err != nil {
		return result, err
	}
	own, err := b.app.own.endBlock(ctx)
	if err != nil {
		return result, err
	}
	result.Events = append(result.Events, own...)
	after, err := b.weights(ctx)
	result.ValidatorUpdates = weightChanges(before, after)
	return result, err
}

// stakedVotes returns who signed the last block with the power that their
// stake gives them, which may differ from their weight in consensus: rewards
// follow stake.
func (b *blocks) stakedVotes(ctx sdk.Context) ([]abci.VoteInfo, error) {
	votes := slices.Clone(ctx.VoteInfos())
	for i, vote := range votes {
		validator, err := b.app.staking.GetValidatorByConsAddr(ctx, vote.Validator.Address)
		if err != nil {
			continue // gone since; the vote keeps its weight
		}
		operator, err := b.app.staking.ValidatorAddressCodec().StringToBytes(validator.OperatorAddress)
		if err != nil {
			return nil, err
		}
		power, err := b.app.staking.GetLastValidatorPower(ctx, operator)
		if err != nil {
			return nil, err
		}
		if power > 0 {
			votes[i].Validator.Power = power
		}
	}
	return votes, nil
}

// staleAfter is how old the time of a proposed block may be for transactions.
const staleAfter = 2 * time.Second

// refreshTime keeps transactions out of a block whose time has passed long
// ago. The time of a block is that of the votes for the block before it, so
// the first block after a rest would execute its transactions in the past: an
// unbonding would end at once, a vote before it began. That block is proposed
// empty, and the next one carries the transactions. Two in a row are never
// postponed, so that a very slow machine still gets on.
func refreshTime(propose sdk.PrepareProposalHandler) sdk.PrepareProposalHandler {
	var postponed int64
	return func(ctx sdk.Context, req *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
		stale := req.Height > 1 && time.Since(req.Time) > staleAfter
		if stale && len(req.Txs) > 0 && postponed != req.Height-1 {
			postponed = req.Height
			return &abci.ResponsePrepareProposal{}, nil
		}
		return propose(ctx, req)
	}
}
