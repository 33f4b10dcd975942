package meta

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/big"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// File is a stored file of one owner.
type File struct {
	ID      int64
	Owner   string
	Hash    string
	Name    string
	Size    int64
	Video   bool
	State   wire.FileState
	Created int64 // unix seconds
}

// Slice is a part of a file. Start is its offset in the file and counts for
// ordinary files only. Nodes are the holders of its copies, Failed the owners
// of nodes that failed to take one.
type Slice struct {
	Number int64 // from 1
	Hash   string
	Start  int64
	Size   int64
	Nodes  []string
	Failed []string
}

// Upload is a file that somebody wants stored and pays for.
type Upload struct {
	Owner, Hash, Name string
	Size              int64
	Video             bool
	Sequence          string
	Price             *big.Int
	// Slices of a file whose copies are on disk. Without them the file waits
	// for [Meta.FinishUpload].
	Slices []Slice
}

const fileColumns = "id, owner, hash, name, size, video, state, created"

func scanFile(s interface{ Scan(...any) error }) (File, error) {
	var f File
	err := s.Scan(&f.ID, &f.Owner, &f.Hash, &f.Name, &f.Size, &f.Video, &f.State, &f.Created)
	return f, err
}

// CheckUpload tells whether [Meta.AcceptUpload] would take u now. The error is
// a [Refusal].
func (m *Meta) CheckUpload(ctx context.Context, u Upload) error {
	if err := refuseSame(ctx, m.db, u); err != nil {
		return err
	}
	return m.CheckSpend(ctx, u.Owner, u.Sequence, u.Price)
}

// AcceptUpload takes the price, moves the sequence number on and puts the file
// on record: finished when its slices are given, else as one that is being
// stored. The error is a [Refusal] when the owner has the file already, the
// number is stale or the ozone does not suffice.
func (m *Meta) AcceptUpload(ctx context.Context, u Upload) error {
	return m.write(ctx, func(tx *sql.Tx) error {
		if err := refuseSame(ctx, tx, u); err != nil {
			return err
		}
		if err := spend(ctx, tx, u.Owner, u.Sequence, u.Price); err != nil {
			return err
		}
		return m.insertFile(ctx, tx, u)
	})
}

func (m *Meta) insertFile(ctx context.Context, tx *sql.Tx, u Upload) error {
	state := wire.StateUploading
	if len(u.Slices) > 0 {
		state = wire.StateFinished
	}
	res, err := tx.ExecContext(ctx, `INSERT INTO file (owner, hash, name, size, video, state, created, paid)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		u.Owner, u.Hash, u.Name, u.Size, u.Video, state, m.now(), u.Price.String())
	if err != nil {
		return fmt.Errorf("insert file: %w", err)
	}
	id, err := res.LastInsertId()
	if err != nil {
		return fmt.Errorf("insert file: %w", err)
	}
	return insertSlices(ctx, tx, id, u.Slices)
}

// FinishUpload records the slices of an accepted file and marks it finished.
func (m *Meta) FinishUpload(ctx context.Context, owner, hash string, slices []Slice) error {
	return m.write(ctx, func(tx *sql.Tx) error {
		f, err := findFile(ctx, tx, owner, hash)
		if err != nil {
			return err
		}
		if err := insertSlices(ctx, tx, f.ID, slices); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE file SET state = ? WHERE id = ?", wire.StateFinished, f.ID)
		return err
	})
}

// DropUpload removes an accepted file that could not be stored and gives its
// price back. A finished file is left alone.
func (m *Meta) DropUpload(ctx context.Context, owner, hash string) error {
	return m.write(ctx, func(tx *sql.Tx) error {
		return dropFiles(ctx, tx, "owner = ? AND hash = ? AND state <> 3", owner, hash)
	})
}

func (m *Meta) dropUnfinished(ctx context.Context) error {
	return m.write(ctx, func(tx *sql.Tx) error { return dropFiles(ctx, tx, "state <> 3") })
}

func dropFiles(ctx context.Context, tx *sql.Tx, where string, args ...any) error {
	paid := map[string]*big.Int{}
	err := rows(ctx, tx, func(r *sql.Rows) error {
		var owner, noz string
		if err := r.Scan(&owner, &noz); err != nil {
			return err
		}
		amount, ok := new(big.Int).SetString(noz, 10)
		if !ok {
			return fmt.Errorf("broken price %q", noz)
		}
		if sum := paid[owner]; sum != nil {
			amount.Add(amount, sum)
		}
		paid[owner] = amount
		return nil
	}, "SELECT owner, paid FROM file WHERE "+where, args...)
	if err != nil {
		return fmt.Errorf("drop unfinished files: %w", err)
	}
	for owner, noz := range paid {
		if err := credit(ctx, tx, owner, noz); err != nil {
			return err
		}
		if err := addSpent(ctx, tx, owner, new(big.Int).Neg(noz)); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM file WHERE "+where, args...)
	return err
}

func refuseSame(ctx context.Context, q querier, u Upload) error {
	f, err := findFile(ctx, q, u.Owner, u.Hash)
	switch {
	case err == nil:
		return SameFile(f.Name)
	case errors.Is(err, NoFile):
		return nil
	}
	return err
}

// File returns the file that owner stored under hash. The error is [NoFile]
// when there is none.
func (m *Meta) File(ctx context.Context, owner, hash string) (File, error) {
	return findFile(ctx, m.db, owner, hash)
}

func findFile(ctx context.Context, q querier, owner, hash string) (File, error) {
	f, err := scanFile(q.QueryRowContext(ctx, "SELECT "+fileColumns+" FROM file WHERE owner = ? AND hash = ?", owner, hash))
	if errors.Is(err, sql.ErrNoRows) {
		return f, NoFile
	}
	if err != nil {
		return f, fmt.Errorf("find file: %w", err)
	}
	return f, nil
}

// Files returns one page of the finished files of owner, by hash, and how many
// there are in all.
func (m *Meta) Files(ctx context.Context, owner string, offset, limit int64) ([]File, int64, error) {
	var total int64
	err := m.db.QueryRowContext(ctx, "SELECT COUNT(*) FROM file WHERE owner = ? AND state = 3", owner).Scan(&total)
	if err != nil {
		return nil, 0, fmt.Errorf("count files: %w", err)
	}
	var files []File
	err = rows(ctx, m.db, func(r *sql.Rows) error {
		f, err := scanFile(r)
		files = append(files, f)
		return err
	}, "SELECT "+fileColumns+" FROM file WHERE owner = ? AND state = 3 ORDER BY hash LIMIT ? OFFSET ?", owner, limit, offset)
	if err != nil {
		return nil, 0, fmt.Errorf("list files: %w", err)
	}
	return files, total, nil
}

// DeleteFile removes the file and its shares. It returns the copies of slices
// that nobody needs any more, so that the caller can remove them.
func (m *Meta) DeleteFile(ctx context.Context, owner, hash string) ([]Copy, error) {
	var free []Copy
	err := m.write(ctx, func(tx *sql.Tx) error {
		f, err := findFile(ctx, tx, owner, hash)
		if err != nil {
			return err
		}
		hashes, err := sliceHashes(ctx, tx, f.ID)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM share WHERE owner = ? AND hash = ?", owner, hash); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM file WHERE id = ?", f.ID); err != nil {
			return err
		}
		free, err = freeCopies(ctx, tx, hashes)
		return err
	})
	return free, err
}
