package meta

// fleetSchema adds what is known of the storage nodes.
const fleetSchema = `
CREATE TABLE node (              -- the health of storage nodes
	address TEXT PRIMARY KEY     -- stsds1...
) WITHOUT ROWID;
`
