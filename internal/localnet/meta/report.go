package meta

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Report is a volume report to the chain. It is stored before it is sent, so
// that after a crash the same report is sent again and not another one.
type Report struct {
	Epoch int64
	// Until is where the next report goes on: all minutes before are reported.
	Until time.Time
	// Taken is what of the minutes from Until on is reported already, in bytes.
	Taken map[string]int64
	// Owed are repairs that could not be charged yet, in bytes: by the owner of
	// the node that failed and the owner of the node that helped.
	Owed map[string]map[string]int64
	// Volumes is what was reported, in noz by wallet.
	Volumes map[string]int64
	// Content is the part of it that was content of others than who paid.
	Content Content
	// TxHash is empty until the report is known to be on the chain.
	TxHash string
}

// Content is traffic of content that others than its owner paid for, in noz, by
// its owners and by those who earn with the nodes that served it. Both have the
// same sum.
type Content struct {
	Owners  map[string]int64 `json:"owners,omitempty"`
	Servers map[string]int64 `json:"servers,omitempty"`
}

// ErrPending says that a report is stored that is not known to be on the chain.
var ErrPending = errors.New("an earlier report is not settled")

// LastReport returns the newest report, or one of epoch 0 when there is none.
func (m *Meta) LastReport(ctx context.Context) (Report, error) {
	var r Report
	var until int64
	var taken, owed, volumes, content string
	err := m.db.QueryRowContext(ctx, "SELECT epoch, until, taken, owed, volumes, content, txhash FROM report ORDER BY epoch DESC LIMIT 1").
		Scan(&r.Epoch, &until, &taken, &owed, &volumes, &content, &r.TxHash)
	if errors.Is(err, sql.ErrNoRows) {
		return Report{}, nil
	}
	if err == nil {
		r.Until = time.Unix(until, 0)
		err = errors.Join(json.Unmarshal([]byte(taken), &r.Taken), json.Unmarshal([]byte(owed), &r.Owed),
			json.Unmarshal([]byte(volumes), &r.Volumes), json.Unmarshal([]byte(content), &r.Content))
	}
	if err != nil {
		return r, fmt.Errorf("read the last volume report: %w", err)
	}
	return r, nil
}

// NewReport stores a report before it is sent. It is [ErrPending] while an
// earlier one is not settled.
func (m *Meta) NewReport(ctx context.Context, r Report) error {
	var texts [4]string
	for i, part := range []any{r.Taken, r.Owed, r.Volumes, r.Content} {
		raw, err := json.Marshal(part)
		if err != nil {
			return fmt.Errorf("store a volume report: %w", err)
		}
		texts[i] = string(raw)
	}
	err := m.write(ctx, func(tx *sql.Tx) error {
		var pending int
		if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM report WHERE txhash = ''").Scan(&pending); err != nil {
			return err
		}
		if pending > 0 {
			return ErrPending
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO report (epoch, until, taken, owed, volumes, content, txhash) VALUES (?, ?, ?, ?, ?, ?, '')",
			r.Epoch, r.Until.Unix(), texts[0], texts[1], texts[2], texts[3])
		return err
	})
	if err != nil {
		return fmt.Errorf("store a volume report: %w", err)
	}
	return nil
}

// SettleReport notes that the report of epoch is on the chain.
func (m *Meta) SettleReport(ctx context.Context, epoch int64, txhash string) error {
	return m.changeReport(ctx, "UPDATE report SET txhash = ?2 WHERE epoch = ?1", epoch, txhash)
}

// DropReport forgets the report of epoch, which the chain refused: its traffic
// will be in the next one.
func (m *Meta) DropReport(ctx context.Context, epoch int64) error {
	return m.changeReport(ctx, "DELETE FROM report WHERE epoch = ?1 AND txhash = ''", epoch)
}

func (m *Meta) changeReport(ctx context.Context, query string, args ...any) error {
	err := m.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
	if err != nil {
		return fmt.Errorf("settle a volume report: %w", err)
	}
	return nil
}

// SetNodeWallet notes who earns with a node, for traffic that is reported after
// the node has gone.
func (m *Meta) SetNodeWallet(ctx context.Context, node, wallet string) error {
	err := m.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO node_wallet (node, wallet) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET wallet = excluded.wallet`, node, wallet)
		return err
	})
	if err != nil {
		return fmt.Errorf("note the wallet of a node: %w", err)
	}
	return nil
}

// NodeWallets returns who earns with which node, of all nodes there ever were.
func (m *Meta) NodeWallets(ctx context.Context) (map[string]string, error) {
	wallets := map[string]string{}
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		var node, wallet string
		if err := r.Scan(&node, &wallet); err != nil {
			return err
		}
		wallets[node] = wallet
		return nil
	}, "SELECT node, wallet FROM node_wallet")
	if err != nil {
		return nil, fmt.Errorf("read the wallets of nodes: %w", err)
	}
	return wallets, nil
}
