// Package activity is the page that says what happens and what happened: files
// on their way, what needs a look, and what every device did to the drive, with
// a way to undo it. What it says is decided in words.go and care.go, which know
// no window.
package activity
