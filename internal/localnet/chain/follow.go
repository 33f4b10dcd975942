package chain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Prepay is one purchase of ozone that is in a block.
type Prepay struct {
	Height      int64
	TxHash      string // upper-case hexadecimal
	Index       int    // among the purchases of the same transaction, from 0
	Sender      string
	Beneficiary string
	Wei         *big.Int // what was paid
	Noz         *big.Int // what it bought
}

// prepayEvent is the type of the event that says what a prepay bought.
const prepayEvent = "stratos.sds.v1.EventPrePay"

// FollowPrepays calls fn for every purchase in a block above afterHeight, in
// the order of the chain, first from stored blocks, then as blocks come. It
// returns the first error of fn, ctx's error when ctx ends, and the reason (or
// nil) when the chain ends.
//
// A caller that keeps (Height, TxHash, Index) of the last purchase together
// with what it made of it, and starts again with Height-1, gets everything
// exactly once by leaving out what it has.
func (c *Chain) FollowPrepays(ctx context.Context, afterHeight int64, fn func(Prepay) error) error {
	for next := afterHeight + 1; ; {
		moved := c.heights.next()
		for ; next <= c.heights.newest(); next++ {
			if err := c.eachPrepay(ctx, next, fn); errors.Is(err, errEnded) {
				return c.Err()
			} else if err != nil {
				return err
			}
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		case <-c.done:
			return c.Err()
		}
	}
}

// eachPrepay calls fn for the purchases of one block.
func (c *Chain) eachPrepay(ctx context.Context, height int64, fn func(Prepay) error) error {
	found, err := c.prepaysIn(height)
	if err != nil {
		return err
	}
	for _, p := range found {
		if err := fn(p); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (c *Chain) prepaysIn(height int64) ([]Prepay, error) {
	release, err := c.reading()
	if err != nil {
		return nil, err
	}
	defer release()
	meta := c.engine.blockStore.LoadBlockMeta(height)
	if meta == nil || meta.NumTxs == 0 {
		return nil, nil // before the first block, or without transactions
	}
	block := c.engine.blockStore.LoadBlock(height)
	result, err := c.engine.stateStore.LoadFinalizeBlockResponse(height)
	if err != nil {
		return nil, fmt.Errorf("read the results of block %d: %w", height, err)
	}
	var found []Prepay
	for i, tx := range result.TxResults {
		for _, p := range prepays(tx) {
			p.Height, p.TxHash = height, fmt.Sprintf("%X", cmttypes.Tx(block.Txs[i]).Hash())
			found = append(found, p)
		}
	}
	return found, nil
}

// prepays reads the purchases out of the events of a transaction. A failed
// one has none.
func prepays(result *abci.ExecTxResult) []Prepay {
	if result.Code != abci.CodeTypeOK {
		return nil
	}
	var found []Prepay
	for _, event := range result.Events {
		if event.Type != prepayEvent {
			continue
		}
		p := prepayOf(event)
		p.Index = len(found)
		found = append(found, p)
	}
	return found
}

// prepayOf reads one event. Its values are JSON strings, and this very
// application wrote them.
func prepayOf(event abci.Event) Prepay {
	values := map[string]string{}
	for _, attribute := range event.Attributes {
		var text string
		if json.Unmarshal([]byte(attribute.Value), &text) == nil {
			values[attribute.Key] = text
		}
	}
	p := Prepay{Sender: values["sender"], Beneficiary: values["beneficiary"], Wei: new(big.Int), Noz: new(big.Int)}
	if coins, err := sdk.ParseCoinsNormalized(values["amount"]); err == nil {
		p.Wei = coins.AmountOf(stratos.Wei).BigInt()
	}
	p.Noz.SetString(values["purchased_noz"], 10)
	return p
}
