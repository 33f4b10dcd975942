package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"os"

	_ "modernc.org/sqlite" // the driver

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sqlfile"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Log is the local history. It implements [chain.Log] and may be used by
// several goroutines.
type Log struct{ db *sql.DB }

// Open opens the history file at path and creates it, mode 0600, if needed. A
// file of an earlier version is brought up to date, one of a later version is an
// [ErrNewer], one that makes no sense an [ErrDamaged]; both are left as they are.
func Open(ctx context.Context, path string) (*Log, error) {
	l, err := open(ctx, path)
	if told := told(err); fault.Explained(told) {
		return nil, told
	}
	if err != nil {
		return nil, fault.Say(err, "The wallet's history could not be opened. Your money is safe; please check that the disk has room and can be written.")
	}
	return l, nil
}

func open(ctx context.Context, path string) (*Log, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	f.Close()
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	l := &Log{db}
	if err := l.migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return l, nil
}

// dsn asks for full durability: a transaction must be in the log before it is
// sent, also after a power cut.
func dsn(path string) string {
	query := url.Values{
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)"},
		"_txlock": {"immediate"},
	}
	return sqlfile.URI(path, query)
}

// Close closes the file.
func (l *Log) Close() error { return l.db.Close() }

// Sending stores a transaction that is about to be broadcast. A hash that is
// stored and not known to have come to nothing is a [chain.ErrLogged].
func (l *Log) Sending(ctx context.Context, s chain.Sent) error {
	e := ofMessage(s.Message, s.Fee)
	e.Hash, e.Time, e.Memo, e.State = s.Hash, s.Time, s.Memo, chain.Sending
	return l.inside(ctx, "log transaction", func(tx *sql.Tx) error {
		account, err := accountID(ctx, tx, s.ChainID, s.From.String())
		if err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `DELETE FROM entries WHERE account = ? AND hash = ? AND state IN ('refused', 'expired')`, account, s.Hash)
		if err != nil {
			return err
		}
		if gone, err := result.RowsAffected(); err != nil || gone == 0 {
			if known, kerr := knows(ctx, tx, account, s.Hash); kerr != nil || known {
				return errors.Join(err, kerr, chain.ErrLogged)
			}
		}
		return insert(ctx, tx, account, e, int64(s.Sequence), int64(s.Timeout))
	})
}

// Settled stores the outcome for a hash given to Sending. A final state is
// never overwritten.
func (l *Log) Settled(ctx context.Context, hash string, outcome chain.Outcome) error {
	return l.inside(ctx, "log outcome", func(tx *sql.Tx) error {
		open, err := openEntries(ctx, tx, hash)
		if err != nil {
			return err
		}
		for _, o := range open {
			if _, err := tx.ExecContext(ctx, `DELETE FROM entries WHERE id = ?`, o.id); err != nil {
				return err
			}
			o.entry.outcome(outcome)
			if err := insert(ctx, tx, o.account, o.entry, o.sequence, o.timeout); err != nil {
				return err
			}
		}
		return nil
	})
}

// openEntry is an entry whose outcome is not known.
type openEntry struct {
	id, account, sequence, timeout int64
	entry                          Entry
}

func openEntries(ctx context.Context, tx *sql.Tx, hash string) ([]openEntry, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, account, sequence, timeout, `+columns+`
		FROM entries WHERE hash = ? AND state IN ('sending', 'unknown')`, hash)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []openEntry
	for rows.Next() {
		var o openEntry
		if o.entry, err = scan(rows, &o.id, &o.account, &o.sequence, &o.timeout); err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, rows.Err()
}

// outcome completes an entry. What did not happen cost nothing; what failed
// cost the fee.
func (e *Entry) outcome(o chain.Outcome) {
	e.State, e.Height, e.Noz, e.Reason = o.State, o.Height, o.Noz, o.Reason
	if o.Height > 0 {
		e.Time = o.Time
	}
	switch o.State {
	case chain.Refused, chain.Expired:
		e.Fee = stratos.Amount{}
		e.Change = new(big.Int)
	case chain.Failed:
		e.Change = new(big.Int).Neg(e.Fee.Wei())
	}
}

// inside runs do in one transaction.
func (l *Log) inside(ctx context.Context, what string, do func(*sql.Tx) error) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return told(fmt.Errorf("%s: %w", what, err))
	}
	defer tx.Rollback() // after a commit it does nothing
	if err := do(tx); err != nil {
		if errors.Is(err, chain.ErrLogged) {
			return chain.ErrLogged
		}
		return told(fmt.Errorf("%s: %w", what, err))
	}
	if err := tx.Commit(); err != nil {
		return told(fmt.Errorf("%s: %w", what, err))
	}
	return nil
}
