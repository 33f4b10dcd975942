package meta

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
)

// bookQueries find records that contradict each other. Each gives one text a
// row, the name of what is wrong.
var bookQueries = []struct{ query, sentence string }{
	{
		`SELECT f.owner || ' ' || f.hash FROM file f WHERE f.state = 3 AND f.video = 0
		AND f.size <> (SELECT COALESCE(SUM(s.size), 0) FROM slice s WHERE s.file = f.id)`,
		"The slices of the file %s do not add up to its size.",
	},
	{
		`SELECT f.owner || ' ' || f.hash FROM file f WHERE f.state = 3
		AND (SELECT COUNT(*) FROM slice s WHERE s.file = f.id) <> (SELECT COALESCE(MAX(s.number), -1) FROM slice s WHERE s.file = f.id)`,
		"The slices of the file %s are not numbered from 1 without a gap.",
	},
	{
		`SELECT f.owner || ' ' || f.hash FROM file f WHERE f.video = 0 AND f.id IN (SELECT file FROM
		(SELECT file, start, SUM(size) OVER (PARTITION BY file ORDER BY number) - size AS before FROM slice) WHERE start <> before)`,
		"The slices of the file %s do not follow each other.",
	},
	{
		`SELECT DISTINCT s.hash FROM slice s WHERE NOT EXISTS (SELECT 1 FROM copy c WHERE c.hash = s.hash)`,
		"The slice %s has no copy on record.",
	},
	{
		`SELECT DISTINCT c.hash FROM copy c WHERE NOT EXISTS (SELECT 1 FROM slice s WHERE s.hash = c.hash)`,
		"Copies are on record of the slice %s, which no file has.",
	},
	{
		`SELECT DISTINCT c.hash FROM copy c JOIN slice s ON s.hash = c.hash WHERE c.size <> s.size`,
		"The copies of the slice %s are on record with another size.",
	},
	{
		`SELECT s.id FROM share s WHERE NOT EXISTS (SELECT 1 FROM file f WHERE f.owner = s.owner AND f.hash = s.hash)`,
		"The share %s is of no file.",
	},
}

// Totals is how much is on record.
type Totals struct{ Files, Slices, Copies, Bytes int64 }

// Totals counts finished files, their slices and copies, and the bytes of all
// copies.
func (m *Meta) Totals(ctx context.Context) (Totals, error) {
	var t Totals
	err := m.db.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM file WHERE state = 3), (SELECT COUNT(DISTINCT hash) FROM slice),
		(SELECT COUNT(*) FROM copy), (SELECT COALESCE(SUM(size), 0) FROM copy)`).Scan(&t.Files, &t.Slices, &t.Copies, &t.Bytes)
	if err != nil {
		return t, fmt.Errorf("count what is stored: %w", err)
	}
	return t, nil
}

// CheckBooks calls problem with a sentence for everything in the records that
// contradicts itself: files whose slices do not make them up, slices without
// copies, shares of nothing, accounts that are negative or whose balance is
// not what was bought less what was spent.
func (m *Meta) CheckBooks(ctx context.Context, problem func(sentence string)) error {
	for _, b := range bookQueries {
		err := rows(ctx, m.db, func(r *sql.Rows) error {
			var name string
			err := r.Scan(&name)
			problem(fmt.Sprintf(b.sentence, name))
			return err
		}, b.query)
		if err != nil {
			return fmt.Errorf("check books: %w", err)
		}
	}
	return m.checkAccounts(ctx, problem)
}

func (m *Meta) checkAccounts(ctx context.Context, problem func(sentence string)) error {
	tx, err := m.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one moment for all tables
	if err != nil {
		return fmt.Errorf("check books: %w", err)
	}
	defer tx.Rollback()
	balance, err := sums(ctx, tx, "SELECT wallet, noz FROM account")
	if err != nil {
		return err
	}
	bought, err := sums(ctx, tx, "SELECT beneficiary, noz FROM prepay")
	if err != nil {
		return err
	}
	spent, err := sums(ctx, tx, "SELECT wallet, noz FROM spent")
	if err != nil {
		return err
	}
	for wallet := range bought {
		if balance[wallet] == nil {
			problem(fmt.Sprintf("Ozone was bought for %s, which has no account.", wallet))
		}
	}
	for wallet, have := range balance {
		if have.Sign() < 0 {
			problem(fmt.Sprintf("The account %s has a negative balance.", wallet))
		}
		want := new(big.Int).Sub(orZero(bought[wallet]), orZero(spent[wallet]))
		if want.Cmp(have) != 0 {
			problem(fmt.Sprintf("The account %s has %v noz and ought to have %v.", wallet, have, want))
		}
	}
	return nil
}

func orZero(n *big.Int) *big.Int {
	if n == nil {
		return new(big.Int)
	}
	return n
}

// sums adds up amounts of noz by the name in the first column.
func sums(ctx context.Context, q querier, query string) (map[string]*big.Int, error) {
	sum := map[string]*big.Int{}
	err := rows(ctx, q, func(r *sql.Rows) error {
		var name, text string
		if err := r.Scan(&name, &text); err != nil {
			return err
		}
		noz, ok := new(big.Int).SetString(text, 10)
		if !ok {
			return fmt.Errorf("broken amount %q", text)
		}
		sum[name] = noz.Add(noz, orZero(sum[name]))
		return nil
	}, query)
	if err != nil {
		return nil, fmt.Errorf("check books: %w", err)
	}
	return sum, nil
}
