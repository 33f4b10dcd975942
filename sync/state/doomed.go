package state

import (
	"context"
	"errors"
	"fmt"
)

// Doom says why a pack must not be relied on.
type Doom int

// What may be wrong with a pack.
const (
	Condemned Doom = 1 // some device wants to delete it; it can still be read
	Gone      Doom = 2 // it was deleted
	Missing   Doom = 3 // a list of all files lacks it; nobody said that it was deleted
)

// SetDoomed says which packs must not be relied on.
func (t *sqlTx) SetDoomed(all map[string]Doom) error {
	if err := t.exec("clear doomed", `DELETE FROM doomed`); err != nil {
		return err
	}
	for file, level := range all {
		if err := t.exec("put doomed", `INSERT INTO doomed(file, level) VALUES(?,?)`, file, level); err != nil {
			return err
		}
	}
	return nil
}

// Doomed returns what [Tx.SetDoomed] said last.
func (s *DB) Doomed(ctx context.Context) (map[string]Doom, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT file, level FROM doomed`)
	if err != nil {
		return nil, fmt.Errorf("read doomed packs from state: %w", err)
	}
	defer rows.Close()
	out := map[string]Doom{}
	for rows.Next() {
		var file string
		var level Doom
		if err := rows.Scan(&file, &level); err != nil {
			return nil, fmt.Errorf("read doomed pack from state: %w", err)
		}
		out[file] = level
	}
	return out, rows.Err()
}

// OnlyDoomed returns the blobs that lie in doomed packs and nowhere else, with
// one place of each. Of a pack that is gone nothing can be read.
func (s *DB) OnlyDoomed(ctx context.Context) ([]Location, error) {
	packs, err := s.packs(ctx, `SELECT `+packColumns+` FROM packs WHERE file IN (SELECT file FROM doomed) ORDER BY num`)
	if err != nil {
		return nil, err
	}
	var out []Location
	for _, p := range packs {
		blobs := p.Blobs
		p.Blobs = nil
		for _, b := range blobs {
			safe, err := s.Has(ctx, b.Kind, b.ID)
			if err != nil {
				return nil, err
			}
			if safe {
				continue
			}
			l, err := s.Find(ctx, b.Kind, b.ID)
			if errors.Is(err, ErrNotFound) {
				l, err = Location{Pack: p, Blob: b}, nil
			}
			if err != nil {
				return nil, err
			}
			out = append(out, l)
		}
	}
	return out, nil
}
