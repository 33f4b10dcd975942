package meta

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver

	"github.com/stratosdrive/stratosdrive/internal/sqlfile"
)

// Meta is an open meta node. Its methods may be called from many goroutines.
type Meta struct {
	db    *sql.DB
	clock func() time.Time
	mu    sync.Mutex // held by whoever writes

	ledger ledger
}

// Options are the choices at [Open].
type Options struct {
	Clock func() time.Time // nil: the system's
	// FlushEvery is how often the traffic ledger is written; 0 means 2 s.
	FlushEvery time.Duration
}

// Open opens or makes the database at path. Files that were accepted but not
// yet stored when the process ended are dropped and their price is given back.
func Open(ctx context.Context, path string, o Options) (*Meta, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	db, err := sql.Open("sqlite", dsn(path, "FULL"))
	if err != nil {
		return nil, fmt.Errorf("open meta data: %w", err)
	}
	m := &Meta{db: db, clock: o.Clock}
	if err := m.prepare(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("open meta data: %w", err)
	}
	if err := m.ledger.start(path, o.FlushEvery); err != nil {
		db.Close()
		return nil, err
	}
	return m, nil
}

// Close writes the rest of the ledger and closes the database.
func (m *Meta) Close() error {
	err := m.ledger.stop()
	return errors.Join(err, m.db.Close())
}

// dsn names the database file with a sync level. A writer waits for another
// one instead of failing.
func dsn(path, synchronous string) string {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(20000)", "journal_mode(WAL)", "synchronous(" + synchronous + ")",
		"foreign_keys(1)", "wal_autocheckpoint(2000)",
	}}
	return sqlfile.URI(path, q)
}

func (m *Meta) prepare(ctx context.Context) error {
	if err := migrate(ctx, m.db); err != nil {
		return err
	}
	return m.dropUnfinished(ctx)
}

func (m *Meta) now() int64 { return m.clock().Unix() }

// write runs fn in one transaction that is on disk when write returns nil.
func (m *Meta) write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	tx, err := m.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// rows calls fn for every row of a query.
func rows(ctx context.Context, q querier, fn func(*sql.Rows) error, query string, args ...any) error {
	r, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer r.Close()
	for r.Next() {
		if err := fn(r); err != nil {
			return err
		}
	}
	return r.Err()
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}
