// Package chunk cuts files into chunks where their content says so, so that a
// change in the middle of a file leaves the other chunks as they were.
//
// Where a file is cut follows from its bytes, the key of the drive and the kind
// of file alone, so that every device cuts it alike; nothing here keeps state
// between files.
package chunk
