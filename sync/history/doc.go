// Package history reads the past of a drive out of its commits: which versions
// a file had, wherever it was moved, what was deleted, and what the drive
// looked like at a time. It only reads; trees that retention has let go are
// passed over.
package history
