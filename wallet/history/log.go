package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Log is the local history. It implements [chain.Log] and may be used by
// several goroutines.
type Log struct{ db *sql.DB }

// schemaVersion is kept in the file's user_version.
const schemaVersion = 1

// One row is one transaction as one account of one chain sees it. Amounts are
// decimal text of wei; times are Unix seconds.
const schema = `
CREATE TABLE IF NOT EXISTS entries (
	chain TEXT NOT NULL, account TEXT NOT NULL, hash TEXT NOT NULL,
	time INTEGER NOT NULL, kind TEXT NOT NULL, direction TEXT NOT NULL, amount TEXT NOT NULL,
	counterparty TEXT NOT NULL, fee TEXT NOT NULL, state TEXT NOT NULL, height INTEGER NOT NULL,
	memo TEXT NOT NULL, noz TEXT NOT NULL, reason TEXT NOT NULL, type TEXT NOT NULL,
	sequence INTEGER NOT NULL, timeout INTEGER NOT NULL,
	PRIMARY KEY (chain, account, hash)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_by_time ON entries (chain, account, time DESC, height DESC, hash);
CREATE INDEX IF NOT EXISTS entries_by_hash ON entries (hash);
CREATE TABLE IF NOT EXISTS marks (
	chain TEXT NOT NULL, account TEXT NOT NULL, filter TEXT NOT NULL, height INTEGER NOT NULL,
	PRIMARY KEY (chain, account, filter)
) WITHOUT ROWID;
PRAGMA user_version = 1;`

// Open opens the history file at path and creates it, mode 0600, if needed.
func Open(ctx context.Context, path string) (*Log, error) {
	l, err := open(ctx, path)
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
	if err := l.prepare(ctx); err != nil {
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
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: query.Encode()}).String()
}

func (l *Log) prepare(ctx context.Context) error {
	var version int
	if err := l.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return fmt.Errorf("read history: %w", err)
	}
	if version > schemaVersion {
		return fmt.Errorf("history has version %d, this program reads %d", version, schemaVersion)
	}
	if version == schemaVersion {
		return nil
	}
	if _, err := l.db.ExecContext(ctx, schema); err != nil {
		return fmt.Errorf("prepare history: %w", err)
	}
	return nil
}

// Close closes the file.
func (l *Log) Close() error { return l.db.Close() }

// Sending stores a transaction that is about to be broadcast. A hash that is
// stored and not known to have come to nothing is a [chain.ErrLogged].
func (l *Log) Sending(ctx context.Context, s chain.Sent) error {
	e := ofMessage(s.Message)
	result, err := l.db.ExecContext(ctx, `
		INSERT INTO entries VALUES (?,?,?, ?,?,?,?, ?,?,?,0, ?,'','',?, ?,?)
		ON CONFLICT DO UPDATE SET state = excluded.state, time = excluded.time, fee = excluded.fee, reason = ''
		WHERE state IN ('refused', 'expired')`,
		s.ChainID, s.From.String(), s.Hash, s.Time.Unix(), e.Kind, e.Direction, e.Amount.String(),
		e.Counterparty, s.Fee.String(), chain.Sending, s.Memo, e.Type, int64(s.Sequence), int64(s.Timeout))
	if err != nil {
		return fmt.Errorf("log transaction: %w", err)
	}
	if changed, err := result.RowsAffected(); err == nil && changed == 0 {
		return chain.ErrLogged
	}
	return nil
}

// Settled stores what became of a transaction. A final state is never
// overwritten.
func (l *Log) Settled(ctx context.Context, hash string, o chain.Outcome) error {
	_, err := l.db.ExecContext(ctx, `
		UPDATE entries SET state = ?, height = ?, time = CASE WHEN ? > 0 THEN ? ELSE time END,
			noz = ?, reason = ?, fee = CASE WHEN ? THEN '0' ELSE fee END
		WHERE hash = ? AND state IN ('sending', 'unknown')`,
		o.State, o.Height, o.Height, o.Time.Unix(), nozText(o.Noz), o.Reason,
		o.State == chain.Refused || o.State == chain.Expired, hash)
	if err != nil {
		return fmt.Errorf("log outcome: %w", err)
	}
	return nil
}

func nozText(noz *big.Int) string {
	if noz == nil {
		return ""
	}
	return noz.String()
}

// store keeps an entry that the chain told; the chain is right.
func (l *Log) store(ctx context.Context, chainID string, account stratos.Address, e Entry) error {
	_, err := l.db.ExecContext(ctx, `
		INSERT INTO entries VALUES (?,?,?, ?,?,?,?, ?,?,?,?, ?,?,'',?, 0,0)
		ON CONFLICT DO UPDATE SET time = excluded.time, kind = excluded.kind, direction = excluded.direction,
			amount = excluded.amount, counterparty = excluded.counterparty, fee = excluded.fee, state = excluded.state,
			height = excluded.height, memo = excluded.memo, noz = excluded.noz, type = excluded.type`,
		chainID, account.String(), e.Hash, e.Time.Unix(), e.Kind, e.Direction, e.Amount.String(),
		e.Counterparty, e.Fee.String(), e.State, e.Height, e.Memo, nozText(e.Noz), e.Type)
	if err != nil {
		return fmt.Errorf("store entry: %w", err)
	}
	return nil
}
