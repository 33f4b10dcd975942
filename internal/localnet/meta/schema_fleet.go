package meta

// fleetSchema adds what is known of the storage nodes, where the scrubber is,
// and a book of what accounts spent.
const fleetSchema = `
CREATE TABLE node (              -- storage nodes
	address   TEXT PRIMARY KEY,  -- stsds1...
	name      TEXT NOT NULL,     -- of its folder
	owner     TEXT NOT NULL,     -- st1...
	tier      INTEGER NOT NULL,  -- at first
	score     REAL NOT NULL,
	stopped   INTEGER NOT NULL,
	suspended INTEGER NOT NULL,
	draining  INTEGER NOT NULL,
	removed   INTEGER NOT NULL,  -- its folder is still to be removed
	since     INTEGER NOT NULL,  -- unix seconds of the last change of state
	gone      INTEGER NOT NULL   -- unix seconds since when it serves nothing; 0: it serves
) WITHOUT ROWID;

CREATE TABLE lost (              -- copies that are gone and not made again yet
	hash  TEXT NOT NULL,
	owner TEXT NOT NULL,         -- of the node that lost it, st1...
	PRIMARY KEY (hash, owner)
) WITHOUT ROWID;

CREATE TABLE scrub (             -- how far the scrubber came
	id    INTEGER PRIMARY KEY CHECK (id = 1),
	hash  TEXT NOT NULL,         -- the last slice that was proved
	began INTEGER NOT NULL       -- unix seconds of the start of this round
);

CREATE TABLE spent (             -- what an account paid and did not get back
	wallet TEXT PRIMARY KEY,
	noz    TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO spent SELECT wallet, CAST(
	(SELECT COALESCE(SUM(CAST(p.noz AS INTEGER)), 0) FROM prepay p WHERE p.beneficiary = a.wallet)
	- CAST(a.noz AS INTEGER) AS TEXT) FROM account a WHERE length(a.noz) < 18;
`
