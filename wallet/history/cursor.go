package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// cursor is how far the chain was read for an account and a filter: everything
// from height low to height high is here.
type cursor struct {
	high, low int64
	count     int  // about how many transactions that are, counted from the newest
	complete  bool // there is nothing below low
}

func (l *Log) cursor(ctx context.Context, chainID string, account stratos.Address, filter string) (c cursor, err error) {
	id, err := l.account(ctx, chainID, account)
	if err == nil {
		err = l.db.QueryRowContext(ctx, `SELECT high, low, count, complete FROM cursors WHERE account = ? AND filter = ?`, id, filter).
			Scan(&c.high, &c.low, &c.count, &c.complete)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return cursor{}, told(fmt.Errorf("read how far the history goes: %w", err))
	}
	return c, nil
}

func (c cursor) save(ctx context.Context, tx *sql.Tx, account int64, filter string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO cursors VALUES (?,?,?,?,?,?)
		ON CONFLICT DO UPDATE SET high = excluded.high, low = excluded.low, count = excluded.count, complete = excluded.complete`,
		account, filter, c.high, c.low, c.count, c.complete)
	return err
}

// Coverage is how much of an account's history is here.
type Coverage struct {
	Complete bool   // read to the beginning, as far as the node remembers
	Missing  uint64 // transactions that the account signed and the node has forgotten
	Problem  string // what is missing, in a sentence, or ""
}

// Coverage tells how complete the history is after a [Log.Refresh], whose
// error it takes. The account's sequence number counts all transactions that
// it ever signed, so what a node has forgotten is known to be missing.
func (l *Log) Coverage(ctx context.Context, chainID string, account stratos.Address, sequence uint64, refreshed error) (Coverage, error) {
	c := Coverage{Complete: true}
	for _, filter := range []string{chain.BySender, chain.ByRecipient} {
		walked, err := l.cursor(ctx, chainID, account, filter)
		if err != nil {
			return Coverage{}, err
		}
		c.Complete = c.Complete && walked.complete
	}
	signed, err := l.signed(ctx, chainID, account)
	if err != nil {
		return Coverage{}, err
	}
	if c.Complete && sequence > signed {
		c.Missing = sequence - signed
	}
	c.Problem = problem(c, refreshed)
	return c, nil
}

func (l *Log) signed(ctx context.Context, chainID string, account stratos.Address) (n uint64, err error) {
	err = l.db.QueryRowContext(ctx, `
		SELECT count(*) FROM entries e JOIN accounts a ON a.id = e.account
		WHERE a.chain = ? AND a.account = ? AND e.signed AND e.state IN ('done', 'failed')`, chainID, account.String()).Scan(&n)
	if err != nil {
		return 0, told(fmt.Errorf("count own transactions: %w", err))
	}
	return n, nil
}

func problem(c Coverage, refreshed error) string {
	switch {
	case errors.Is(refreshed, chain.ErrNoIndex):
		return "This network address keeps no list of transactions, so only what was sent from this computer is shown. Another address may know more."
	case errors.Is(refreshed, chain.ErrNoBlocks):
		return "This network address does not tell which stakes and deposits came back. They are in the balance, but not in this list."
	case refreshed != nil:
		return "The network did not answer completely, so the newest transactions may be missing."
	case c.Missing > 0:
		return fmt.Sprintf("This network address has forgotten %d older transactions of this account. Another address may know them.", c.Missing)
	case !c.Complete:
		return "Older transactions are still being read."
	}
	return ""
}
