package sdsmodule

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// ErrOzoneInUse says that a deposit cannot go because the ozone that it stands
// for is sold.
var ErrOzoneInUse = errors.New("the ozone behind the deposit is sold")

// AddDeposit makes wei of deposit count and returns the ozone that it adds.
func (k *Keeper) AddDeposit(ctx context.Context, wei math.Int) (noz math.Int, err error) {
	return k.moveDeposit(ctx, wei)
}

// SubtractDeposit makes wei of deposit count no longer and returns the ozone
// that it takes away. Ozone that is sold cannot be taken: [ErrOzoneInUse].
func (k *Keeper) SubtractDeposit(ctx context.Context, wei math.Int) (noz math.Int, err error) {
	noz, err = k.moveDeposit(ctx, wei.Neg())
	return noz.Neg(), err
}

// moveDeposit changes the ozone left by as much as the whole, so that what is
// sold and what is left always add up to the whole.
func (k *Keeper) moveDeposit(ctx context.Context, wei math.Int) (math.Int, error) {
	market, err := k.Market(ctx)
	if err != nil {
		return math.ZeroInt(), err
	}
	before := market.Total()
	market.Deposit = market.Deposit.Add(wei)
	change := market.Total().Sub(before)
	remaining := market.Remaining.Add(change)
	if market.Deposit.IsNegative() || remaining.IsNegative() {
		return math.ZeroInt(), ErrOzoneInUse
	}
	return change, errors.Join(k.deposit.Set(ctx, market.Deposit), k.remaining.Set(ctx, remaining))
}

// Return gives ozone that was used up back to the market. More than is sold
// cannot come back.
func (k *Keeper) Return(ctx context.Context, noz math.Int) error {
	market, err := k.Market(ctx)
	if err != nil {
		return err
	}
	remaining := market.Remaining.Add(noz)
	if remaining.GT(market.Total()) {
		return errors.New("remaining+consumed Noz exceeds total Noz supply")
	}
	return k.remaining.Set(ctx, remaining)
}

// fileReported adds a meta node to those that vouch for a file. The height and
// the uploader stay those of the first report.
func (k *Keeper) fileReported(ctx sdk.Context, msg *sds.MsgFileUpload) error {
	if k.nodes == nil {
		return sds.ErrReporterOrOwner
	}
	active, err := k.nodes.ActiveMetaNode(ctx, msg.Reporter, msg.From)
	if err != nil {
		return err
	}
	if !active {
		return sds.ErrReporterOrOwner
	}
	place, err := k.nodes.MetaNodeIndex(ctx, msg.Reporter)
	if err != nil {
		return err
	}
	info, err := k.files.Get(ctx, msg.FileHash)
	if errors.Is(err, collections.ErrNotFound) {
		info, err = sds.FileInfo{Height: math.NewInt(ctx.BlockHeight()), Uploader: msg.Uploader}, nil
	}
	if err != nil {
		return err
	}
	info.Reporters = withBit(info.Reporters, place)
	return k.files.Set(ctx, msg.FileHash, info)
}

// withBit sets one bit of a bitmap, the lowest of the first byte being 0.
func withBit(bits []byte, at int) []byte {
	for len(bits) <= at/8 {
		bits = append(bits, 0)
	}
	bits[at/8] |= 1 << (at % 8)
	return bits
}

// RemainingNoz returns the ozone left to sell.
func (k *Keeper) RemainingNoz(ctx context.Context) (math.Int, error) { return k.remaining.Get(ctx) }

// Numbers returns what the price follows from: the effective deposit and the
// unissued prepay in wei, and the ozone left in noz.
func (k *Keeper) Numbers(ctx context.Context) (deposit, unissued, remaining math.Int, err error) {
	market, err := k.Market(ctx)
	return market.Deposit, market.Unissued, market.Remaining, err
}
