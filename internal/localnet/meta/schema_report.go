package meta

// reportSchema adds the volume reports that were made to the chain, and whose
// the nodes of past traffic were.
const reportSchema = `
CREATE TABLE report (            -- one volume report an epoch
	epoch   INTEGER PRIMARY KEY,
	until   INTEGER NOT NULL,    -- unix seconds: the minutes before are reported
	taken   TEXT NOT NULL,       -- JSON: what of the minutes after is reported too, bytes by entry
	owed    TEXT NOT NULL,       -- JSON: repairs that are not charged yet, bytes by owner and helper
	volumes TEXT NOT NULL,       -- JSON: what was reported, noz by wallet
	txhash  TEXT NOT NULL        -- empty: not known to be on the chain yet
);

CREATE TABLE node_wallet (       -- who earns with a node
	node   TEXT PRIMARY KEY,     -- stsds1...
	wallet TEXT NOT NULL
) WITHOUT ROWID;
`
