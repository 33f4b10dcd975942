// Package plan decides what a drive should look like after several devices
// changed it, and what a disk must do to look like that. Everything in it is a
// pure function: the same trees give the same answer on every device.
//
// Nodes are known by their ids, so a renamed folder stays the same folder. The
// rules, in short: a change beats no change; an edit or a move beats a
// deletion; two edits of one file keep both, the later one under the name; a
// name that is wanted twice goes to a folder first, then to the later file;
// equal things become one. docs/adr/0008-merge.md gives the reasons.
package plan
