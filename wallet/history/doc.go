// Package history is the list of a wallet's transactions: a local log that a
// transaction enters before it is broadcast, completed from the chain by
// sender, by recipient, and by blocks that paid something back.
//
// The log is one SQLite file. It works offline, survives a kill at any moment,
// and may be open in several processes. The chain is right where both know a
// transaction; the log is right about what was sent and is not in a block.
//
// Every entry knows by how much it changed the balance, to the wei and taken
// from the chain's own events, so that a complete history adds up to the
// balance ([Log.Books]).
package history
