package meta

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/big"
)

// firstSequence is the number of an account that never did a billed call.
const firstSequence = 1

// Account is what the meta node knows of a wallet.
type Account struct {
	Noz      *big.Int // nano-ozone left
	Sequence string   // for the next billed call
}

// SequenceText writes a sequence number as the network does.
func SequenceText(n int64) string { return fmt.Sprintf("SN:%019d", n) }

// NozPerByte is what a byte costs that is stored once or read, and what it
// counts in reports of traffic, in noz.
const NozPerByte = 1

// UploadPrice is the price of storing size bytes in so many copies:
// one noz per byte and copy.
func UploadPrice(size int64, copies int) *big.Int {
	return new(big.Int).Mul(big.NewInt(size), big.NewInt(int64(copies)))
}

// DownloadPrice is the price of reading size bytes: one noz per byte.
func DownloadPrice(size int64) *big.Int { return big.NewInt(size) }

// Account returns the account of a wallet. One that was never used has no
// ozone and the first number.
func (m *Meta) Account(ctx context.Context, wallet string) (Account, error) {
	r, err := readAccount(ctx, m.db, wallet)
	if err != nil {
		return Account{}, err
	}
	return Account{Noz: r.noz, Sequence: SequenceText(r.sequence)}, nil
}

// CheckSpend tells whether a billed call with this number and price would be
// accepted now. The error is a [Refusal].
func (m *Meta) CheckSpend(ctx context.Context, wallet, sequence string, price *big.Int) error {
	r, err := readAccount(ctx, m.db, wallet)
	if err != nil {
		return err
	}
	return r.check(sequence, price)
}

// Charge accepts a billed download: it takes price and moves the number on.
// The error is a [Refusal] when the number is stale or the ozone does not
// suffice.
func (m *Meta) Charge(ctx context.Context, wallet, sequence string, price *big.Int) error {
	return m.write(ctx, func(tx *sql.Tx) error { return spend(ctx, tx, wallet, sequence, price) })
}

// Covers tells whether the wallet has price noz.
func (m *Meta) Covers(ctx context.Context, wallet string, price *big.Int) (bool, error) {
	r, err := readAccount(ctx, m.db, wallet)
	return err == nil && r.noz.Cmp(price) >= 0, err
}

type accountRow struct {
	noz      *big.Int
	sequence int64
}

func (r accountRow) check(sequence string, price *big.Int) error {
	if sequence != SequenceText(r.sequence) {
		return BadSignature // the number is part of the signed text
	}
	if r.noz.Cmp(price) < 0 {
		return NoOzone
	}
	return nil
}

func readAccount(ctx context.Context, q querier, wallet string) (accountRow, error) {
	r := accountRow{noz: new(big.Int), sequence: firstSequence}
	var noz string
	err := q.QueryRowContext(ctx, "SELECT noz, sequence FROM account WHERE wallet = ?", wallet).Scan(&noz, &r.sequence)
	if errors.Is(err, sql.ErrNoRows) {
		return r, nil
	}
	if err != nil {
		return r, fmt.Errorf("read account: %w", err)
	}
	if _, ok := r.noz.SetString(noz, 10); !ok {
		return r, fmt.Errorf("read account: broken balance %q", noz)
	}
	return r, nil
}

func writeAccount(ctx context.Context, tx *sql.Tx, wallet string, r accountRow) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO account (wallet, noz, sequence) VALUES (?, ?, ?)
		ON CONFLICT (wallet) DO UPDATE SET noz = excluded.noz, sequence = excluded.sequence`,
		wallet, r.noz.String(), r.sequence)
	if err != nil {
		return fmt.Errorf("write account: %w", err)
	}
	return nil
}

// spend takes price and moves the number on, or refuses.
func spend(ctx context.Context, tx *sql.Tx, wallet, sequence string, price *big.Int) error {
	r, err := readAccount(ctx, tx, wallet)
	if err != nil {
		return err
	}
	if err := r.check(sequence, price); err != nil {
		return err
	}
	r.noz.Sub(r.noz, price)
	r.sequence++
	if err := writeAccount(ctx, tx, wallet, r); err != nil {
		return err
	}
	return addSpent(ctx, tx, wallet, price)
}

// addSpent writes a payment into the book; one that is given back is negative.
func addSpent(ctx context.Context, tx *sql.Tx, wallet string, noz *big.Int) error {
	sum, text := new(big.Int), "0"
	err := tx.QueryRowContext(ctx, "SELECT noz FROM spent WHERE wallet = ?", wallet).Scan(&text)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read book: %w", err)
	}
	if _, ok := sum.SetString(text, 10); !ok {
		return fmt.Errorf("read book: broken sum %q", text)
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO spent (wallet, noz) VALUES (?, ?)", wallet, sum.Add(sum, noz).String())
	if err != nil {
		return fmt.Errorf("write book: %w", err)
	}
	return nil
}

// credit adds noz to an account.
func credit(ctx context.Context, tx *sql.Tx, wallet string, noz *big.Int) error {
	r, err := readAccount(ctx, tx, wallet)
	if err != nil {
		return err
	}
	r.noz.Add(r.noz, noz)
	return writeAccount(ctx, tx, wallet, r)
}
