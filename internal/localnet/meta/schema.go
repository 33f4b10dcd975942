package meta

import (
	"context"
	"database/sql"
	"fmt"
)

// schemaVersion is kept in user_version of the database file.
const schemaVersion = 1

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

// migrate brings the file to schemaVersion. A file of a newer program is
// refused.
func migrate(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	switch {
	case version == schemaVersion:
		return nil
	case version > schemaVersion:
		return fmt.Errorf("the data is of version %d, this program knows %d", version, schemaVersion)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, schema); err != nil {
		return fmt.Errorf("make tables: %w", err)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", schemaVersion)); err != nil {
		return err
	}
	return tx.Commit()
}
