package meta

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Stored is a slice as it lies in the network, with one file that it belongs
// to: the oldest when there are several.
type Stored struct {
	Hash   string
	Size   int64
	Number int64  // in the file, from 1
	File   string // hash
	Owner  string // of the content
	Nodes  []string
	Lost   []string // owners of nodes that lost a copy which was not made again
}

const storedColumns = "s.hash, s.size, s.number, f.hash, f.owner, MIN(f.id)"

const storedAfterQuery = "SELECT " + storedColumns + ` FROM slice s JOIN file f ON f.id = s.file WHERE s.hash > ?
	GROUP BY s.hash ORDER BY s.hash LIMIT ?`

func scanStored(r interface{ Scan(...any) error }) (Stored, error) {
	var s Stored
	var id int64
	err := r.Scan(&s.Hash, &s.Size, &s.Number, &s.File, &s.Owner, &id)
	return s, err
}

// StoredSlice returns what is on record of a slice. The error is [NoFile] when
// no file has it.
func (m *Meta) StoredSlice(ctx context.Context, hash string) (Stored, error) {
	s, err := scanStored(m.db.QueryRowContext(ctx, "SELECT "+storedColumns+
		" FROM slice s JOIN file f ON f.id = s.file WHERE s.hash = ? GROUP BY s.hash", hash))
	if errors.Is(err, sql.ErrNoRows) {
		return s, NoFile
	}
	if err != nil {
		return s, fmt.Errorf("find slice: %w", err)
	}
	return s, m.addPlaces(ctx, &s)
}

// StoredAfter returns up to limit slices in the order of their hashes, after
// the given one.
func (m *Meta) StoredAfter(ctx context.Context, after string, limit int) ([]Stored, error) {
	var list []Stored
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		s, err := scanStored(r)
		list = append(list, s)
		return err
	}, storedAfterQuery, after, limit)
	if err != nil {
		return nil, fmt.Errorf("list slices: %w", err)
	}
	for i := range list {
		if err := m.addPlaces(ctx, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (m *Meta) addPlaces(ctx context.Context, s *Stored) error {
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		var holder bool
		var name string
		if err := r.Scan(&holder, &name); err != nil {
			return err
		}
		if holder {
			s.Nodes = append(s.Nodes, name)
		} else {
			s.Lost = append(s.Lost, name)
		}
		return nil
	}, "SELECT 1, node FROM copy WHERE hash = ?1 UNION ALL SELECT 0, owner FROM lost WHERE hash = ?1", s.Hash)
	if err != nil {
		return fmt.Errorf("read holders: %w", err)
	}
	return nil
}

// Change is what happened to the copies of a slice.
type Change struct {
	Add, Drop []string // nodes that have a copy now, or none any more
	Lost      []string // owners who answer for copies that are still missing
	Paid      bool     // nobody answers for missing copies any more
}

// ChangeCopies records a change as a whole. A slice that no file needs any
// more gets no new copies: kept is false then.
func (m *Meta) ChangeCopies(ctx context.Context, slice string, c Change) (kept bool, err error) {
	err = m.write(ctx, func(tx *sql.Tx) error {
		var size sql.NullInt64
		if err := tx.QueryRowContext(ctx, "SELECT MAX(size) FROM slice WHERE hash = ?", slice).Scan(&size); err != nil {
			return fmt.Errorf("find slice: %w", err)
		}
		for _, node := range c.Drop {
			if _, err := tx.ExecContext(ctx, "DELETE FROM copy WHERE hash = ? AND node = ?", slice, node); err != nil {
				return fmt.Errorf("forget copy: %w", err)
			}
		}
		if kept = size.Valid; !kept {
			return nil
		}
		for _, node := range c.Add {
			if err := insertCopy(ctx, tx, slice, node, size.Int64); err != nil {
				return err
			}
		}
		return settleLost(ctx, tx, slice, c.Lost, c.Paid)
	})
	return kept, err
}

func settleLost(ctx context.Context, tx *sql.Tx, slice string, lost []string, paid bool) error {
	if paid {
		if _, err := tx.ExecContext(ctx, "DELETE FROM lost WHERE hash = ?", slice); err != nil {
			return fmt.Errorf("settle lost copies: %w", err)
		}
	}
	for _, owner := range lost {
		if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO lost (hash, owner) VALUES (?, ?)", slice, owner); err != nil {
			return fmt.Errorf("note lost copy: %w", err)
		}
	}
	return nil
}

// ScrubPlace returns the slice that the scrubber proved last and when, in unix
// seconds, this round began; both are empty before the first.
func (m *Meta) ScrubPlace(ctx context.Context) (slice string, began int64, err error) {
	err = m.db.QueryRowContext(ctx, "SELECT hash, began FROM scrub WHERE id = 1").Scan(&slice, &began)
	if errors.Is(err, sql.ErrNoRows) {
		return "", 0, nil
	}
	if err != nil {
		return "", 0, fmt.Errorf("read place of the scrubber: %w", err)
	}
	return slice, began, nil
}

// SetScrubPlace notes the place of the scrubber.
func (m *Meta) SetScrubPlace(ctx context.Context, slice string, began int64) error {
	return m.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO scrub (id, hash, began) VALUES (1, ?, ?)", slice, began)
		if err != nil {
			return fmt.Errorf("note place of the scrubber: %w", err)
		}
		return nil
	})
}
