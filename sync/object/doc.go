// Package object encodes what the drive stores besides the bytes of files:
// folders, chunk lists, commits, indexes and heads. Every object begins with a
// letter and a version; docs/format.md describes them for other readers.
package object
