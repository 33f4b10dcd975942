package chain

import (
	"context"
	"fmt"
	"time"

	"cosmossdk.io/collections"
	corestore "cosmossdk.io/core/store"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// endOfTime is later than anything a queue can hold.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// nextDue returns when the first entry of any time-based queue falls due, nil
// when all are empty.
func (b *blocks) nextDue(ctx context.Context) (*time.Time, error) {
	queues := []func(context.Context) (*time.Time, error){
		b.nextUnbonding, b.nextRedelegation, b.nextValidator,
		b.nextProposal(b.app.gov.ActiveProposalsQueue), b.nextProposal(b.app.gov.InactiveProposalsQueue),
		b.app.own.register.NextDue, b.nextReward,
	}
	var first *time.Time
	for _, next := range queues {
		at, err := next(ctx)
		if err != nil {
			return nil, fmt.Errorf("look for what falls due next: %w", err)
		}
		if first == nil || at != nil && at.Before(*first) {
			first = at
		}
	}
	return first, nil
}

func (b *blocks) nextUnbonding(ctx context.Context) (*time.Time, error) {
	iterator, err := b.app.staking.UBDQueueIterator(ctx, endOfTime)
	if err != nil {
		return nil, err
	}
	return firstTime(iterator, timeAfterPrefix)
}

func (b *blocks) nextRedelegation(ctx context.Context) (*time.Time, error) {
	iterator, err := b.app.staking.RedelegationQueueIterator(ctx, endOfTime)
	if err != nil {
		return nil, err
	}
	return firstTime(iterator, timeAfterPrefix)
}

func (b *blocks) nextValidator(ctx context.Context) (*time.Time, error) {
	iterator, err := b.app.staking.ValidatorQueueIterator(ctx, endOfTime, 1<<62)
	if err != nil {
		return nil, err
	}
	return firstTime(iterator, func(key []byte) (time.Time, error) {
		at, _, err := stakingtypes.ParseValidatorQueueKey(key)
		return at, err
	})
}

// longAgo stands for what was due in the last block already.
var longAgo = time.Unix(0, 0).UTC()

// nextReward says that rewards wait for the next block to become mature.
func (b *blocks) nextReward(ctx context.Context) (*time.Time, error) {
	waiting, err := b.app.own.pot.Waiting(ctx)
	if !waiting {
		return nil, err
	}
	at := longAgo
	return &at, err
}

// proposalQueue is a queue of the gov module.
type proposalQueue = collections.Map[collections.Pair[time.Time, uint64], uint64]

func (b *blocks) nextProposal(queue proposalQueue) func(context.Context) (*time.Time, error) {
	return func(ctx context.Context) (*time.Time, error) {
		iterator, err := queue.Iterate(ctx, nil)
		if err != nil {
			return nil, err
		}
		defer iterator.Close()
		if !iterator.Valid() {
			return nil, nil
		}
		key, err := iterator.Key()
		at := key.K1()
		return &at, err
	}
}

// firstTime closes iterator and returns the time in its first key, if any.
func firstTime(iterator corestore.Iterator, parse func([]byte) (time.Time, error)) (*time.Time, error) {
	defer iterator.Close()
	if !iterator.Valid() {
		return nil, nil // an empty iterator of the SDK calls itself an error
	}
	at, err := parse(iterator.Key())
	return &at, err
}

// timeAfterPrefix reads a key made of one byte of prefix and a time.
func timeAfterPrefix(key []byte) (time.Time, error) { return sdk.ParseTimeBytes(key[1:]) }
