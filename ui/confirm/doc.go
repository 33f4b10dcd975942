// Package confirm is the way of every transaction through the window: what is
// asked first, what will happen in plain words before the password is asked
// for, the time until it is in a block, and how it ended. Pages give it a form
// and a preview; what is decided is in this file, which knows no widget.
package confirm
