package meta

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Health is how well the slices of finished files are kept.
type Health struct {
	Slices map[int]int64 // how many slices have so many copies on nodes that serve
	Lost   int64         // copies that are gone and not made again yet
}

const healthQuery = `SELECT copies, COUNT(*) FROM (
	SELECT (SELECT COUNT(*) FROM copy c JOIN node n ON n.address = c.node WHERE c.hash = s.hash AND n.gone = 0) AS copies
	FROM (SELECT DISTINCT slice.hash FROM slice JOIN file f ON f.id = slice.file WHERE f.state = 3) s
) GROUP BY copies`

// Health counts the copies of all slices.
func (m *Meta) Health(ctx context.Context) (Health, error) {
	h := Health{Slices: map[int]int64{}}
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		var copies int
		var slices int64
		err := r.Scan(&copies, &slices)
		h.Slices[copies] = slices
		return err
	}, healthQuery)
	if err == nil {
		err = m.db.QueryRowContext(ctx, "SELECT COUNT(*) FROM lost").Scan(&h.Lost)
	}
	if err != nil {
		return h, fmt.Errorf("count copies: %w", err)
	}
	return h, nil
}

// Flow is the traffic of a time.
type Flow struct {
	From  time.Time        // the start of the first period
	Kinds map[string]int64 // bytes by kind: Up, Down, Repair
	Nodes map[string]int64 // bytes by node
}

// Flows sums the traffic of the minutes in [from, to) over periods of so many
// seconds, which begin at whole multiples of it, the oldest first. Periods
// without traffic are left out. What was counted before the call is in.
func (m *Meta) Flows(ctx context.Context, from, to time.Time, period int64) ([]Flow, error) {
	if err := m.ledger.flush(); err != nil {
		return nil, err
	}
	var list []Flow
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		var number, bytes int64
		var kind, node string
		if err := r.Scan(&number, &kind, &node, &bytes); err != nil {
			return err
		}
		at := time.Unix(number*period, 0)
		if len(list) == 0 || !list[len(list)-1].From.Equal(at) {
			list = append(list, Flow{at, map[string]int64{}, map[string]int64{}})
		}
		f := list[len(list)-1]
		f.Kinds[kind] += bytes
		f.Nodes[node] += bytes
		return nil
	}, `SELECT minute / ?1, kind, node, SUM(bytes) FROM traffic WHERE minute >= ?2 AND minute < ?3
		GROUP BY 1, 2, 3 ORDER BY 1`, period, from.Unix(), to.Unix())
	if err != nil {
		return nil, fmt.Errorf("read traffic: %w", err)
	}
	return list, nil
}
