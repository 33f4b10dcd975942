package history

import (
	"cmp"
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

	counting bool // only how many there are
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
	limit := cmp.Or(max(q.Limit, 0), defaultLimit)
	rows, err := l.db.QueryContext(ctx, `SELECT `+prefixed(columns)+` FROM `+where+` ORDER BY `+q.id()+` DESC LIMIT ? OFFSET ?`,
		append(args, limit, q.Offset)...)
	if err != nil {
		return nil, told(fmt.Errorf("search history: %w", err))
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
	q.counting = true
	where, args := q.where(id)
	if err := l.db.QueryRowContext(ctx, `SELECT count(*) FROM `+where, args...).Scan(&n); err != nil {
		return 0, told(fmt.Errorf("count history: %w", err))
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
		return nil, told(fmt.Errorf("read history: %w", err))
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

// id is the column that both the index of words and the entries are sorted by.
func (q Query) id() string {
	if match(q.Text) != "" {
		return "found.rowid"
	}
	return "e.id"
}

// where is the rest of the statement, from the tables on. Nothing that a user
// typed is part of it.
func (q Query) where(account int64) (text string, args []any) {
	low, high := timeID(account, q.From), timeID(account+1, time.Time{})
	if !q.Until.IsZero() {
		high = timeID(account, q.Until)
	}
	if q.From.IsZero() {
		low = timeID(account, time.Time{})
	}
	words := match(q.Text)
	switch {
	case words == "":
		text, args = `entries e`+q.index()+` WHERE e.account = ? AND`, []any{account}
	case len(q.Kinds) == 0 && q.counting:
		text, args = `found WHERE found MATCH ? AND`, []any{words}
	default:
		text, args = `found CROSS JOIN entries e ON e.id = found.rowid WHERE found MATCH ? AND`, []any{words}
	}
	text, args = text+" "+q.id()+" >= ? AND "+q.id()+" < ?", append(args, low, high)
	if len(q.Kinds) > 0 {
		text += " AND e.kind IN (?" + strings.Repeat(",?", len(q.Kinds)-1) + ")"
		for _, k := range q.Kinds {
			args = append(args, string(k))
		}
	}
	return text, args
}

// index is the narrow index that is counted in, instead of the wide rows.
func (q Query) index() string {
	if q.counting && len(q.Kinds) == 0 {
		return " INDEXED BY entries_by_account"
	}
	return ""
}

// match makes a search expression of what a person typed: every word as the
// beginning of one. Punctuation divides words, as in the index; only points
// stay inside, for the sake of amounts.
func match(text string) string {
	var terms []string
	for _, word := range strings.FieldsFunc(text, divides) {
		if word = strings.Trim(word, "."); word != "" {
			terms = append(terms, `"`+word+`" *`)
		}
	}
	return strings.Join(terms, " ")
}

func divides(r rune) bool {
	return r != '.' && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
}
