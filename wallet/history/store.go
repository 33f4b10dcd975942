package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"math/big"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// An id is made of 9 bits for the account, 34 for the time in seconds, 10 for
// the height and 10 for the hash, which keep several of one second in order.
const (
	accountShift = 54
	timeShift    = 20
	mostAccounts = 1<<9 - 1
	mostSeconds  = 1<<34 - 1
)

func idOf(e Entry, account int64) int64 {
	h := fnv.New32a()
	h.Write([]byte(e.Hash))
	return timeID(account, e.Time) | e.Height&1023<<10 | int64(h.Sum32()&1023)
}

// timeID is the smallest id of an account at a time.
func timeID(account int64, t time.Time) int64 {
	return account<<accountShift | min(max(t.Unix(), 0), mostSeconds)<<timeShift
}

// accountID is the number of an account of a chain, made when it is new.
func accountID(ctx context.Context, tx *sql.Tx, chainID, account string) (id int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT id FROM accounts WHERE chain = ? AND account = ?`, chainID, account).Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO accounts (chain, account) VALUES (?, ?)`, chainID, account)
	if err != nil {
		return 0, err
	}
	id, err = result.LastInsertId()
	if err == nil && id > mostAccounts {
		return 0, fmt.Errorf("history is full: it holds %d accounts", mostAccounts)
	}
	return id, err
}

// account is accountID outside of a transaction; 0 for one that has nothing.
func (l *Log) account(ctx context.Context, chainID string, account stratos.Address) (id int64, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT id FROM accounts WHERE chain = ? AND account = ?`, chainID, account.String()).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, told(err)
}

func knows(ctx context.Context, tx *sql.Tx, account int64, hash string) (known bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT count(*) > 0 FROM entries WHERE account = ? AND hash = ?`, account, hash).Scan(&known)
	return known, err
}

// insert adds an entry. Its id moves on while another entry has it.
func insert(ctx context.Context, tx *sql.Tx, account int64, e Entry, sequence, timeout int64) error {
	id := idOf(e, account)
	for {
		var taken bool
		if err := tx.QueryRowContext(ctx, `SELECT count(*) > 0 FROM entries WHERE id = ?`, id).Scan(&taken); err != nil {
			return err
		}
		if !taken {
			break
		}
		id++
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO entries VALUES (?,?,?, ?,?,?,?, ?,?,?,?, ?,?,?,?, ?,?, ?,?,?,?,?)`,
		id, account, e.Hash, e.Time.Unix(), e.Kind, e.Direction, e.Amount.String(),
		e.Counterparty, e.Fee.String(), e.State, e.Height, e.Memo, number(e.Noz), e.Reason, e.Type,
		sequence, timeout, e.Reward.String(), number(e.Change), e.Signed, e.Messages, wordsOf(e))
	return err
}

// store keeps an entry that the chain told; the chain is right, except that
// it does not know when a transaction was meant to be included.
func store(ctx context.Context, tx *sql.Tx, account int64, e Entry) error {
	var sequence, timeout int64
	err := tx.QueryRowContext(ctx, `DELETE FROM entries WHERE account = ? AND hash = ? RETURNING sequence, timeout`, account, e.Hash).Scan(&sequence, &timeout)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return insert(ctx, tx, account, e, sequence, timeout)
}

func number(n *big.Int) string {
	if n == nil {
		return ""
	}
	return n.String()
}

// wordsOf is what an entry is found by.
func wordsOf(e Entry) string {
	words := []string{e.Words(), e.Memo, e.Counterparty, hexForm(e.Counterparty), e.Hash, string(e.State)}
	if !e.Amount.IsZero() {
		words = append(words, e.Amount.Format(stratos.STOS))
	}
	if i := strings.LastIndexByte(e.Type, '.'); i >= 0 {
		words = append(words, e.Type[i+1:])
	}
	return strings.Join(words, "\n")
}

// hexForm is the other form of an account's address.
func hexForm(address string) string {
	a, err := stratos.ParseAddress(address)
	if err != nil {
		return ""
	}
	return a.Hex()
}
