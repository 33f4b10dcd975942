package history

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// byBlock is the filter under which the cursor of payments by blocks is kept.
const byBlock = "block"

// payers are the accounts of the chain that give something back when its time
// is over.
var payers = map[stratos.Address]Kind{
	stratos.ModuleAddress("not_bonded_tokens_pool"):        StakeReturned,
	stratos.ModuleAddress("bonded_tokens_pool"):            StakeReturned,
	stratos.ModuleAddress("gov"):                           DepositReturned,
	stratos.ModuleAddress("resource_node_not_bonded_pool"): NodeReturned,
	stratos.ModuleAddress("resource_node_bonded_pool"):     NodeReturned,
	stratos.ModuleAddress("meta_node_not_bonded_pool"):     NodeReturned,
	stratos.ModuleAddress("meta_node_bonded_pool"):         NodeReturned,
}

// fetchGains reads what blocks paid the account since the last time.
func (l *Log) fetchGains(ctx context.Context, chainID string, source BlockSource, account stratos.Address) error {
	c, err := l.cursor(ctx, chainID, account, byBlock)
	if err != nil {
		return err
	}
	for more := true; more; {
		var gains []chain.BlockGain
		if gains, more, err = source.BlockGains(ctx, account, c.high); err != nil {
			return err
		}
		if len(gains) == 0 {
			return nil
		}
		c.high, c.complete = gains[len(gains)-1].Height, !more
		if err := l.keepGains(ctx, chainID, account, gains, c); err != nil {
			return err
		}
	}
	return nil
}

func (l *Log) keepGains(ctx context.Context, chainID string, account stratos.Address, gains []chain.BlockGain, c cursor) error {
	return l.inside(ctx, "store entries", func(tx *sql.Tx) error {
		id, err := accountID(ctx, tx, chainID, account.String())
		if err != nil {
			return err
		}
		for _, e := range gainEntries(gains) {
			if err := store(ctx, tx, id, e); err != nil {
				return err
			}
		}
		return c.save(ctx, tx, id, byBlock)
	})
}

// gainEntries makes one entry of what one block gave back for one reason.
func gainEntries(gains []chain.BlockGain) []Entry {
	var list []Entry
	at := map[string]int{}
	for _, g := range gains {
		kind, known := payers[g.From]
		if !known {
			kind = Received
		}
		hash := fmt.Sprintf("block/%d/%s", g.Height, kind)
		i, there := at[hash]
		if !there {
			i = len(list)
			at[hash] = i
			list = append(list, Entry{
				Time: g.Time, Kind: kind, Direction: In, Hash: hash, State: chain.Done, Height: g.Height, Change: new(big.Int),
			})
		}
		list[i].Amount = list[i].Amount.Add(g.Amount)
		list[i].Change.Add(list[i].Change, g.Amount.Wei())
	}
	return list
}
