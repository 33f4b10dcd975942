package proof

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/url"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Getter reads what a chain's REST address answers for a path and a query, as
// JSON of into.
type Getter interface {
	Get(ctx context.Context, path string, query url.Values, into any) error
}

// ErrMetaNodes says that the chain's meta nodes changed, which a proof cannot
// follow: no query tells who earned with them at what time.
var ErrMetaNodes = errors.New("the meta nodes of the network changed")

// pageSize is how many transactions are asked for at a time, the most that
// nodes give.
const pageSize = 100

// tries is how often the books are read anew when a block comes meanwhile.
const tries = 20

// tx is a transaction that did what it says.
type tx struct {
	height   int64
	place    int // in its block, where that matters
	hash     string
	messages []json.RawMessage
	bought   *big.Int // noz, as its events tell
}

// present is what a chain says of itself now.
type present struct {
	money, unissued, left, mined *big.Int
}

// Read replays all that happened on a chain, from its first block to its last.
// The error wraps [ErrMetaNodes] on a network with other than one meta node.
func Read(ctx context.Context, g Getter) (*Books, error) {
	for range tries {
		before, err := height(ctx, g)
		if err != nil {
			return nil, fmt.Errorf("read the rewards of a chain: %w", err)
		}
		b, err := read(ctx, g)
		if err != nil {
			return nil, fmt.Errorf("read the rewards of a chain: %w", err)
		}
		if after, err := height(ctx, g); err != nil || after == before {
			return b, err
		}
	}
	return nil, fault.Say(nil, "The network makes blocks faster than its history can be read. Please try again later.")
}

// Withdrawn reads how many wei each of some wallets ever took out of its rewards.
// It needs nothing else of the history.
func Withdrawn(ctx context.Context, g Getter, wallets ...string) (map[string]*big.Int, error) {
	list, err := transactions(ctx, g, []string{typeWithdraw})
	if err != nil {
		return nil, fmt.Errorf("read what was taken out: %w", err)
	}
	b := newBooks(rules{})
	if err := follow(list, map[string]handler{typeWithdraw: b.withdraw}, func(bool, *tx) {}); err != nil {
		return nil, err
	}
	sums := map[string]*big.Int{}
	for _, wallet := range wallets {
		sums[wallet] = b.Account(wallet).Withdrawn
	}
	return sums, nil
}

func read(ctx context.Context, g Getter) (*Books, error) {
	r, err := readRules(ctx, g)
	if err != nil {
		return nil, err
	}
	if err := oneMetaNode(ctx, g); err != nil {
		return nil, err
	}
	list, err := transactions(ctx, g, followed)
	if err != nil {
		return nil, err
	}
	b := newBooks(r)
	if b.now, err = readPresent(ctx, g); err != nil {
		return nil, err
	}
	return b, b.replay(&lookup{ctx: ctx, get: g, wallets: map[string]string{}}, list)
}

// replay follows all messages. What the deposit was before the first of them
// follows from what it is after the last.
func (b *Books) replay(l *lookup, list []*tx) error {
	ends := newBooks(b.rules)
	if err := follow(list, ends.deposits(), func(bool, *tx) {}); err != nil {
		return err
	}
	b.market.deposit.Sub(b.now.money, b.now.unissued)
	b.market.deposit.Sub(b.market.deposit, ends.market.deposit)
	err := follow(list, b.everything(l), func(newBlock bool, t *tx) {
		if newBlock {
			b.endBlock()
		}
		b.told.Add(b.told, t.bought)
	})
	b.endBlock()
	return err
}

// follow does what all messages did. before is called before each transaction.
func follow(list []*tx, do map[string]handler, before func(newBlock bool, t *tx)) error {
	for i, t := range list {
		before(i > 0 && list[i-1].height < t.height, t)
		for _, m := range t.messages {
			if err := apply(t, m, do); err != nil {
				return err
			}
		}
	}
	return nil
}

func height(ctx context.Context, g Getter) (string, error) {
	var reply struct {
		Block struct {
			Header struct {
				Height string `json:"height"`
			} `json:"header"`
		} `json:"block"`
	}
	err := g.Get(ctx, "/cosmos/base/tendermint/v1beta1/blocks/latest", nil, &reply)
	return reply.Block.Header.Height, err
}
