package meta

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Node is what is kept of a storage node.
type Node struct {
	Address   string // stsds1...
	Name      string // of its folder
	Owner     string // wallet, st1...
	Tier      int    // at first
	Score     float64
	Stopped   bool  // by a person
	Suspended bool  // for its bad health
	Draining  bool  // it is being emptied
	Removed   bool  // only its folder is left, which is to go
	Since     int64 // unix seconds of the last change of state
	Gone      int64 // unix seconds since when it serves nothing; 0: it serves
}

// PutNode writes what is known of a node.
func (m *Meta) PutNode(ctx context.Context, n Node) error {
	return m.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO node
			(address, name, owner, tier, score, stopped, suspended, draining, removed, since, gone)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			n.Address, n.Name, n.Owner, n.Tier, n.Score, n.Stopped, n.Suspended, n.Draining, n.Removed, n.Since, n.Gone)
		if err != nil {
			return fmt.Errorf("note storage node: %w", err)
		}
		return nil
	})
}

// Nodes returns all nodes that were noted, those without a folder included.
func (m *Meta) Nodes(ctx context.Context) ([]Node, error) {
	var nodes []Node
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		var n Node
		err := r.Scan(&n.Address, &n.Name, &n.Owner, &n.Tier, &n.Score, &n.Stopped, &n.Suspended,
			&n.Draining, &n.Removed, &n.Since, &n.Gone)
		nodes = append(nodes, n)
		return err
	}, `SELECT address, name, owner, tier, score, stopped, suspended, draining, removed, since, gone
		FROM node ORDER BY CAST(name AS INTEGER), address`)
	if err != nil {
		return nil, fmt.Errorf("read storage nodes: %w", err)
	}
	return nodes, nil
}

// RemoveNode forgets all copies on a node and marks it as removed. Its owner
// answers for the copies until they were made again.
func (m *Meta) RemoveNode(ctx context.Context, address string) error {
	return m.write(ctx, func(tx *sql.Tx) error {
		for _, query := range []string{
			`INSERT OR IGNORE INTO lost (hash, owner) SELECT c.hash, n.owner FROM copy c JOIN node n ON n.address = c.node WHERE c.node = ?`,
			`DELETE FROM copy WHERE node = ?`,
			`UPDATE node SET removed = 1 WHERE address = ?`,
		} {
			if _, err := tx.ExecContext(ctx, query, address); err != nil {
				return fmt.Errorf("remove storage node: %w", err)
			}
		}
		return nil
	})
}

// ForgetNode drops the note of a node whose folder is gone.
func (m *Meta) ForgetNode(ctx context.Context, address string) error {
	return m.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM node WHERE address = ? AND removed = 1", address)
		return err
	})
}

// NodeLoad returns how many slices are on record for a node and their bytes.
func (m *Meta) NodeLoad(ctx context.Context, address string) (slices, bytes int64, err error) {
	err = m.db.QueryRowContext(ctx, "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM copy WHERE node = ?", address).Scan(&slices, &bytes)
	if err != nil {
		return 0, 0, fmt.Errorf("read load of a storage node: %w", err)
	}
	return slices, bytes, nil
}

// SliceAfter returns a slice that is on record for a node: number i, counted
// from 0, of those after a hash in their order. The error is [NoFile] when
// there is none.
func (m *Meta) SliceAfter(ctx context.Context, address, after string, i int64) (Stored, error) {
	var hash string
	err := m.db.QueryRowContext(ctx, "SELECT hash FROM copy WHERE node = ? AND hash > ? ORDER BY hash LIMIT 1 OFFSET ?",
		address, after, i).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return Stored{}, NoFile
	}
	if err != nil {
		return Stored{}, fmt.Errorf("choose a slice: %w", err)
	}
	return m.StoredSlice(ctx, hash)
}
