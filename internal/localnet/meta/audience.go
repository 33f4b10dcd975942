package meta

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// What the table audience counts.
const (
	played    = "play"  // began, by the day
	ended     = "end"   // came to the last part, by the day
	partSeen  = "part"  // were given a part, by its number
	linkPlays = "link"  // began, by the share that led there
	linkBytes = "bytes" // were sent, by the share
)

// daySeconds is how long a day of the audience is, in UTC.
const daySeconds = 24 * 60 * 60

// View is a part of a file that somebody else than its owner was given for the
// first time since he opened it.
type View struct {
	Owner, Hash string
	Share       string // the share that led there
	Part        int    // from 0, in the order of playing
	First       bool   // nothing was given before: a play begins
	Last        bool   // it has come to its end
}

// Watched counts a view under the current day. It only touches memory, as
// [Meta.Count] does.
func (m *Meta) Watched(v View) {
	day := strconv.FormatInt(m.now()/daySeconds, 10)
	see := func(what, which string) { m.ledger.see(viewKey{v.Owner, v.Hash, what, which}, 1) }
	if v.First {
		see(played, day)
		see(linkPlays, v.Share)
	}
	if v.Last {
		see(ended, day)
	}
	see(partSeen, strconv.Itoa(v.Part))
}

// SentBy counts bytes under the share that led to them.
func (m *Meta) SentBy(owner, hash, share string, bytes int64) {
	m.ledger.see(viewKey{owner, hash, linkBytes, share}, bytes)
}

// Audience is how often a file was played by others than its owner.
type Audience struct {
	Hash   string
	Payers int64               // different wallets that paid for some of it
	Days   map[int64]Attention // by the day, as days since 1970 in UTC
	Parts  map[int]int64       // plays that were given a part, by its number
	Shares map[string]Attention
	Stored int64 // noz that the owner paid to store it
}

// Attention is what came of a file in a time, or by a share. Ends are not told
// by share.
type Attention struct{ Plays, Ends, Bytes int64 }

// Audiences tells how often each file of an owner was played by others, and what
// storing it took. What was counted before the call is in. Files that have no
// link and that nobody asked for are left out.
func (m *Meta) Audiences(ctx context.Context, owner string) (map[string]*Audience, error) {
	if err := m.ledger.flush(); err != nil {
		return nil, err
	}
	all := map[string]*Audience{}
	of := func(hash string) *Audience {
		if all[hash] == nil {
			all[hash] = &Audience{Hash: hash, Days: map[int64]Attention{}, Parts: map[int]int64{}, Shares: map[string]Attention{}}
		}
		return all[hash]
	}
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		var hash, what, which string
		var count int64
		if err := r.Scan(&hash, &what, &which, &count); err != nil {
			return err
		}
		return of(hash).enter(what, which, count)
	}, "SELECT hash, what, which, count FROM audience WHERE owner = ?", owner)
	if err == nil {
		err = errors.Join(m.paidBytes(ctx, owner, of), m.linked(ctx, owner, of))
	}
	if err == nil {
		err = m.storing(ctx, owner, all)
	}
	if err != nil {
		return nil, fmt.Errorf("read the audience: %w", err)
	}
	return all, nil
}

// linked adds the links that nobody used yet.
func (m *Meta) linked(ctx context.Context, owner string, of func(string) *Audience) error {
	return rows(ctx, m.db, func(r *sql.Rows) error {
		var hash, share string
		if err := r.Scan(&hash, &share); err != nil {
			return err
		}
		shares := of(hash).Shares
		shares[share] = shares[share] // none of it so far, if it is new
		return nil
	}, "SELECT hash, id FROM share WHERE owner = ?", owner)
}

// storing adds what the owner paid to store files: as billed, or, of files that
// are gone, a noz for each byte that nodes took.
func (m *Meta) storing(ctx context.Context, owner string, all map[string]*Audience) error {
	return rows(ctx, m.db, func(r *sql.Rows) error {
		var hash string
		var noz int64
		err := r.Scan(&hash, &noz)
		if a := all[hash]; a != nil {
			a.Stored = noz
		}
		return err
	}, `SELECT hash, CAST(paid AS INTEGER) FROM file WHERE owner = ?1 UNION ALL
		SELECT hash, SUM(bytes) FROM traffic WHERE owner = ?1 AND wallet = ?1 AND kind = 'up'
		AND hash NOT IN (SELECT hash FROM file WHERE owner = ?1) GROUP BY 1`, owner)
}

// paidBytes adds what the ledger knows: bytes by the day, and how many wallets
// paid.
func (m *Meta) paidBytes(ctx context.Context, owner string, of func(string) *Audience) error {
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		var hash string
		var day, bytes int64
		if err := r.Scan(&hash, &day, &bytes); err != nil {
			return err
		}
		a := of(hash).Days[day]
		a.Bytes = bytes
		of(hash).Days[day] = a
		return nil
	}, `SELECT hash, minute / ?, SUM(bytes) FROM traffic WHERE owner = ?2 AND wallet != ?2 AND kind = 'down' GROUP BY 1, 2`, daySeconds, owner)
	if err != nil {
		return err
	}
	return rows(ctx, m.db, func(r *sql.Rows) error {
		var hash string
		var payers int64
		err := r.Scan(&hash, &payers)
		of(hash).Payers = payers
		return err
	}, `SELECT hash, COUNT(DISTINCT wallet) FROM traffic WHERE owner = ?1 AND wallet != ?1 AND kind = 'down' GROUP BY 1`, owner)
}

// enter puts a row of the table where it belongs.
func (a *Audience) enter(what, which string, count int64) error {
	number, err := strconv.ParseInt(which, 10, 64)
	switch what {
	case linkPlays, linkBytes:
		s := a.Shares[which]
		if what == linkPlays {
			s.Plays = count
		} else {
			s.Bytes = count
		}
		a.Shares[which] = s
		return nil
	case partSeen:
		a.Parts[int(number)] = count
	case played, ended:
		d := a.Days[number]
		if what == played {
			d.Plays = count
		} else {
			d.Ends = count
		}
		a.Days[number] = d
	}
	return err
}

// DayStart is when a day of the audience began.
func DayStart(day int64) time.Time { return time.Unix(day*daySeconds, 0).UTC() }
