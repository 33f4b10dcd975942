package meta

// contentSchema adds to the volume reports whose content caused the traffic.
const contentSchema = `
ALTER TABLE report ADD COLUMN content TEXT NOT NULL DEFAULT '{}'; -- JSON: noz by owner, and by who earns with the nodes
`
