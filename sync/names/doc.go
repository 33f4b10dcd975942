// Package names says under which name a file of the drive lies on a disk that
// does not take every name. The drive keeps the real name; a disk that cannot
// have it gets another one, which stays the same, names the same file again
// when all notes are lost, and is never sent to other devices.
package names
