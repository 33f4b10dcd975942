package meta

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"
)

// Kinds of [Traffic].
const (
	Up     = "up"
	Down   = "down"
	Repair = "repair" // copies made again; Wallet is the owner of the node that lost one, Node the new place
)

// Traffic says who caused which bytes on which node.
type Traffic struct {
	Wallet string // who paid
	Owner  string // whose content it is
	Hash   string // of the file
	Node   string // stsds1...
	Kind   string // Up, Down or Repair
}

// Count adds bytes to the ledger under the current minute. It only touches
// memory; a power cut loses the last seconds.
func (m *Meta) Count(t Traffic, bytes int64) {
	m.ledger.add(t, m.now()/60*60, bytes)
}

// TrafficSum returns the bytes counted so far that match t; empty members of t
// match everything.
func (m *Meta) TrafficSum(ctx context.Context, t Traffic) (int64, error) {
	if err := m.ledger.flush(); err != nil {
		return 0, err
	}
	var n sql.NullInt64
	err := m.db.QueryRowContext(ctx, `SELECT SUM(bytes) FROM traffic WHERE (?1 = '' OR wallet = ?1) AND (?2 = '' OR owner = ?2)
		AND (?3 = '' OR hash = ?3) AND (?4 = '' OR node = ?4) AND (?5 = '' OR kind = ?5)`,
		t.Wallet, t.Owner, t.Hash, t.Node, t.Kind).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("sum traffic: %w", err)
	}
	return n.Int64, nil
}

// TrafficBetween calls fn for every entry of the ledger whose minute lies in
// [from, to), in the order of minutes. What was counted before the call is in.
func (m *Meta) TrafficBetween(ctx context.Context, from, to time.Time, fn func(t Traffic, minute time.Time, bytes int64)) error {
	if err := m.ledger.flush(); err != nil {
		return err
	}
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		var t Traffic
		var minute, bytes int64
		if err := r.Scan(&minute, &t.Wallet, &t.Owner, &t.Hash, &t.Node, &t.Kind, &bytes); err != nil {
			return err
		}
		fn(t, time.Unix(minute, 0), bytes)
		return nil
	}, `SELECT minute, wallet, owner, hash, node, kind, bytes FROM traffic WHERE minute >= ? AND minute < ?
		ORDER BY minute, wallet, owner, hash, node, kind`, from.Unix(), to.Unix())
	if err != nil {
		return fmt.Errorf("read traffic: %w", err)
	}
	return nil
}

type ledgerKey struct {
	Traffic
	minute int64
}

// ledger gathers traffic and writes it over a connection of its own, whose
// commits do not wait for the disk.
type ledger struct {
	db   *sql.DB
	quit chan struct{}
	done chan struct{}

	writing sync.Mutex // held by a flush: the next one finds its entries written
	mu      sync.Mutex
	pending entries
}

// entries are what is not written yet.
type entries struct {
	traffic map[ledgerKey]int64 // bytes
	views   map[viewKey]int64   // of the audience
}

func newEntries() entries { return entries{map[ledgerKey]int64{}, map[viewKey]int64{}} }

// viewKey is a row of the table audience.
type viewKey struct{ owner, hash, what, which string }

func (l *ledger) start(path string, every time.Duration) error {
	if every == 0 {
		every = 2 * time.Second
	}
	db, err := sql.Open("sqlite", dsn(path, "NORMAL"))
	if err != nil {
		return fmt.Errorf("open ledger: %w", err)
	}
	db.SetMaxOpenConns(1)
	l.db, l.pending = db, newEntries()
	l.quit, l.done = make(chan struct{}), make(chan struct{})
	go l.run(every)
	return nil
}

func (l *ledger) run(every time.Duration) {
	defer close(l.done)
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			_ = l.flush() // kept in memory and tried again
		case <-l.quit:
			return
		}
	}
}

func (l *ledger) stop() error {
	close(l.quit)
	<-l.done
	err := l.flush()
	if cerr := l.db.Close(); err == nil {
		err = cerr
	}
	return err
}

func (l *ledger) add(t Traffic, minute, bytes int64) {
	l.mu.Lock()
	l.pending.traffic[ledgerKey{t, minute}] += bytes
	l.mu.Unlock()
}

func (l *ledger) see(k viewKey, count int64) {
	l.mu.Lock()
	l.pending.views[k] += count
	l.mu.Unlock()
}

func (l *ledger) take() entries {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.pending
	l.pending = newEntries()
	return p
}

func (l *ledger) giveBack(p entries) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for k, v := range p.traffic {
		l.pending.traffic[k] += v
	}
	for k, v := range p.views {
		l.pending.views[k] += v
	}
}

func (l *ledger) flush() error {
	l.writing.Lock()
	defer l.writing.Unlock()
	p := l.take()
	if len(p.traffic)+len(p.views) == 0 {
		return nil
	}
	if err := l.store(p); err != nil {
		l.giveBack(p)
		return fmt.Errorf("write ledger: %w", err)
	}
	return nil
}

func (l *ledger) store(p entries) error {
	tx, err := l.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for k, v := range p.traffic {
		_, err := tx.Exec(`INSERT INTO traffic (minute, wallet, owner, hash, node, kind, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes`,
			k.minute, k.Wallet, k.Owner, k.Hash, k.Node, k.Kind, v)
		if err != nil {
			return err
		}
	}
	for k, v := range p.views {
		_, err := tx.Exec(`INSERT INTO audience (owner, hash, what, which, count) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET count = count + excluded.count`, k.owner, k.hash, k.what, k.which, v)
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}
