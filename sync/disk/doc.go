// Package disk is the file system as the sync of a drive uses it: a small
// interface, and the file system of the computer behind it. Tests put a disk in
// its place that loses what was not made to last.
package disk
