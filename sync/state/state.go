package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sqlfile"
	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// ErrNotFound is returned where nothing is stored under a key.
var ErrNotFound = errors.New("not in the local state")

// DB is the open state file. It is safe for several goroutines.
type DB struct {
	db    *sql.DB
	write sync.Mutex
	has   *sql.Stmt
	find  *sql.Stmt
	obj   *sql.Stmt
	heads knownHeads
}

const schemaVersion = 1

// restTime is how long nobody may ask before a connection, and with it the pages
// that it keeps in memory, is given up.
const restTime = 10 * time.Second

// pageSize is that of a new file, four times the usual one: a first look writes
// some hundred thousand rows, and each page costs calls of the system. A file
// that is there keeps its own.
const pageSize = "page_size(16384)"

// largeCache lets a connection keep 12 MB of pages instead of 2: changes touch
// many places, while who reads all gains nothing by keeping it.
const largeCache = `PRAGMA cache_size=-12000`

var schema = []string{
	`CREATE TABLE IF NOT EXISTS meta(k TEXT PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS packs(num INTEGER PRIMARY KEY, file TEXT UNIQUE, name TEXT NOT NULL, use INTEGER NOT NULL,
		size INTEGER NOT NULL, state INTEGER NOT NULL, listing BLOB NOT NULL, idx BLOB)`,
	`CREATE TABLE IF NOT EXISTS blobs(id BLOB NOT NULL, kind INTEGER NOT NULL, pack INTEGER NOT NULL, offset INTEGER NOT NULL,
		length INTEGER NOT NULL, PRIMARY KEY(id, kind, pack)) WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS objects(id BLOB NOT NULL, kind INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY(id, kind)) WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS indexes(id BLOB PRIMARY KEY, file TEXT NOT NULL, size INTEGER NOT NULL, offset INTEGER NOT NULL,
		length INTEGER NOT NULL, state INTEGER NOT NULL) WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS heads(file TEXT PRIMARY KEY, name TEXT NOT NULL, share TEXT NOT NULL, expires INTEGER NOT NULL,
		device BLOB NOT NULL, counter INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS doomed(file TEXT PRIMARY KEY, level INTEGER NOT NULL) WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS synced(id BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS disk(id BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID`,
}

// Open opens the state file at path, or makes it. Where [IsUseless] is true of
// the error, the caller may put the file aside and open again.
func Open(ctx context.Context, path string) (*DB, error) {
	q := url.Values{"_pragma": {"busy_timeout(10000)", pageSize, "journal_mode(WAL)", "synchronous(FULL)", "cache_size(-2000)"}, "_txlock": {"immediate"}}
	db, err := sql.Open("sqlite", sqlfile.URI(path, q))
	if err != nil {
		return nil, fmt.Errorf("open state: %w", err)
	}
	db.SetMaxOpenConns(4)
	db.SetConnMaxIdleTime(restTime)
	s := &DB{db: db}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(explain(named(err)), db.Close())
	}
	return s, nil
}

func explain(err error) error {
	if disk.IsFull(err) {
		return err // who asked says so
	}
	return fault.Say(err, "The drive's local notes could not be opened. They can be deleted without loss; your files are safe.")
}

func (s *DB) prepare(ctx context.Context) error {
	for _, q := range schema {
		if _, err := s.db.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("make tables: %w", err)
		}
	}
	if err := s.checkVersion(ctx); err != nil {
		return err
	}
	for to, q := range map[**sql.Stmt]string{
		&s.has:  hasQuery,
		&s.find: findQuery,
		&s.obj:  `SELECT body FROM objects WHERE id=? AND kind=?`,
	} {
		st, err := s.db.PrepareContext(ctx, q)
		if err != nil {
			return fmt.Errorf("prepare: %w", err)
		}
		*to = st
	}
	return nil
}

func (s *DB) checkVersion(ctx context.Context) error {
	v, err := s.Get(ctx, "version")
	if errors.Is(err, ErrNotFound) {
		return s.Set(ctx, "version", []byte{schemaVersion})
	}
	if err == nil && (len(v) != 1 || v[0] != schemaVersion) {
		return fmt.Errorf("%w: %v, want %d", ErrVersion, v, schemaVersion)
	}
	return err
}

// Close closes the file.
func (s *DB) Close() error { return s.db.Close() }

// Get returns a value that [DB.Set] stored, or [ErrNotFound].
func (s *DB) Get(ctx context.Context, key string) ([]byte, error) {
	var v []byte
	err := s.db.QueryRowContext(ctx, `SELECT v FROM meta WHERE k=?`, key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read %s from state: %w", key, err)
	}
	return v, nil
}

// Set stores a value.
func (s *DB) Set(ctx context.Context, key string, v []byte) error {
	return s.Update(ctx, func(tx Tx) error { return tx.Set(key, v) })
}

// Tx is a change that happens as a whole or not at all.
type Tx interface {
	// Set stores a value, Unset removes it.
	Set(key string, v []byte) error
	Unset(key string) error

	// PutHead stores a head, or notes a new share of it. DropHead forgets it.
	PutHead(h Head) error
	DropHead(file string) error
	// PutIndex notes an index that is in use. One that was replaced stays so.
	PutIndex(x object.IndexRef) error
	// ReplaceIndex notes that another index took the place of this one, which
	// may be unknown.
	ReplaceIndex(id pack.ID) error
	// PutObject keeps the content of a metadata blob.
	PutObject(kind pack.Kind, id pack.ID, body []byte) error

	// AddPack stores a pack with its blobs and returns its number here. A pack
	// of a file that is known already keeps its number.
	AddPack(p Pack) (int64, error)
	// SetSent notes that the network has a spooled pack, under this id.
	SetSent(num int64, file string) error
	// SetCommitted notes that a commit names the packs that were sent.
	SetCommitted(nums []int64) error
	// SetIndexed notes that an index names a pack.
	SetIndexed(num int64, index pack.ID) error
	// DropPack forgets a pack and its blobs.
	DropPack(p Pack) error
	// SetDoomed says which packs must not be relied on, by their ids on the
	// network, known here or not. It takes the place of what was said before.
	SetDoomed(all map[string]Doom) error

	// PutSynced stores a node that disk and network agree on, DropSynced forgets
	// it.
	PutSynced(n tree.Node) error
	DropSynced(id tree.ID) error
	// PutDisk stores what lies on the disk, DropDisk forgets it.
	PutDisk(n tree.OnDisk) error
	DropDisk(id tree.ID) error
}

// sqlTx is a Tx of the SQLite file.
type sqlTx struct {
	ctx   context.Context
	tx    *sql.Tx
	ready map[string]*sql.Stmt // by query: parsing costs more than most changes
	rows  map[string][]any     // by table: nodes that wait to be stored together
	heads bool                 // heads were changed
}

// Update runs change and makes it last. An error of change undoes all of it.
func (s *DB) Update(ctx context.Context, change func(tx Tx) error) error {
	s.write.Lock()
	defer s.write.Unlock()
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return named(fmt.Errorf("begin state change: %w", err))
	}
	t := &sqlTx{ctx: ctx, tx: tx, ready: map[string]*sql.Stmt{}, rows: map[string][]any{}}
	if _, err = tx.ExecContext(ctx, largeCache); err == nil {
		err = change(t)
	}
	for table := range t.rows {
		if err == nil {
			err = t.flush(table)
		}
	}
	if t.heads {
		defer s.heads.change() // whatever comes of it
	}
	if err != nil {
		return errors.Join(named(err), tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return named(fmt.Errorf("commit state change: %w", err))
	}
	return nil
}

func (t *sqlTx) exec(what, query string, args ...any) error {
	st := t.ready[query]
	if st == nil {
		var err error
		if st, err = t.tx.PrepareContext(t.ctx, query); err != nil {
			return fmt.Errorf("%s in state: %w", what, err)
		}
		t.ready[query] = st // closed with the transaction
	}
	if _, err := st.ExecContext(t.ctx, args...); err != nil {
		return fmt.Errorf("%s in state: %w", what, err)
	}
	return nil
}

// Set stores a value.
func (t *sqlTx) Set(key string, v []byte) error {
	return t.exec("set "+key, `INSERT INTO meta(k, v) VALUES(?,?) ON CONFLICT(k) DO UPDATE SET v=excluded.v`, key, v)
}

// Unset removes a value.
func (t *sqlTx) Unset(key string) error {
	return t.exec("unset "+key, `DELETE FROM meta WHERE k=?`, key)
}
