package meta

import (
	"context"
	"database/sql"
	"fmt"
)

// Copy is one copy of a slice on a node.
type Copy struct {
	Hash string
	Node string // stsds1...
}

func insertSlices(ctx context.Context, tx *sql.Tx, file int64, slices []Slice) error {
	for _, s := range slices {
		_, err := tx.ExecContext(ctx, "INSERT INTO slice (file, number, hash, start, size) VALUES (?, ?, ?, ?, ?)",
			file, s.Number, s.Hash, s.Start, s.Size)
		if err != nil {
			return fmt.Errorf("insert slice: %w", err)
		}
		for _, node := range s.Nodes {
			if err := insertCopy(ctx, tx, s.Hash, node, s.Size); err != nil {
				return err
			}
		}
		if err := settleLost(ctx, tx, s.Hash, s.Failed, false); err != nil {
			return err
		}
	}
	return nil
}

func insertCopy(ctx context.Context, tx *sql.Tx, hash, node string, size int64) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO copy (hash, node, size) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", hash, node, size)
	if err != nil {
		return fmt.Errorf("insert copy: %w", err)
	}
	return nil
}

// Slices returns the slices of a file in order, with the nodes that have them.
func (m *Meta) Slices(ctx context.Context, file int64) ([]Slice, error) {
	var slices []Slice
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		var s Slice
		var node sql.NullString
		if err := r.Scan(&s.Number, &s.Hash, &s.Start, &s.Size, &node); err != nil {
			return err
		}
		if n := len(slices); n == 0 || slices[n-1].Number != s.Number {
			slices = append(slices, s)
		}
		if last := &slices[len(slices)-1]; node.Valid {
			last.Nodes = append(last.Nodes, node.String)
		}
		return nil
	}, `SELECT s.number, s.hash, s.start, s.size, c.node FROM slice s LEFT JOIN copy c ON c.hash = s.hash
		WHERE s.file = ? ORDER BY s.number, c.node`, file)
	if err != nil {
		return nil, fmt.Errorf("read slices: %w", err)
	}
	return slices, nil
}

// Replicas returns how many copies the file has: those of the slice that has
// the fewest.
func (m *Meta) Replicas(ctx context.Context, file int64) (int, error) {
	var n sql.NullInt64
	err := m.db.QueryRowContext(ctx, `SELECT MIN(n) FROM (SELECT COUNT(c.node) AS n FROM slice s
		LEFT JOIN copy c ON c.hash = s.hash WHERE s.file = ? GROUP BY s.number)`, file).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count replicas: %w", err)
	}
	return int(n.Int64), nil
}

// Holders returns the nodes that have a copy of the slice.
func (m *Meta) Holders(ctx context.Context, slice string) ([]string, error) {
	var nodes []string
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		var node string
		err := r.Scan(&node)
		nodes = append(nodes, node)
		return err
	}, "SELECT node FROM copy WHERE hash = ? ORDER BY node", slice)
	if err != nil {
		return nil, fmt.Errorf("read holders: %w", err)
	}
	return nodes, nil
}

// MoveCopy records that the copy on node bad is gone and that node good has
// one; an empty name leaves out that half. A slice that no file needs any more
// gets no new copy: moved is false then.
func (m *Meta) MoveCopy(ctx context.Context, slice, bad, good string) (moved bool, err error) {
	err = m.write(ctx, func(tx *sql.Tx) error {
		var size sql.NullInt64
		if err := tx.QueryRowContext(ctx, "SELECT MAX(size) FROM slice WHERE hash = ?", slice).Scan(&size); err != nil {
			return fmt.Errorf("find slice: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM copy WHERE hash = ? AND node = ?", slice, bad); err != nil {
			return fmt.Errorf("forget copy: %w", err)
		}
		if !size.Valid || good == "" {
			return nil
		}
		moved = true
		return insertCopy(ctx, tx, slice, good, size.Int64)
	})
	return moved, err
}

// NodeSlices calls fn with the hash of every slice that the node should have.
func (m *Meta) NodeSlices(ctx context.Context, node string, fn func(hash string, size int64)) error {
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		var hash string
		var size int64
		if err := r.Scan(&hash, &size); err != nil {
			return err
		}
		fn(hash, size)
		return nil
	}, "SELECT hash, size FROM copy WHERE node = ?", node)
	if err != nil {
		return fmt.Errorf("read slices of a node: %w", err)
	}
	return nil
}

func sliceHashes(ctx context.Context, tx *sql.Tx, file int64) ([]string, error) {
	var hashes []string
	err := rows(ctx, tx, func(r *sql.Rows) error {
		var h string
		err := r.Scan(&h)
		hashes = append(hashes, h)
		return err
	}, "SELECT DISTINCT hash FROM slice WHERE file = ?", file)
	return hashes, err
}

// freeCopies forgets the copies of those slices that no file has any more.
func freeCopies(ctx context.Context, tx *sql.Tx, hashes []string) ([]Copy, error) {
	var free []Copy
	for _, h := range hashes {
		err := rows(ctx, tx, func(r *sql.Rows) error {
			c := Copy{Hash: h}
			err := r.Scan(&c.Node)
			free = append(free, c)
			return err
		}, "DELETE FROM copy WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM slice WHERE hash = copy.hash) RETURNING node", h)
		if err != nil {
			return nil, fmt.Errorf("forget copies: %w", err)
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM lost WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM slice WHERE hash = lost.hash)", h)
		if err != nil {
			return nil, fmt.Errorf("forget lost copies: %w", err)
		}
	}
	return free, nil
}
