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

const pageSize = 50

// Refresh asks the chain what became of the account's pending transactions,
// and for the transactions that it sent or received: all of them the first
// time, later the newest ones back to what is known. It stops when ctx ends
// and keeps what it has.
func (l *Log) Refresh(ctx context.Context, source Source, account stratos.Address) error {
	err := l.resolve(ctx, source, account)
	for _, filter := range []string{chain.BySender, chain.ByRecipient} {
		err = errors.Join(err, l.fetch(ctx, source, filter, account))
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

// fetch walks the pages, newest first, down to the height that an earlier walk
// has left behind, and only then moves that mark, so an interrupted walk is
// done again. Transactions that come in meanwhile shift the pages, which
// repeats entries but loses none.
func (l *Log) fetch(ctx context.Context, source Source, filter string, account stratos.Address) error {
	mark, err := l.mark(ctx, source.ChainID(), account, filter)
	if err != nil {
		return err
	}
	top := int64(0)
	for page := 1; ; page++ {
		found, err := source.Search(ctx, filter, account, page, pageSize)
		if err != nil {
			return err
		}
		if err := l.storePage(ctx, source.ChainID(), account, found.Txs); err != nil {
			return err
		}
		highest, lowest := span(found.Txs)
		top = max(top, highest)
		if page == 1 && highest < mark {
			mark = 0 // the chain was begun anew
		}
		if len(found.Txs) == 0 || lowest < mark || uint64(page)*pageSize >= found.Total {
			return l.setMark(ctx, source.ChainID(), account, filter, top)
		}
	}
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

func (l *Log) storePage(ctx context.Context, chainID string, account stratos.Address, txs []*chain.Tx) error {
	for _, t := range txs {
		if err := l.store(ctx, chainID, account, Describe(t, account)); err != nil {
			return err
		}
	}
	return nil
}

// mark is the height up to which every transaction under filter is known.
func (l *Log) mark(ctx context.Context, chainID string, account stratos.Address, filter string) (height int64, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT height FROM marks WHERE chain = ? AND account = ? AND filter = ?`,
		chainID, account.String(), filter).Scan(&height)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read mark: %w", err)
	}
	return height, nil
}

func (l *Log) setMark(ctx context.Context, chainID string, account stratos.Address, filter string, height int64) error {
	_, err := l.db.ExecContext(ctx, `INSERT INTO marks VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET height = excluded.height`,
		chainID, account.String(), filter, height)
	if err != nil {
		return fmt.Errorf("set mark: %w", err)
	}
	return nil
}
