package history

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Query chooses entries. Its zero value chooses all.
type Query struct {
	Text        string    // all of its words must begin a word of the entry
	Kinds       []Kind    // one of these
	From, Until time.Time // not before From, before Until
	Limit       int       // 0 for 50
	Offset      int
}

const defaultLimit = 50

// Find returns the chosen entries of an account, the newest first. Words are
// looked for in the memo, the other side's address in both forms, the hash, the
// kind in plain words, and the amount in STOS.
func (l *Log) Find(ctx context.Context, chainID string, account stratos.Address, q Query) ([]Entry, error) {
	id, err := l.account(ctx, chainID, account)
	if err != nil || id == 0 {
		return nil, err
	}
	where, args := q.where(id)
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	rows, err := l.db.QueryContext(ctx, `SELECT `+prefixed(columns)+` FROM `+where+` ORDER BY `+q.order()+` DESC LIMIT ? OFFSET ?`,
		append(args, limit, q.Offset)...)
	if err != nil {
		return nil, fmt.Errorf("search history: %w", err)
	}
	defer rows.Close()
	return collect(rows)
}

// Count tells how many entries of an account are chosen.
func (l *Log) Count(ctx context.Context, chainID string, account stratos.Address, q Query) (n int, err error) {
	id, err := l.account(ctx, chainID, account)
	if err != nil || id == 0 {
		return 0, err
	}
	where, args := q.where(id)
	if err := l.db.QueryRowContext(ctx, `SELECT count(*) FROM `+where, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count history: %w", err)
	}
	return n, nil
}

func collect(rows *sql.Rows) ([]Entry, error) {
	var list []Entry
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	return list, nil
}

// prefixed names the table of each column.
func prefixed(columns string) string {
	names := strings.Split(columns, ",")
	for i, name := range names {
		names[i] = "e." + strings.TrimSpace(name)
	}
	return strings.Join(names, ", ")
}

// order is the column that both the index of words and the entries are sorted
// by.
func (q Query) order() string {
	if match(q.Text) != "" {
		return "found.rowid"
	}
	return "e.id"
}

// where is the rest of the statement, from the tables on. Nothing that a user
// typed is part of it.
func (q Query) where(account int64) (text string, args []any) {
	words := match(q.Text)
	var terms []string
	if words != "" {
		text = `found CROSS JOIN entries e ON e.id = found.rowid WHERE found MATCH ?`
		args = append(args, ownerWord(account)+" "+words)
	} else {
		text = `entries e WHERE e.account = ?`
		args = append(args, account)
	}
	if !q.From.IsZero() {
		terms, args = append(terms, q.order()+" >= ?"), append(args, timeID(q.From))
	}
	if !q.Until.IsZero() {
		terms, args = append(terms, q.order()+" < ?"), append(args, timeID(q.Until))
	}
	if len(q.Kinds) > 0 {
		terms = append(terms, "e.kind IN (?"+strings.Repeat(",?", len(q.Kinds)-1)+")")
		for _, k := range q.Kinds {
			args = append(args, string(k))
		}
	}
	for _, term := range terms {
		text += " AND " + term
	}
	return text, args
}

// match makes a search expression of what a person typed: every word as the
// beginning of one. Punctuation divides words, as in the index, and the words
// that it divides must follow each other.
func match(text string) string {
	var terms []string
	for _, field := range strings.Fields(text) {
		words := strings.FieldsFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
		if len(words) > 0 {
			terms = append(terms, `"`+strings.Join(words, " ")+`" *`)
		}
	}
	return strings.Join(terms, " ")
}
