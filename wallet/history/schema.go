package history

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations lead from one version of the file to the next. What is here is on
// people's disks: it is never changed, only added to.
var migrations = []func(context.Context, *sql.Tx) error{toOne, toTwo}

// One row is one transaction as one account of one chain sees it. Amounts are
// decimal text of wei; times are Unix seconds.
const schemaOne = `
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
) WITHOUT ROWID;`

// The id of an entry holds its account and grows with its time (see idOf), so
// that entries of an account are listed, and found by their words, in the order
// of time without looking at others. words holds what is searched. Cursors say how far the chain was read: everything from height low
// to height high is here.
const schemaTwo = `
CREATE TABLE accounts (id INTEGER PRIMARY KEY, chain TEXT NOT NULL, account TEXT NOT NULL, UNIQUE (chain, account));
CREATE TABLE entries (
	id INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES accounts, hash TEXT NOT NULL,
	time INTEGER NOT NULL, kind TEXT NOT NULL, direction TEXT NOT NULL, amount TEXT NOT NULL,
	counterparty TEXT NOT NULL, fee TEXT NOT NULL, state TEXT NOT NULL, height INTEGER NOT NULL,
	memo TEXT NOT NULL, noz TEXT NOT NULL, reason TEXT NOT NULL, type TEXT NOT NULL,
	sequence INTEGER NOT NULL, timeout INTEGER NOT NULL,
	reward TEXT NOT NULL, change TEXT NOT NULL, signed INTEGER NOT NULL, messages INTEGER NOT NULL, words TEXT NOT NULL,
	UNIQUE (account, hash)
);
CREATE INDEX entries_by_account ON entries (account, id);
CREATE INDEX entries_by_kind ON entries (account, kind, id);
CREATE INDEX entries_by_hash ON entries (hash);
CREATE INDEX entries_open ON entries (account, sequence) WHERE state IN ('sending', 'unknown');
CREATE INDEX entries_by_other ON entries (account, counterparty);
CREATE TABLE cursors (
	account INTEGER NOT NULL REFERENCES accounts, filter TEXT NOT NULL,
	high INTEGER NOT NULL, low INTEGER NOT NULL, count INTEGER NOT NULL, complete INTEGER NOT NULL,
	PRIMARY KEY (account, filter)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE found USING fts5 (words, content='entries', content_rowid='id', prefix='1 2 3 4 5 6 7 8', detail=none,
	tokenize="unicode61 tokenchars '.'");
CREATE TRIGGER entries_added AFTER INSERT ON entries BEGIN
	INSERT INTO found (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER entries_removed AFTER DELETE ON entries BEGIN
	INSERT INTO found (found, rowid, words) VALUES ('delete', old.id, old.words);
END;
CREATE TRIGGER entries_changed AFTER UPDATE OF id, words ON entries BEGIN
	INSERT INTO found (found, rowid, words) VALUES ('delete', old.id, old.words);
	INSERT INTO found (rowid, words) VALUES (new.id, new.words);
END;`

// migrate brings a file of any earlier version up to date, all or nothing.
func (l *Log) migrate(ctx context.Context) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("prepare history: %w", err)
	}
	defer tx.Rollback() // after a commit it does nothing
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return fmt.Errorf("read history: %w", err)
	}
	if version > len(migrations) {
		return fmt.Errorf("%w: it has %d, this program reads %d", ErrNewer, version, len(migrations))
	}
	if version == len(migrations) {
		return nil
	}
	for i := version; i < len(migrations); i++ {
		if err := migrations[i](ctx, tx); err != nil {
			return fmt.Errorf("bring history to version %d: %w", i+1, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(migrations))); err != nil {
		return fmt.Errorf("prepare history: %w", err)
	}
	return tx.Commit()
}

func toOne(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, schemaOne)
	return err
}

// toTwo moves the entries over. What version one did not know is read from the
// chain again, since the marks are gone.
func toTwo(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, `DROP INDEX entries_by_hash; ALTER TABLE entries RENAME TO old; DROP TABLE marks;`+schemaTwo); err != nil {
		return err
	}
	olds, err := readOld(ctx, tx)
	if err != nil {
		return err
	}
	for _, o := range olds {
		account, err := accountID(ctx, tx, o.chain, o.account)
		if err == nil {
			err = insert(ctx, tx, account, o.entry, o.sequence, o.timeout)
		}
		if err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `DROP TABLE old`)
	return err
}

type oldEntry struct {
	chain, account    string
	entry             Entry
	sequence, timeout int64
}

func readOld(ctx context.Context, tx *sql.Tx) ([]oldEntry, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT chain, account, sequence, timeout, time, kind, direction, amount, counterparty, fee, hash, state, height, memo, noz, reason, type,
			'0', '', sequence > 0 OR fee <> '0', 1
		FROM old`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []oldEntry
	for rows.Next() {
		var o oldEntry
		if o.entry, err = scan(rows, &o.chain, &o.account, &o.sequence, &o.timeout); err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, rows.Err()
}
