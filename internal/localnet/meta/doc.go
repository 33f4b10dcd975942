// Package meta is the meta node of the local network: who has how much ozone,
// which files exist, of which slices they consist, where the copies of each
// slice lie, who shared what, and which traffic was served. It decides on
// every billed call.
//
// All of it is in one SQLite file, written ahead and synced with every commit,
// so that what a caller was told survives a power cut. The traffic ledger is
// the exception: it is gathered in memory and written every few seconds.
//
// The real network's meta node is closed; where the reference leaves a rule
// open, the comment at the rule says what was chosen.
package meta
