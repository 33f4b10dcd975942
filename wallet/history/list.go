package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// List returns the newest entries of an account, at most limit, after
// skipping offset.
func (l *Log) List(ctx context.Context, chainID string, account stratos.Address, limit, offset int) ([]Entry, error) {
	rows, err := l.db.QueryContext(ctx, `
		SELECT time, kind, direction, amount, counterparty, fee, hash, state, height, memo, noz, reason, type
		FROM entries WHERE chain = ? AND account = ? ORDER BY time DESC, height DESC, hash LIMIT ? OFFSET ?`,
		chainID, account.String(), limit, offset)
	if err != nil {
		return nil, fmt.Errorf("list history: %w", err)
	}
	defer rows.Close()
	var list []Entry
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list history: %w", err)
	}
	return list, nil
}

func scan(rows *sql.Rows) (Entry, error) {
	var e Entry
	var seconds int64
	var amount, fee, noz string
	err := rows.Scan(&seconds, &e.Kind, &e.Direction, &amount, &e.Counterparty, &fee, &e.Hash, &e.State, &e.Height, &e.Memo, &noz, &e.Reason, &e.Type)
	if err != nil {
		return Entry{}, fmt.Errorf("read history: %w", err)
	}
	if err := errors.Join(e.Amount.UnmarshalText([]byte(amount)), e.Fee.UnmarshalText([]byte(fee))); err != nil {
		return Entry{}, fmt.Errorf("read history: entry %s: %w", e.Hash, err)
	}
	if noz != "" {
		e.Noz, _ = new(big.Int).SetString(noz, 10)
	}
	e.Time = time.Unix(seconds, 0).UTC()
	return e, nil
}

// Pending returns the transactions of an account that were sent and whose
// outcome is not known, oldest first.
func (l *Log) Pending(ctx context.Context, chainID string, account stratos.Address) ([]chain.Pending, error) {
	rows, err := l.db.QueryContext(ctx, `
		SELECT hash, sequence, timeout FROM entries
		WHERE chain = ? AND account = ? AND state IN ('sending', 'unknown') ORDER BY sequence`, chainID, account.String())
	if err != nil {
		return nil, fmt.Errorf("list pending transactions: %w", err)
	}
	defer rows.Close()
	var list []chain.Pending
	for rows.Next() {
		p := chain.Pending{From: account}
		if err := rows.Scan(&p.Hash, &p.Sequence, &p.Timeout); err != nil {
			return nil, fmt.Errorf("list pending transactions: %w", err)
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// Knows tells whether an account ever sent to another, and got it through.
func (l *Log) Knows(ctx context.Context, chainID string, account, other stratos.Address) (bool, error) {
	var n int
	err := l.db.QueryRowContext(ctx, `
		SELECT count(*) FROM entries WHERE chain = ? AND account = ? AND counterparty = ? AND direction = 'out' AND state = 'done'`,
		chainID, account.String(), other.String()).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look up recipient: %w", err)
	}
	return n > 0, nil
}
