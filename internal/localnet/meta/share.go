package meta

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"math/big"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// DefaultShareTime is how long a share lives when none was asked for, as in
// the samples of the public documentation.
const DefaultShareTime = 180 * 24 * time.Hour

// Share is a share of a file.
type Share struct {
	ID       string // the link without scheme and password
	Owner    string
	Hash     string
	Password string // empty: public
	Created  int64  // unix seconds
	Expires  int64
	Name     string // of the file
	Size     int64
}

// Link returns the share link. That of a private share carries its password,
// because no other call gives it to the owner.
func (s Share) Link() string {
	return wire.ShareLink{Link: s.ID, Password: s.Password}.Full()
}

// NewShare shares a finished file of owner for so many seconds; 0 is
// [DefaultShareTime]. A private share gets a password.
func (m *Meta) NewShare(ctx context.Context, owner, hash string, seconds int64, private bool) (Share, error) {
	return m.NewShareAs(ctx, newLink(), owner, hash, seconds, private)
}

// NewShareAs is NewShare under a link that the owner chose: the id that the
// content has elsewhere. The error is a [Refusal] when another share has it.
func (m *Meta) NewShareAs(ctx context.Context, link, owner, hash string, seconds int64, private bool) (Share, error) {
	s := Share{ID: link, Owner: owner, Hash: hash, Created: m.now()}
	if private {
		s.Password = newPassword()
	}
	s.Expires = expiry(s.Created, seconds)
	err := m.write(ctx, func(tx *sql.Tx) error {
		f, err := findFile(ctx, tx, owner, hash)
		if err == nil && f.State != wire.StateFinished {
			err = NoFile
		}
		if err != nil {
			return err
		}
		s.Name, s.Size = f.Name, f.Size
		return insertShare(ctx, tx, s)
	})
	return s, err
}

func insertShare(ctx context.Context, tx *sql.Tx, s Share) error {
	res, err := tx.ExecContext(ctx, `INSERT INTO share (id, owner, hash, password, created, expires) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, s.ID, s.Owner, s.Hash, s.Password, s.Created, s.Expires)
	if err != nil {
		return fmt.Errorf("insert share: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, TakenLink)
	}
	return nil
}

func expiry(now, seconds int64) int64 {
	if seconds <= 0 {
		seconds = int64(DefaultShareTime / time.Second)
	}
	if seconds > math.MaxInt64-now {
		return math.MaxInt64
	}
	return now + seconds
}

const shareColumns = "s.id, s.owner, s.hash, s.password, s.created, s.expires, f.name, f.size"

func scanShare(r interface{ Scan(...any) error }) (Share, error) {
	var s Share
	err := r.Scan(&s.ID, &s.Owner, &s.Hash, &s.Password, &s.Created, &s.Expires, &s.Name, &s.Size)
	return s, err
}

// Shares returns one page of the shares of owner, by id, and how many there
// are in all. Expired ones stay listed until [Meta.ClearExpired].
func (m *Meta) Shares(ctx context.Context, owner string, offset, limit int64) ([]Share, int64, error) {
	var total int64
	if err := m.db.QueryRowContext(ctx, "SELECT COUNT(*) FROM share WHERE owner = ?", owner).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count shares: %w", err)
	}
	var shares []Share
	err := rows(ctx, m.db, func(r *sql.Rows) error {
		s, err := scanShare(r)
		shares = append(shares, s)
		return err
	}, "SELECT "+shareColumns+` FROM share s JOIN file f ON f.owner = s.owner AND f.hash = s.hash
		WHERE s.owner = ? ORDER BY s.id LIMIT ? OFFSET ?`, owner, limit, offset)
	if err != nil {
		return nil, 0, fmt.Errorf("list shares: %w", err)
	}
	return shares, total, nil
}

// OpenShare finds the file behind a link. The error is [NoShare] when the link
// is unknown or expired or the password is wrong.
func (m *Meta) OpenShare(ctx context.Context, link wire.ShareLink) (File, error) {
	s, err := scanShare(m.db.QueryRowContext(ctx, "SELECT "+shareColumns+` FROM share s
		JOIN file f ON f.owner = s.owner AND f.hash = s.hash WHERE s.id = ?`, link.ShareID))
	if errors.Is(err, sql.ErrNoRows) {
		return File{}, NoShare
	}
	if err != nil {
		return File{}, fmt.Errorf("find share: %w", err)
	}
	wrong := subtle.ConstantTimeCompare([]byte(s.Password), []byte(link.Password)) == 0
	if s.Password != "" && wrong || s.Expires != 0 && m.now() >= s.Expires {
		return File{}, NoShare
	}
	return findFile(ctx, m.db, s.Owner, s.Hash)
}

// StopShare ends a share of owner. The error is [NoShare] when there is none.
func (m *Meta) StopShare(ctx context.Context, owner, id string) error {
	return m.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM share WHERE owner = ? AND id = ?", owner, id)
		if err != nil {
			return fmt.Errorf("stop share: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, NoShare)
		}
		return nil
	})
}

// ClearExpired removes the expired shares of owner and returns how many went
// and how many are left.
func (m *Meta) ClearExpired(ctx context.Context, owner string) (deleted, left int64, err error) {
	err = m.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM share WHERE owner = ? AND expires <> 0 AND expires <= ?", owner, m.now())
		if err != nil {
			return fmt.Errorf("clear shares: %w", err)
		}
		if deleted, err = res.RowsAffected(); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM share WHERE owner = ?", owner).Scan(&left)
	})
	return deleted, left, err
}

// newLink makes a link of the second shape.
func newLink() string {
	var raw [16]byte
	rand.Read(raw[:]) // never fails
	h := hex.EncodeToString(raw[:])
	return h[:16] + "_" + h[16:26] + "_" + h[26:]
}

// newPassword makes eight characters that are easy to tell apart.
func newPassword() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789"
	out := make([]byte, 8)
	for i := range out {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(err) // never fails
		}
		out[i] = letters[n.Int64()]
	}
	return string(out)
}
