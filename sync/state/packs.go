package state

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// Stage says how far a pack has come.
type Stage int

// The stages of a pack, in order.
const (
	Spooled   Stage = 1 // built, waits on disk
	Sent      Stage = 2 // the network has it, no commit names it yet
	Committed Stage = 3 // part of the drive
)

// Pack is a pack this device knows.
type Pack struct {
	Num   int64
	File  string // id on the network; "" while it is spooled
	Name  string // name on the network and in the spool; "" for packs of others
	Use   pack.Use
	Size  int64
	Stage Stage
	Blobs []pack.Blob
}

// Location says where a blob lies.
type Location struct {
	Pack Pack // without its blobs
	Blob pack.Blob
}

// AddPack stores a pack with its blobs and returns its number here. A pack of
// a file that is known already keeps its number.
func (t *sqlTx) AddPack(p Pack) (int64, error) {
	var file any
	if p.File != "" {
		file = p.File
		if num, ok, err := t.packOf(p.File); ok || err != nil {
			return num, err
		}
	}
	x := object.Index{Packs: []object.Pack{{Use: p.Use, Blobs: p.Blobs}}}
	res, err := t.tx.ExecContext(t.ctx, `INSERT INTO packs(file, name, use, size, state, listing) VALUES(?,?,?,?,?,?)`,
		file, p.Name, p.Use, p.Size, p.Stage, x.Encode())
	if err != nil {
		return 0, fmt.Errorf("add pack to state: %w", err)
	}
	num, err := res.LastInsertId()
	if err != nil {
		return 0, fmt.Errorf("add pack to state: %w", err)
	}
	return num, t.addBlobs(num, p.Blobs)
}

// addBlobs notes where blobs lie. They come in the order of the table, which is
// faster.
func (t *sqlTx) addBlobs(num int64, blobs []pack.Blob) error {
	sorted := slices.SortedFunc(slices.Values(blobs), func(a, b pack.Blob) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	args := make([]any, 0, 5*min(len(sorted), rowsAtOnce))
	for part := range slices.Chunk(sorted, rowsAtOnce) {
		args = args[:0]
		for i := range part {
			b := &part[i]
			args = append(args, b.ID[:], b.Kind, num, b.Offset, b.Length)
		}
		more := strings.Repeat(`,(?,?,?,?,?)`, len(part)-1)
		if err := t.exec("add blobs", `INSERT OR IGNORE INTO blobs(id, kind, pack, offset, length) VALUES(?,?,?,?,?)`+more, args...); err != nil {
			return err
		}
	}
	return nil
}

func (t *sqlTx) packOf(file string) (int64, bool, error) {
	var num int64
	err := t.tx.QueryRowContext(t.ctx, `SELECT num FROM packs WHERE file=?`, file).Scan(&num)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("find pack in state: %w", err)
	}
	return num, true, nil
}

// SetSent notes that the network has a pack, under this id.
func (t *sqlTx) SetSent(num int64, file string) error {
	return t.exec("sent", `UPDATE packs SET file=?, state=? WHERE num=? AND state=?`, file, Sent, num, Spooled)
}

// SetCommitted notes that a commit names the packs that were sent.
func (t *sqlTx) SetCommitted(nums []int64) error {
	for _, n := range nums {
		if err := t.exec("committed", `UPDATE packs SET state=? WHERE num=?`, Committed, n); err != nil {
			return err
		}
	}
	return nil
}

// DropPack forgets a pack and its blobs.
func (t *sqlTx) DropPack(p Pack) error {
	for _, b := range p.Blobs {
		if err := t.exec("drop blob", `DELETE FROM blobs WHERE id=? AND kind=? AND pack=?`, b.ID[:], b.Kind, p.Num); err != nil {
			return err
		}
	}
	return t.exec("drop pack", `DELETE FROM packs WHERE num=?`, p.Num)
}

// SetIndexed notes that an index names a pack.
func (t *sqlTx) SetIndexed(num int64, index pack.ID) error {
	return t.exec("indexed", `UPDATE packs SET idx=? WHERE num=?`, index[:], num)
}

const packColumns = `num, coalesce(file,''), name, use, size, state, listing`

// Packs returns the packs of one stage.
func (s *DB) Packs(ctx context.Context, stage Stage) ([]Pack, error) {
	return s.packs(ctx, `SELECT `+packColumns+` FROM packs WHERE state=? ORDER BY num`, stage)
}

// Loose returns the committed packs that no index names.
func (s *DB) Loose(ctx context.Context) ([]Pack, error) {
	return s.packs(ctx, `SELECT `+packColumns+` FROM packs WHERE state=? AND idx IS NULL ORDER BY num`, Committed)
}

// IndexedBy returns the packs that an index names.
func (s *DB) IndexedBy(ctx context.Context, index pack.ID) ([]Pack, error) {
	return s.packs(ctx, `SELECT `+packColumns+` FROM packs WHERE idx=? ORDER BY num`, index[:])
}

func (s *DB) packs(ctx context.Context, query string, args ...any) ([]Pack, error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read packs from state: %w", err)
	}
	defer rows.Close()
	var out []Pack
	for rows.Next() {
		var p Pack
		var listing []byte
		if err := rows.Scan(&p.Num, &p.File, &p.Name, &p.Use, &p.Size, &p.Stage, &listing); err != nil {
			return nil, fmt.Errorf("read pack from state: %w", err)
		}
		x, err := object.DecodeIndex(listing)
		if err != nil || len(x.Packs) != 1 {
			return nil, fmt.Errorf("read pack from state: %w", errors.Join(err, ErrNotFound))
		}
		p.Blobs = x.Packs[0].Blobs
		out = append(out, p)
	}
	return out, rows.Err()
}

const hasQuery = `SELECT 1 FROM blobs b JOIN packs p ON p.num=b.pack
	WHERE b.id=? AND b.kind=? AND NOT EXISTS (SELECT 1 FROM doomed d WHERE d.file=p.file) LIMIT 1`

// Has reports whether a blob lies in a pack that can be relied on.
func (s *DB) Has(ctx context.Context, kind pack.Kind, id pack.ID) (bool, error) {
	var one int
	err := s.has.QueryRowContext(ctx, id[:], kind).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find blob in state: %w", err)
	}
	return true, nil
}

// HasAny reports whether any blob is known.
func (s *DB) HasAny(ctx context.Context) (bool, error) {
	var one int
	err := s.db.QueryRowContext(ctx, `SELECT 1 FROM blobs LIMIT 1`).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find blobs in state: %w", err)
	}
	return true, nil
}

// A blob may lie in several packs. A larger one is the better choice, for it
// holds what else belongs together, any is better than a head, and one that is
// condemned is the last choice.
const placesQuery = `SELECT p.num, coalesce(p.file,''), p.name, p.use, p.size, p.state, b.offset, b.length
	FROM blobs b JOIN packs p ON p.num=b.pack LEFT JOIN doomed d ON d.file=p.file
	WHERE b.id=? AND b.kind=? AND coalesce(d.level,0)<>2 ORDER BY coalesce(d.level,0), p.use=3, p.size DESC, p.num`

const findQuery = placesQuery + ` LIMIT 1`

// Find returns where a blob can be read, or [ErrNotFound].
func (s *DB) Find(ctx context.Context, kind pack.Kind, id pack.ID) (Location, error) {
	l := Location{Blob: pack.Blob{Kind: kind, ID: id}}
	p := &l.Pack
	err := s.find.QueryRowContext(ctx, id[:], kind).Scan(&p.Num, &p.File, &p.Name, &p.Use, &p.Size, &p.Stage, &l.Blob.Offset, &l.Blob.Length)
	if errors.Is(err, sql.ErrNoRows) {
		return Location{}, fmt.Errorf("blob %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return Location{}, fmt.Errorf("find blob in state: %w", err)
	}
	return l, nil
}

// Places returns all places where a blob lies, the best one first.
func (s *DB) Places(ctx context.Context, kind pack.Kind, id pack.ID) ([]Location, error) {
	rows, err := s.db.QueryContext(ctx, placesQuery, id[:], kind)
	if err != nil {
		return nil, fmt.Errorf("find blob in state: %w", err)
	}
	defer rows.Close()
	var out []Location
	for rows.Next() {
		l := Location{Blob: pack.Blob{Kind: kind, ID: id}}
		p := &l.Pack
		if err := rows.Scan(&p.Num, &p.File, &p.Name, &p.Use, &p.Size, &p.Stage, &l.Blob.Offset, &l.Blob.Length); err != nil {
			return nil, fmt.Errorf("find blob in state: %w", err)
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// OnlyInHeads returns where chunks lie that no pack but heads holds.
func (s *DB) OnlyInHeads(ctx context.Context) ([]Location, error) {
	heads, err := s.packs(ctx, `SELECT `+packColumns+` FROM packs WHERE use=? AND state=? ORDER BY num`, pack.Head, Committed)
	if err != nil {
		return nil, err
	}
	var out []Location
	for _, h := range heads {
		for _, b := range h.Blobs {
			if b.Kind != pack.Data {
				continue
			}
			l, err := s.Find(ctx, b.Kind, b.ID)
			if errors.Is(err, ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if l.Pack.Use == pack.Head && l.Pack.Num == h.Num {
				out = append(out, l)
			}
		}
	}
	return out, nil
}
