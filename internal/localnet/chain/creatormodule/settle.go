package creatormodule

import (
	"context"
	"errors"
	"strconv"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
)

// Settle pays for the traffic of content of an epoch whose volume report came:
// it returns by how many wei the reward of each wallet grows or shrinks, in sum
// nothing. Traffic that was told of an earlier epoch, which has no report, is
// dropped.
func (k *Keeper) Settle(ctx context.Context, epoch uint64, t Traffic) (map[string]math.Int, error) {
	told, err := k.take(ctx, epoch)
	if err != nil || told == nil {
		return nil, err
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	record := creator.EpochRecord{
		Epoch: told.Epoch, Reporter: told.Reporter, Share: params.Share, Worth: t.Worth, Used: t.Used,
	}
	if record.Refused = fits(told.Servers, t); record.Refused != "" {
		return nil, errors.Join(k.records.Set(ctx, epoch, record), emit(ctx, &creator.EventCreatorRefused{
			Epoch: strconv.FormatUint(epoch, 10), Reason: record.Refused,
		}))
	}
	record.Owners, record.Servers = divide(params.Share, told.Owners, told.Servers, t)
	if err := errors.Join(k.records.Set(ctx, epoch, record), k.note(ctx, record)); err != nil {
		return nil, err
	}
	return shifts(record), nil
}

// take returns what was told of an epoch and forgets it, with all that was
// told of earlier ones. It is nil when nothing was told.
func (k *Keeper) take(ctx context.Context, epoch uint64) (*creator.MsgCreatorTraffic, error) {
	told, err := k.waiting.Get(ctx, epoch)
	found := err == nil
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return nil, err
	}
	if err := k.waiting.Clear(ctx, new(collections.Range[uint64]).EndInclusive(epoch)); err != nil || !found {
		return nil, err
	}
	return &told, nil
}

// note adds rewards to the totals and tells of them.
func (k *Keeper) note(ctx context.Context, record creator.EpochRecord) error {
	epoch := uint64(record.Epoch)
	number := strconv.FormatUint(epoch, 10)
	for _, p := range record.Owners {
		err := errors.Join(
			k.parts.Set(ctx, collections.Join(p.WalletAddress, epoch), p),
			k.add(ctx, p.WalletAddress, p), k.add(ctx, everybody, p),
			emit(ctx, &creator.EventCreatorReward{
				WalletAddress: p.WalletAddress, Epoch: number, Volume: p.Volume.String(), Amount: p.Amount.String(),
			}),
		)
		if err != nil {
			return err
		}
	}
	for _, p := range record.Servers {
		err := emit(ctx, &creator.EventCreatorCharge{
			WalletAddress: p.WalletAddress, Epoch: number, Volume: p.Volume.String(), Amount: p.Amount.String(),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// shifts is what a record changes for each wallet.
func shifts(record creator.EpochRecord) map[string]math.Int {
	by := map[string]math.Int{}
	add := func(wallet string, wei math.Int) {
		if had, ok := by[wallet]; ok {
			wei = had.Add(wei)
		}
		by[wallet] = wei
	}
	for _, p := range record.Owners {
		add(p.WalletAddress, p.Amount)
	}
	for _, p := range record.Servers {
		add(p.WalletAddress, p.Amount.Neg())
	}
	return by
}
