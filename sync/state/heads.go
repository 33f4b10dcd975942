package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// Head is a head this device has seen, with where it lies.
type Head struct {
	object.Head
	File    string // id on the network
	Name    string // name on the network
	Share   string // id of its share, "" if none is known
	Expires int64  // when the share ends, Unix seconds
}

// PutHead stores a head, or notes a new share of it.
func (t *sqlTx) PutHead(h Head) error {
	t.heads = true
	return t.exec("put head", `INSERT INTO heads(file, name, share, expires, device, counter, body) VALUES(?,?,?,?,?,?,?)
		ON CONFLICT(file) DO UPDATE SET share=excluded.share, expires=excluded.expires`,
		h.File, h.Name, h.Share, h.Expires, h.Device[:], h.Counter, h.Encode())
}

// DropHead forgets a head.
func (t *sqlTx) DropHead(file string) error {
	t.heads = true
	return t.exec("drop head", `DELETE FROM heads WHERE file=?`, file)
}

// knownHeads are the heads as they were read last: who has nothing to do asks
// for them again and again.
type knownHeads struct {
	mu    sync.Mutex
	all   []Head // nil if they may have changed
	turns int    // how often they have
}

// change notes that the heads are not what they were.
func (k *knownHeads) change() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.all = nil
	k.turns++
}

func (k *knownHeads) get() ([]Head, int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.all), k.turns
}

// set notes heads that were read, unless they changed since then.
func (k *knownHeads) set(all []Head, turn int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.turns == turn {
		k.all = slices.Clone(all)
	}
}

// Heads returns all stored heads. What they hold must not be changed.
func (s *DB) Heads(ctx context.Context) ([]Head, error) {
	known, turn := s.heads.get()
	if known != nil {
		return known, nil
	}
	all, err := s.readHeads(ctx)
	if err == nil {
		s.heads.set(all, turn)
	}
	return all, err
}

func (s *DB) readHeads(ctx context.Context) ([]Head, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT file, name, share, expires, body FROM heads ORDER BY file`)
	if err != nil {
		return nil, fmt.Errorf("read heads from state: %w", err)
	}
	defer rows.Close()
	var out []Head
	for rows.Next() {
		var h Head
		var body []byte
		if err := rows.Scan(&h.File, &h.Name, &h.Share, &h.Expires, &body); err != nil {
			return nil, fmt.Errorf("read head from state: %w", err)
		}
		if h.Head, err = object.DecodeHead(body); err != nil {
			return nil, fmt.Errorf("read head from state: %w", err)
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// PutIndex notes an index that is in use. One that was replaced stays so.
func (t *sqlTx) PutIndex(x object.IndexRef) error {
	return t.exec("put index", `INSERT OR IGNORE INTO indexes(id, file, size, offset, length, state) VALUES(?,?,?,?,?,1)`,
		x.ID[:], x.File, x.Size, x.Offset, x.Length)
}

// ReplaceIndex notes that another index took the place of this one, which may
// be unknown.
func (t *sqlTx) ReplaceIndex(id pack.ID) error {
	return t.exec("replace index", `INSERT INTO indexes(id, file, size, offset, length, state) VALUES(?,'',0,0,0,2)
		ON CONFLICT(id) DO UPDATE SET state=2`, id[:])
}

// Indexes returns the indexes in use.
func (s *DB) Indexes(ctx context.Context) ([]object.IndexRef, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, file, size, offset, length FROM indexes WHERE state=1 ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("read indexes from state: %w", err)
	}
	defer rows.Close()
	var out []object.IndexRef
	for rows.Next() {
		var x object.IndexRef
		var id []byte
		if err := rows.Scan(&id, &x.File, &x.Size, &x.Offset, &x.Length); err != nil {
			return nil, fmt.Errorf("read index from state: %w", err)
		}
		copy(x.ID[:], id)
		out = append(out, x)
	}
	return out, rows.Err()
}

// HasIndex reports whether an index was read, in use or replaced.
func (s *DB) HasIndex(ctx context.Context, id pack.ID) (bool, error) {
	var one int
	err := s.db.QueryRowContext(ctx, `SELECT 1 FROM indexes WHERE id=?`, id[:]).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// PutObject keeps the content of a metadata blob.
func (t *sqlTx) PutObject(kind pack.Kind, id pack.ID, body []byte) error {
	return t.exec("put object", `INSERT OR IGNORE INTO objects(id, kind, body) VALUES(?,?,?)`, id[:], kind, body)
}

// Object returns the content of a metadata blob that was kept, or
// [ErrNotFound].
func (s *DB) Object(ctx context.Context, kind pack.Kind, id pack.ID) ([]byte, error) {
	var body []byte
	err := s.obj.QueryRowContext(ctx, id[:], kind).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read object from state: %w", err)
	}
	return body, nil
}
