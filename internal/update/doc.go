// Package update finds, fetches and brings in newer versions of the program.
//
// A release index is one small signed file (docs/updates.md). [Source.Look]
// reads it and believes it only when enough of the keys that were built into
// the program signed it, it has not expired, and it is not older than one that
// was seen before ([Memory]). [Source.Get] fetches the file for this computer;
// a file has its name only when all of it is there and is what was signed. A
// [Swap] puts a portable program in place of the running one, file by file,
// keeps the old files until the new program has started once, and puts them back
// when it does not.
//
// Nothing here asks a person, knows a profile or runs as anybody else: package
// app decides when, and the user whether.
package update
