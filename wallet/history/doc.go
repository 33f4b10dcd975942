// Package history is the list of a wallet's transactions: a local log that a
// transaction enters before it is broadcast, completed from the chain by
// sender and by recipient.
//
// The log is one SQLite file. It works offline, survives a kill at any moment,
// and may be open in several processes. The chain is right where both know a
// transaction; the log is right about what was sent and is not in a block.
package history
