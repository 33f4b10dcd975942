package figures

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	_ "modernc.org/sqlite" // the driver

	"github.com/stratosdrive/stratosdrive/internal/sqlfile"
)

// Values are figures at one moment, by their names in [Series]. A value is
// decimal text, so that amounts of money stay exact; what a network does not
// tell is not there.
type Values map[Series]string

// Series is a figure that is kept over time.
type Series string

// The figures that are kept. They are stored; never rename one.
const (
	Capacity    Series = "capacity"     // bytes
	Used        Series = "used"         // bytes
	Files       Series = "files"        // stored
	Slices      Series = "slices"       // stored
	Serving     Series = "nodes"        // storage nodes in service
	Out         Series = "nodes_out"    // storage nodes out of service
	Traffic     Series = "traffic"      // bytes in the hour before
	Whole       Series = "slices_whole" // slices that have all their copies
	OzonePrice  Series = "ozone_price"  // wei per noz
	OzoneLeft   Series = "ozone_left"   // noz
	OzoneSold   Series = "ozone_sold"   // noz
	Validators  Series = "validators"   // that signed the newest block
	Height      Series = "height"       // of the newest block
	Circulating Series = "circulating"  // wei
	Mined       Series = "mined"        // wei
	Staked      Series = "staked"       // wei
)

// Point is what a network told at a moment.
type Point struct {
	At     time.Time
	Values Values
}

// Book keeps points of networks in one file. It may be used by several
// goroutines, and the file by several programs.
//
// A book stays small: of what is older, less is kept (see [Ages]), and of
// networks that were not seen for the longest, nothing.
type Book struct{ db *sql.DB }

// Age says how finely points are kept from an age on.
type Age struct {
	From time.Duration // points that are at least so old
	Each time.Duration // keep one for each such time
}

// Ages are the ages of points. With the last one's points kept for
// [Forgotten], a network has at most some 2,200 of them.
func Ages() []Age {
	const day = 24 * time.Hour
	return []Age{{0, time.Minute}, {2 * time.Hour, 10 * time.Minute}, {2 * day, time.Hour}, {30 * day, day}}
}

const (
	// Forgotten is the age at which a point is dropped.
	Forgotten = 3 * 365 * 24 * time.Hour
	// Networks is how many networks a book knows.
	Networks = 8
)

// One row is what one network told at one time, in Unix seconds; its values are
// JSON. Version 1.
const schema = `
CREATE TABLE IF NOT EXISTS points (
	network TEXT NOT NULL, at INTEGER NOT NULL, figures TEXT NOT NULL,
	PRIMARY KEY (network, at)
) WITHOUT ROWID;
PRAGMA user_version = 1;`

const version = 1

// Open opens or makes the book at path. The folder must be there.
func Open(ctx context.Context, path string) (*Book, error) {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(NORMAL)"}}
	db, err := sql.Open("sqlite", sqlfile.URI(path, q))
	if err != nil {
		return nil, fmt.Errorf("open figures: %w", err)
	}
	if err := prepare(ctx, db); err != nil {
		db.Close()
		return nil, fmt.Errorf("open figures: %w", err)
	}
	return &Book{db}, nil
}

// prepare makes the tables of a new book. One of a newer program is refused.
func prepare(ctx context.Context, db *sql.DB) error {
	var found int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&found); err != nil {
		return err
	}
	if found > version {
		return fmt.Errorf("the file is of version %d, this program knows %d", found, version)
	}
	_, err := db.ExecContext(ctx, schema)
	return err
}

// Close closes the file.
func (b *Book) Close() error { return b.db.Close() }

// Last is when a network was noted last; zero for never.
func (b *Book) Last(ctx context.Context, network string) (time.Time, error) {
	var at sql.NullInt64
	if err := b.db.QueryRowContext(ctx, "SELECT MAX(at) FROM points WHERE network = ?", network).Scan(&at); err != nil {
		return time.Time{}, fmt.Errorf("read figures: %w", err)
	}
	if !at.Valid {
		return time.Time{}, nil
	}
	return time.Unix(at.Int64, 0), nil
}

// Note keeps a point of a network and thins out what has grown older. A point
// of a second that is there already takes its place.
func (b *Book) Note(ctx context.Context, network string, p Point) error {
	raw, err := json.Marshal(p.Values)
	if err != nil {
		return fmt.Errorf("note figures: %w", err)
	}
	tx, err := b.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("note figures: %w", err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO points (network, at, figures) VALUES (?, ?, ?)", network, p.At.Unix(), raw); err != nil {
		return fmt.Errorf("note figures: %w", err)
	}
	if err := thin(ctx, tx, network, p.At); err != nil {
		return fmt.Errorf("thin out figures: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("note figures: %w", err)
	}
	return nil
}

// thinQuery leaves the first point of each period between two ages.
const thinQuery = `DELETE FROM points WHERE network = ?1 AND at >= ?2 AND at < ?3 AND at NOT IN
	(SELECT MIN(at) FROM points WHERE network = ?1 AND at >= ?2 AND at < ?3 GROUP BY at / ?4)`

func thin(ctx context.Context, tx *sql.Tx, network string, now time.Time) error {
	// Borders lie at whole periods of the coarser side, so that no period is cut
	// in two and keeps two points.
	ages, until := Ages(), now.Unix()
	for i, age := range ages {
		from, coarser := now.Add(-Forgotten).Unix(), age.Each
		if i+1 < len(ages) {
			from, coarser = now.Add(-ages[i+1].From).Unix(), ages[i+1].Each
		}
		from -= from % int64(coarser/time.Second)
		if _, err := tx.ExecContext(ctx, thinQuery, network, from, until, int64(age.Each/time.Second)); err != nil {
			return err
		}
		until = from
	}
	// A clock that ran ahead left points that lie in the future.
	if _, err := tx.ExecContext(ctx, "DELETE FROM points WHERE network = ? AND (at < ? OR at > ?)", network, until, now.Add(time.Hour).Unix()); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM points WHERE network NOT IN
		(SELECT network FROM points GROUP BY network ORDER BY MAX(at) DESC LIMIT ?)`, Networks)
	return err
}

// Course returns the points of a network since a time, the oldest first. One
// that cannot be read is left out.
func (b *Book) Course(ctx context.Context, network string, since time.Time) ([]Point, error) {
	rows, err := b.db.QueryContext(ctx, "SELECT at, figures FROM points WHERE network = ? AND at >= ? ORDER BY at", network, since.Unix())
	if err != nil {
		return nil, fmt.Errorf("read figures: %w", err)
	}
	defer rows.Close()
	list := []Point{}
	for rows.Next() {
		var at int64
		var raw []byte
		if err := rows.Scan(&at, &raw); err != nil {
			return nil, fmt.Errorf("read figures: %w", err)
		}
		p := Point{At: time.Unix(at, 0)}
		if json.Unmarshal(raw, &p.Values) == nil {
			list = append(list, p)
		}
	}
	return list, rows.Err()
}
