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

// columns are those of an entry, as [scan] reads them.
const columns = `time, kind, direction, amount, counterparty, fee, hash, state, height, memo, noz, reason, type,
	reward, change, signed, messages`

// List returns the newest entries of an account, at most limit, after
// skipping offset.
func (l *Log) List(ctx context.Context, chainID string, account stratos.Address, limit, offset int) ([]Entry, error) {
	found, err := l.Find(ctx, chainID, account, Query{Limit: limit, Offset: offset})
	return found, err
}

// scan reads the columns of an entry, after others that come first.
func scan(rows *sql.Rows, first ...any) (Entry, error) {
	var e Entry
	var seconds int64
	var amount, fee, noz, reward, change string
	err := rows.Scan(append(first, &seconds, &e.Kind, &e.Direction, &amount, &e.Counterparty, &fee, &e.Hash, &e.State, &e.Height,
		&e.Memo, &noz, &e.Reason, &e.Type, &reward, &change, &e.Signed, &e.Messages)...)
	if err != nil {
		return Entry{}, told(fmt.Errorf("read history: %w", err))
	}
	err = errors.Join(e.Amount.UnmarshalText([]byte(amount)), e.Fee.UnmarshalText([]byte(fee)), e.Reward.UnmarshalText([]byte(reward)))
	if err != nil {
		return Entry{}, fmt.Errorf("read history: entry %s: %w", e.Hash, err)
	}
	e.Noz, e.Change = integer(noz), integer(change)
	e.Time = time.Unix(seconds, 0).UTC()
	return e, nil
}

// integer reads what [number] wrote.
func integer(text string) *big.Int {
	if n, ok := new(big.Int).SetString(text, 10); ok {
		return n
	}
	return nil
}

// Pending returns the transactions of an account that were sent and whose
// outcome is not known, oldest first.
func (l *Log) Pending(ctx context.Context, chainID string, account stratos.Address) ([]chain.Pending, error) {
	rows, err := l.db.QueryContext(ctx, `
		SELECT e.hash, e.sequence, e.timeout FROM entries e JOIN accounts a ON a.id = e.account
		WHERE a.chain = ? AND a.account = ? AND e.state IN ('sending', 'unknown') ORDER BY e.sequence`, chainID, account.String())
	if err != nil {
		return nil, told(fmt.Errorf("list pending transactions: %w", err))
	}
	defer rows.Close()
	var list []chain.Pending
	for rows.Next() {
		p := chain.Pending{From: account}
		if err := rows.Scan(&p.Hash, &p.Sequence, &p.Timeout); err != nil {
			return nil, told(fmt.Errorf("list pending transactions: %w", err))
		}
		list = append(list, p)
	}
	return list, told(rows.Err())
}

// Knows tells whether an account ever sent to another, and got it through.
func (l *Log) Knows(ctx context.Context, chainID string, account, other stratos.Address) (known bool, err error) {
	err = l.db.QueryRowContext(ctx, `
		SELECT count(*) > 0 FROM entries e JOIN accounts a ON a.id = e.account
		WHERE a.chain = ? AND a.account = ? AND e.counterparty = ? AND e.direction = 'out' AND e.state = 'done'`,
		chainID, account.String(), other.String()).Scan(&known)
	if err != nil {
		return false, told(fmt.Errorf("look up recipient: %w", err))
	}
	return known, nil
}

// Books adds up what the entries of an account did to its balance. With a
// complete history the sum is the balance.
func (l *Log) Books(ctx context.Context, chainID string, account stratos.Address) (*big.Int, error) {
	rows, err := l.db.QueryContext(ctx, `
		SELECT e.change FROM entries e JOIN accounts a ON a.id = e.account
		WHERE a.chain = ? AND a.account = ? AND e.state IN ('done', 'failed')`, chainID, account.String())
	if err != nil {
		return nil, told(fmt.Errorf("add up history: %w", err))
	}
	defer rows.Close()
	sum := new(big.Int)
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, told(fmt.Errorf("add up history: %w", err))
		}
		if change := integer(text); change != nil {
			sum.Add(sum, change)
		}
	}
	return sum, told(rows.Err())
}
