package meta

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations are the steps from an empty file to the present schema. How many
// of them were taken is kept in user_version of the database file, so a step
// that was released is never changed: a new one is added.
var migrations = []string{schema, fleetSchema, reportSchema, contentSchema, audienceSchema}

// Amounts of noz are decimal text: they outgrow 64 bits.
const schema = `
CREATE TABLE account (
	wallet   TEXT PRIMARY KEY,
	noz      TEXT NOT NULL,
	sequence INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE prepay (            -- credits made, so that none is made twice
	height      INTEGER NOT NULL,
	txhash      TEXT NOT NULL,
	idx         INTEGER NOT NULL,
	sender      TEXT NOT NULL,
	beneficiary TEXT NOT NULL,
	wei         TEXT NOT NULL,
	noz         TEXT NOT NULL,
	PRIMARY KEY (height, txhash, idx)
) WITHOUT ROWID;

CREATE TABLE file (
	id      INTEGER PRIMARY KEY,
	owner   TEXT NOT NULL,
	hash    TEXT NOT NULL,
	name    TEXT NOT NULL,
	size    INTEGER NOT NULL,
	video   INTEGER NOT NULL,
	state   INTEGER NOT NULL,    -- wire.FileState
	created INTEGER NOT NULL,    -- unix seconds
	paid    TEXT NOT NULL,       -- noz, given back when storing fails
	UNIQUE (owner, hash)
);

CREATE TABLE slice (
	file   INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
	number INTEGER NOT NULL,
	hash   TEXT NOT NULL,
	start  INTEGER NOT NULL,     -- offset in the file; 0 for videos
	size   INTEGER NOT NULL,
	PRIMARY KEY (file, number)
) WITHOUT ROWID;
CREATE INDEX slice_hash ON slice (hash);

CREATE TABLE copy (              -- where copies of slices lie
	hash TEXT NOT NULL,
	node TEXT NOT NULL,          -- stsds1...
	size INTEGER NOT NULL,
	PRIMARY KEY (hash, node)
) WITHOUT ROWID;
CREATE INDEX copy_node ON copy (node, hash, size);

CREATE TABLE share (
	id       TEXT PRIMARY KEY,   -- the link without scheme and password
	owner    TEXT NOT NULL,
	hash     TEXT NOT NULL,
	password TEXT NOT NULL,
	created  INTEGER NOT NULL,
	expires  INTEGER NOT NULL    -- unix seconds, 0: never
) WITHOUT ROWID;
CREATE INDEX share_owner ON share (owner, id);
CREATE INDEX share_file ON share (owner, hash);

CREATE TABLE traffic (           -- bytes, gathered per minute
	minute INTEGER NOT NULL,     -- unix seconds, multiple of 60
	wallet TEXT NOT NULL,        -- who paid
	owner  TEXT NOT NULL,        -- whose content it was
	hash   TEXT NOT NULL,
	node   TEXT NOT NULL,
	kind   TEXT NOT NULL,        -- up or down
	bytes  INTEGER NOT NULL,
	PRIMARY KEY (minute, wallet, owner, hash, node, kind)
) WITHOUT ROWID;
`

// migrate takes the steps that the file lacks. A file of a newer program is
// refused.
func migrate(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > len(migrations) {
		return fmt.Errorf("the data is of version %d, this program knows %d", version, len(migrations))
	}
	for ; version < len(migrations); version++ {
		if err := step(ctx, db, version); err != nil {
			return fmt.Errorf("bring the data to version %d: %w", version+1, err)
		}
	}
	return nil
}

// step brings the file from version to the next one, whole or not at all.
func step(ctx context.Context, db *sql.DB, version int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, migrations[version]); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version+1)); err != nil {
		return err
	}
	return tx.Commit()
}
