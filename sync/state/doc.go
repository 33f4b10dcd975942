// Package state keeps what this device knows about a drive in one SQLite
// file: where blobs lie, which heads were seen, what lies on the disk and what
// was agreed on last. All of it can be read again from the network and the
// disk, so the file can be deleted without loss.
package state
