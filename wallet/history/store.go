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

// idOf orders entries by time, then by height, and keeps room for several of
// one block: 10 bits of the height, 10 of the hash.
func idOf(e Entry) int64 {
	h := fnv.New32a()
	h.Write([]byte(e.Hash))
	return e.Time.Unix()<<20 | e.Height&1023<<10 | int64(h.Sum32()&1023)
}

// timeID is the smallest id of a time.
func timeID(t time.Time) int64 { return t.Unix() << 20 }

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
	return result.LastInsertId()
}

// account is accountID outside of a transaction; 0 for one that has nothing.
func (l *Log) account(ctx context.Context, chainID string, account stratos.Address) (id int64, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT id FROM accounts WHERE chain = ? AND account = ?`, chainID, account.String()).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

func knows(ctx context.Context, tx *sql.Tx, account int64, hash string) (known bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT count(*) > 0 FROM entries WHERE account = ? AND hash = ?`, account, hash).Scan(&known)
	return known, err
}

// insert adds an entry. Its id moves on while another entry has it.
func insert(ctx context.Context, tx *sql.Tx, account int64, e Entry, sequence, timeout int64) error {
	id := idOf(e)
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
		sequence, timeout, e.Reward.String(), number(e.Change), e.Signed, e.Messages, wordsOf(e, account))
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

// ownerWord is a word that every entry of an account has, so that one search
// looks for words and account together.
func ownerWord(account int64) string { return fmt.Sprintf("owner%dx", account) }

// wordsOf is what an entry is found by.
func wordsOf(e Entry, account int64) string {
	words := []string{ownerWord(account), e.Kind.Words(), e.Memo, e.Counterparty, hexForm(e.Counterparty), e.Hash, string(e.State)}
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
