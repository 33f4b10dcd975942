package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Source is the chain as the history needs it; [chain.Client] is one.
type Source interface {
	ChainID() string
	Search(ctx context.Context, filter string, account stratos.Address, page, limit int) (chain.Page, error)
	Resolve(ctx context.Context, p chain.Pending) (chain.Outcome, error)
}

// BlockSource is a [Source] that also knows what the chain paid by itself.
type BlockSource interface {
	BlockGains(ctx context.Context, account stratos.Address, above int64) (gains []chain.BlockGain, more bool, err error)
}

const pageSize = 50

// Refresh asks the chain what became of the account's pending transactions,
// and for the transactions that it sent or received: all of them the first
// time, later the newest ones back to what is known. It stops when ctx ends,
// keeps what it has, and goes on from there the next time.
func (l *Log) Refresh(ctx context.Context, source Source, account stratos.Address) error {
	err := l.resolve(ctx, source, account)
	for _, filter := range []string{chain.BySender, chain.ByRecipient} {
		w := walk{log: l, source: source, account: account, filter: filter}
		err = errors.Join(err, w.run(ctx))
	}
	if blocks, ok := source.(BlockSource); ok {
		err = errors.Join(err, l.fetchGains(ctx, source.ChainID(), blocks, account))
	}
	if err != nil {
		return fmt.Errorf("refresh history: %w", err)
	}
	return nil
}

func (l *Log) resolve(ctx context.Context, source Source, account stratos.Address) error {
	pending, err := l.Pending(ctx, source.ChainID(), account)
	if err != nil {
		return err
	}
	for _, p := range pending {
		outcome, err := source.Resolve(ctx, p)
		if err != nil {
			return err
		}
		if outcome.State == chain.Sending {
			continue
		}
		if err := l.Settled(ctx, p.Hash, outcome); err != nil {
			return err
		}
	}
	return nil
}

// walk reads the pages of one filter, which come newest first. Blocks are
// final, so what was read stays right; transactions that come in meanwhile
// shift the pages, which repeats entries but loses none.
type walk struct {
	log     *Log
	source  Source
	account stratos.Address
	filter  string
	cursor  cursor
}

// run reads what is new, and then what is older than anything known.
func (w *walk) run(ctx context.Context) (err error) {
	if w.cursor, err = w.log.cursor(ctx, w.source.ChainID(), w.account, w.filter); err != nil {
		return err
	}
	if err := w.news(ctx); err != nil || w.cursor.complete {
		return err
	}
	return w.rest(ctx)
}

// news walks from the newest page down to the height that is known, and only
// then moves that mark, so an interrupted walk is done again. The first page
// of a first walk is the start of what is known.
func (w *walk) news(ctx context.Context) error {
	known, top := w.cursor.high, int64(0)
	for page := 1; ; page++ {
		found, err := w.source.Search(ctx, w.filter, w.account, page, pageSize)
		if err != nil {
			return err
		}
		highest, lowest := span(found.Txs)
		if page == 1 && (known == 0 || highest < known) { // a first walk, or the chain was begun anew
			w.cursor = cursor{high: highest, low: lowest, count: len(found.Txs), complete: isLast(page, found)}
			return w.keep(ctx, found.Txs, w.cursor)
		}
		top = max(top, highest)
		w.cursor.count += above(found.Txs, known)
		done := lowest < known || isLast(page, found)
		if done {
			w.cursor.high = top
		}
		if err := w.keep(ctx, found.Txs, w.cursor); err != nil || done {
			return err
		}
	}
}

// rest goes on below the lowest height that is known. Where that is among the
// pages is an estimate; pages are tried back to one that overlaps.
func (w *walk) rest(ctx context.Context) error {
	joined := false
	for page := max(1, w.cursor.count/pageSize); ; page++ {
		found, err := w.source.Search(ctx, w.filter, w.account, page, pageSize)
		if err != nil {
			return err
		}
		highest, lowest := span(found.Txs)
		if !joined && page > 1 && highest < w.cursor.low {
			page = max(page-1-page/8, 1) - 1 // too far; back, and over again
			continue
		}
		joined = true
		w.cursor.low = min(w.cursor.low, lowest)
		w.cursor.count = page * pageSize
		w.cursor.complete = isLast(page, found)
		if err := w.keep(ctx, found.Txs, w.cursor); err != nil || w.cursor.complete {
			return err
		}
	}
}

// above counts the transactions over a height.
func above(txs []*chain.Tx, height int64) (n int) {
	for _, t := range txs {
		if t.Height > height {
			n++
		}
	}
	return n
}

func isLast(page int, found chain.Page) bool {
	return len(found.Txs) == 0 || uint64(page)*pageSize >= found.Total
}

// span is the highest and the lowest height of a page.
func span(txs []*chain.Tx) (highest, lowest int64) {
	for i, t := range txs {
		highest = max(highest, t.Height)
		if i == 0 || t.Height < lowest {
			lowest = t.Height
		}
	}
	return highest, lowest
}

// keep stores a page and how far the walk is with it, in one transaction.
func (w *walk) keep(ctx context.Context, txs []*chain.Tx, c cursor) error {
	return w.log.inside(ctx, "store entries", func(tx *sql.Tx) error {
		account, err := accountID(ctx, tx, w.source.ChainID(), w.account.String())
		if err != nil {
			return err
		}
		for _, t := range txs {
			if err := store(ctx, tx, account, Describe(t, w.account)); err != nil {
				return err
			}
		}
		return c.save(ctx, tx, account, w.filter)
	})
}
