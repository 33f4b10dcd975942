package meta

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
)

// Prepay is a purchase of ozone as the chain tells it. Height, TxHash and
// Index name it: the same three are credited once.
type Prepay struct {
	Height      int64
	TxHash      string
	Index       int
	Sender      string // st1...
	Beneficiary string // st1..., gets the ozone
	Wei, Noz    *big.Int
}

// CreditPrepay credits p, together with the note that it was credited. A
// prepay that was credited before is left alone.
func (m *Meta) CreditPrepay(ctx context.Context, p Prepay) error {
	return m.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `INSERT INTO prepay (height, txhash, idx, sender, beneficiary, wei, noz)
			VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			p.Height, p.TxHash, p.Index, p.Sender, p.Beneficiary, p.Wei.String(), p.Noz.String())
		if err != nil {
			return fmt.Errorf("note prepay: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return credit(ctx, tx, p.Beneficiary, p.Noz)
	})
}

// PrepayHeight returns the height of the last credited prepay. Others of the
// same block may still be missing.
func (m *Meta) PrepayHeight(ctx context.Context) (int64, error) {
	var h sql.NullInt64
	if err := m.db.QueryRowContext(ctx, "SELECT MAX(height) FROM prepay").Scan(&h); err != nil {
		return 0, fmt.Errorf("read prepay height: %w", err)
	}
	return h.Int64, nil
}
